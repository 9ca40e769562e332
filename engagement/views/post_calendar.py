"""The social calendar: a month to look at, and the same for calendar programs."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.documents.calendar import CalendarMethod, calendar_text
from core.web.access import SpaceRequest, requires
from engagement.queries.post_calendar import month_in, month_of, post_entries
from engagement.views.post_doors import post_ways
from partnerships.views.doors import visible_partnership
from partnerships.views.tabs import partnership_tabs


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def post_calendar(request: SpaceRequest, slug: str) -> HttpResponse:
    """The posts of a month on their days."""
    partnership = visible_partnership(request, slug)
    now = timezone.now()
    try:
        first = month_in(request.GET.get("month", ""), today=timezone.localdate(now))
    except ValueError as error:
        raise BadRequest("month") from error
    can_edit = request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "post_list"),
        "ways": post_ways(partnership, "post_calendar", can_edit=can_edit),
        "month": month_of(request.viewer, partnership, first, now=now),
        "can_edit": can_edit,
    }
    return render(request, "engagement/post_calendar.html", context)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def post_calendar_file(request: SpaceRequest, slug: str) -> HttpResponse:
    """The planned posts as iCalendar (RFC 5545), as far as the viewer sees them."""
    partnership = visible_partnership(request, slug)
    text = calendar_text(
        post_entries(request.viewer, partnership), method=CalendarMethod.PUBLISH, name=partnership.name
    )
    headers = {
        "Content-Disposition": f'attachment; filename="{partnership.slug}-social.ics"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)
