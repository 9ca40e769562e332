"""Tasks in people's own calendars: a file of a partnership, and a person's secret address."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.operations.link import LinkExpiredError, LinkUnknownError
from core.queries.viewer import viewer_for
from core.web.access import SpaceRequest, by_link, members, requires
from core.web.space import absolute, space_url
from partnerships.calendar_sources import entries_of
from partnerships.operations.calendar_link import end_calendar_address, make_calendar_address, owner_of_calendar
from partnerships.queries.calendar_link import live_calendar_link
from partnerships.queries.task import my_tasks, task_list
from partnerships.queries.task_calendar import calendar_of
from partnerships.views.doors import visible_partnership

CALENDAR = "text/calendar; charset=utf-8"


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def task_calendar(request: SpaceRequest, slug: str) -> HttpResponse:
    """The open tasks of a partnership, and the dates other apps know, as a calendar file."""
    partnership = visible_partnership(request, slug)
    dates = entries_of(request.viewer, partnership)
    text = calendar_of(task_list(request.viewer, partnership), name=partnership.name, more=dates)
    headers = {"Content-Disposition": f'attachment; filename="{partnership.slug}.ics"'}
    return HttpResponse(text, content_type=CALENDAR, headers=headers)


@members
@require_http_methods(["GET", "POST"])
def own_calendar(request: SpaceRequest) -> HttpResponse:
    """Make the secret address of one's own tasks; it is shown once, in the answer to making it."""
    address = absolute(make_calendar_address(by=request.user)) if request.method == "POST" else ""
    context = {"address": address, "link": live_calendar_link(request.user)}
    return render(request, "partnerships/own_calendar.html", context)


@members
@require_POST
def own_calendar_end(request: SpaceRequest) -> HttpResponse:
    """End one's own calendar address."""
    if end_calendar_address(by=request.user):
        messages.success(request, _("The address does not work any more."))
    return redirect(space_url("own_calendar"))


@by_link
@require_safe
def calendar_feed(request: SpaceRequest, token: str) -> HttpResponse:
    """A person's own tasks over all partnerships, for a calendar program; 404 once they left the space."""
    try:
        owner = owner_of_calendar(token)
    except LinkUnknownError as error:
        raise Http404 from error
    except LinkExpiredError:
        return HttpResponse(status=410)
    viewer = viewer_for(owner) if owner else None
    if owner is None or viewer is None or viewer.is_stranger:
        raise Http404
    text = calendar_of(my_tasks(viewer, owner), name=request.tenant.name)
    return HttpResponse(text, content_type=CALENDAR, headers={"Cache-Control": "private, no-store"})
