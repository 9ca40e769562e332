"""The history of a space: who did what, when."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.queries.audit import audit_events
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.pages import page


@requires(Permission.READ_AUDIT)
@require_safe
def history(request: SpaceRequest) -> HttpResponse:
    """All events, newest first."""
    return page(request, "core/history.html", {"page": page_of(request, audit_events())}, partial="results")
