"""Series: a rhythm of meetings, and the next one of it."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from partnerships.forms.meeting import SeriesForm
from partnerships.operations.meeting import MeetingRefusedError, plan_next_meeting, start_series
from partnerships.queries.meeting import series_of
from partnerships.views.doors import editable_partnership
from partnerships.views.meeting import to_meeting


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def series_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Begin a series with its first meeting."""
    partnership = editable_partnership(request, slug)
    form = SeriesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            start_series(partnership=partnership, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The first meeting is planned."))
            return redirect(space_url("meeting_list", slug=slug))
    context = {"form": form, "partnership": partnership}
    return render(request, "partnerships/meeting_series_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def series_next(request: SpaceRequest, slug: str, meeting_series_id: uuid.UUID) -> HttpResponse:
    """Plan the next meeting of a series from the last."""
    partnership = editable_partnership(request, slug)
    series = get_object_or_404(series_of(partnership).select_related("partnership"), pk=meeting_series_id)
    try:
        meeting = plan_next_meeting(series=series, by=request.user)
    except MeetingRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(space_url("meeting_list", slug=slug))
    messages.success(request, _("Planned with the guests of the last one. Nobody was told yet."))
    return to_meeting(meeting)
