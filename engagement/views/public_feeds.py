"""A public partnership for other programs: its calendar, and answers and news as a feed."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.documents.calendar import CalendarEntry, CalendarMethod, calendar_text
from core.web.access import SpaceRequest, public
from core.web.space import absolute, space_url
from engagement.queries.public_calendar import public_dates
from engagement.queries.public_feed import FeedItem, feed_of
from engagement.queries.public_page import public_partnership
from engagement.rules.linked_data import Linked, event
from engagement.views.public_frame import in_chosen_language, linked_organisation, public_page_response
from partnerships.models import Partnership

# Other programs ask again and again: an hour is soon enough.
FRESH = "public, max-age=3600"


@public
@require_safe
@in_chosen_language
def public_calendar(request: SpaceRequest, slug: str) -> HttpResponse:
    """The partnership's dates, and the address to have them in one's own calendar."""
    partnership = get_object_or_404(public_partnership(slug))
    today = timezone.localdate()
    dates = public_dates(partnership, now=timezone.now(), today=today)
    context = {
        "partnership": partnership,
        "coming": [entry for entry in dates if _day_of(entry.starts) >= today],
        "past": [entry for entry in reversed(dates) if _day_of(entry.starts) < today],
        "linked": [*_events(request, partnership, dates), linked_organisation(request, partnership)],
        "feed_address": absolute(space_url("public_calendar_file", slug=slug)),
    }
    return public_page_response(request, "engagement/public_calendar.html", context)


@public
@require_safe
@in_chosen_language
def public_calendar_file(request: SpaceRequest, slug: str) -> HttpResponse:
    """The same as iCalendar (RFC 5545), to subscribe to."""
    partnership = get_object_or_404(public_partnership(slug))
    now = timezone.now().replace(microsecond=0)
    entries = public_dates(partnership, now=now, today=timezone.localdate())
    text = calendar_text(entries, method=CalendarMethod.PUBLISH, name=partnership.name)
    headers = {"Content-Disposition": f'inline; filename="{slug}.ics"', "Cache-Control": FRESH}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


@public
@require_safe
@in_chosen_language
def public_feed(request: SpaceRequest, slug: str) -> HttpResponse:
    """Answers, updates and decisions as Atom (RFC 4287)."""
    partnership = get_object_or_404(public_partnership(slug))
    page = absolute(space_url("public_page", slug=slug))
    items = feed_of(partnership)
    feed = Atom1Feed(
        title=partnership.name,
        link=page,
        description=partnership.purpose,
        language=request.LANGUAGE_CODE,
        feed_url=absolute(request.path),
        subtitle=_("What residents said and what became of it, and how the partnership goes"),
        author_name=request.tenant.name,
    )
    for item in items:
        feed.add_item(
            title=item.title,
            link=f"{page}#{item.anchor}",
            description=item.text,
            unique_id=f"urn:uuid:{item.key}",
            pubdate=_moment(item),
            updateddate=_moment(item),
        )
    text = feed.writeString("utf-8")
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8", headers={"Cache-Control": FRESH})


def _events(request: SpaceRequest, partnership: Partnership, dates: Sequence[CalendarEntry]) -> Iterator[Linked]:
    """What has an hour is something to come to; a day alone is a point on the way."""
    organiser = linked_organisation(request, partnership)
    for entry in dates:
        if isinstance(entry.starts, datetime) and isinstance(entry.ends, datetime):
            yield event(
                name=entry.title,
                url=entry.url,
                starts=timezone.localtime(entry.starts),
                ends=timezone.localtime(entry.ends),
                place=entry.place,
                organiser=organiser,
                is_cancelled=entry.is_cancelled,
            )


def _moment(item: FeedItem) -> datetime:
    return datetime.combine(item.on, time(12), UTC)


def _day_of(start: date | datetime) -> date:
    return timezone.localdate(start) if isinstance(start, datetime) else start
