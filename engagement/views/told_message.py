"""Entering what was told by telephone, on paper or at a meeting."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import absolute, space_url
from engagement.forms.submission import ToldForm
from engagement.operations.feedback import FeedbackRefusedError
from engagement.operations.told_message import enter_told_message
from engagement.queries.public_phrase import languages_written
from engagement.queries.public_settings import emergency_numbers
from engagement.queries.submission import members_named
from engagement.rules.notice import notice_of
from partnerships.views.doors import partnership_allowing


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def message_enter(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write down a message; the answer to the form is the page with the code, at no address of its own."""
    partnership = partnership_allowing(request, slug, Permission.ANSWER_RESIDENTS)
    initial = {"told_on": timezone.localdate(), "language": request.tenant.default_language}
    choices: dict[str, Any] = {"members": members_named(partnership), "languages": languages_written()}
    form = ToldForm(request.POST or None, initial=initial, **choices)
    context: dict[str, Any] = {"form": form, "partnership": partnership, "notice": notice_of(request.tenant)}
    if request.method == "POST" and form.is_valid():
        try:
            sent = enter_told_message(partnership=partnership, by=request.user, **form.told)
        except FeedbackRefusedError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            follow = absolute(space_url("feedback_status")).partition("://")[2]
            context |= {"sent": sent, "follow": follow, "numbers": emergency_numbers() if sent.is_urgent else []}
            return render(request, "engagement/told_message_kept.html", context)
    return render(request, "engagement/told_message.html", context, status=422 if form.errors else 200)
