"""The progress of a job, as a page and as the fragment that polls."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.models import Job
from core.web.access import SpaceRequest, members
from core.web.pages import page


@members
@require_safe
def job_progress(request: SpaceRequest, job_id: uuid.UUID) -> HttpResponse:
    """How far a job is; its id is only known to the page that started it."""
    job = get_object_or_404(Job, pk=job_id)
    is_done = job.state == Job.State.DONE
    context = {"job": job, "is_done": is_done, "label": _("Done") if is_done else _("Working on it")}
    return page(request, "core/job.html", context, partial="progress")
