"""Posts by day: a month to look at, and dates for people's own calendars."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.viewer import Viewer
from core.documents.calendar import CalendarEntry
from core.web.space import absolute, space_url
from engagement.models import Post
from engagement.queries.post import PostRow, as_row, posts_visible_to
from partnerships.models import Partnership

MOST_ENTRIES = 200
MOST_IN_A_MONTH = 400
LASTS = timedelta(minutes=15)
FIRST_YEAR, LAST_YEAR = 2000, 2100
State = Post.State


@dataclass(frozen=True)
class Day:
    """A day of the month, or of the weeks at its ends (``is_inside`` False)."""

    on: date
    posts: list[PostRow]
    is_inside: bool
    is_today: bool


@dataclass(frozen=True)
class Month:
    """Whole weeks from Monday on; ``previous`` and ``following`` as an address writes them, empty where it ends."""

    first: date
    days: list[Day]
    previous: str
    following: str

    @property
    def has_posts(self) -> bool:
        """Whether anything stands in it."""
        return any(day.posts for day in self.days if day.is_inside)


def month_in(text: str, *, today: date) -> date:
    """The first day of a month written as 2026-12; of today's month for nothing. Raises ValueError."""
    if not text:
        return today.replace(day=1)
    found = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(text)
    return found


def month_of(viewer: Viewer, partnership: Partnership, first: date, *, now: datetime) -> Month:
    """The posts a viewer sees, each on the day it is planned for; withdrawn ones are left out."""
    weeks = list(Calendar().itermonthdates(first.year, first.month))
    zone = timezone.get_current_timezone()
    begins, ends = datetime.combine(weeks[0], time(), zone), datetime.combine(weeks[-1], time.max, zone)
    rows = posts_visible_to(viewer).filter(partnership=partnership, planned_at__range=(begins, ends))
    by_day: dict[date, list[PostRow]] = defaultdict(list)
    for post in rows.exclude(state=State.WITHDRAWN).order_by("planned_at", "number", "id")[:MOST_IN_A_MONTH]:
        if post.planned_at:
            by_day[timezone.localdate(post.planned_at)].append(as_row(post, now=now))
    today = timezone.localdate(now)
    days = [Day(day, by_day[day], day.month == first.month, day == today) for day in weeks]
    return Month(first, days, _written(first - timedelta(days=1)), _written(first + timedelta(days=31)))


def _written(day: date) -> str:
    return f"{day:%Y-%m}" if FIRST_YEAR <= day.year <= LAST_YEAR else ""


def post_entries(viewer: Viewer, partnership: Partnership) -> Iterator[CalendarEntry]:
    """The planned posts a viewer sees as dates, the latest first, at most 200; withdrawn ones say so."""
    rows = posts_visible_to(viewer).filter(partnership=partnership, planned_at__isnull=False)
    for post in rows.order_by("-planned_at", "id")[:MOST_ENTRIES]:
        if post.planned_at:
            where = post.channel.name if post.channel else _("no channel yet")
            yield CalendarEntry(
                uid=f"post-{post.pk}@telaio",
                title=_("Post: %(title)s (%(channel)s)") % {"title": post.title, "channel": where},
                starts=post.planned_at,
                ends=post.planned_at + LASTS,
                stamp=post.changed_at,
                description=post.get_state_display(),
                url=absolute(space_url("post_detail", slug=post.partnership.slug, number=post.number)),
                is_cancelled=post.state == State.WITHDRAWN,
            )
