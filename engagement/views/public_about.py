"""Pages of a space that are the same for all its partnerships: contact, privacy, accessibility."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from core.web.access import SpaceRequest, public
from engagement.queries.public_settings import emergency_numbers, public_settings
from engagement.rules.notice import notice_of
from engagement.views.public_frame import in_chosen_language, public_page_response


@public
@require_safe
@in_chosen_language
def public_contact(request: SpaceRequest) -> HttpResponse:
    """Whom to write to and whom to call."""
    return _about(request, "engagement/public_contact.html", {"numbers": emergency_numbers()})


@public
@require_safe
@in_chosen_language
def public_privacy(request: SpaceRequest) -> HttpResponse:
    """What becomes of data on all public pages."""
    return _about(request, "engagement/public_privacy.html", {"notice": notice_of(request.tenant)})


@public
@require_safe
@in_chosen_language
def public_accessibility(request: SpaceRequest) -> HttpResponse:
    """How far the pages can be used by everybody, and whom to tell when not."""
    return _about(request, "engagement/public_accessibility.html", {})


def _about(request: SpaceRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return public_page_response(request, template, {"settings": public_settings(), **context})
