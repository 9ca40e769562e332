"""The dates of a partnership everybody may know: each subject of engagement names its own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from core.documents.calendar import CalendarEntry
from core.web.space import absolute, space_url
from engagement.queries.activity import calendar_entry, public_activities
from engagement.queries.public_page import public_goals
from goals.models import Milestone
from partnerships.models import Partnership

DAY = timedelta(days=1)
BACK, AHEAD = timedelta(days=90), timedelta(days=730)
Source = Callable[[Partnership, date], Iterator[CalendarEntry]]


def milestones(partnership: Partnership, today: date) -> Iterator[CalendarEntry]:
    """Points on the way of the goals everybody may see, of the last three months and to come."""
    rows = Milestone.objects.filter(
        goal__in=public_goals(partnership).order_by().values("pk"),
        due_on__range=(today - BACK, today + AHEAD),
        dropped_on=None,
    )
    for milestone in rows.select_related("goal").order_by("due_on", "id"):
        url = space_url("public_goal", slug=partnership.slug, number=milestone.goal.number)
        yield CalendarEntry(
            uid=f"{milestone.pk}@telaio",
            title=milestone.title,
            starts=milestone.due_on,
            ends=milestone.due_on + DAY,
            stamp=datetime.now(UTC),
            description=_("On the way to: %(goal)s") % {"goal": milestone.goal.title},
            url=absolute(url),
        )


def activities(partnership: Partnership, today: date) -> Iterator[CalendarEntry]:
    """What everybody was invited to; what was called off says so."""
    since = timezone.make_aware(datetime.combine(today - BACK, time.min))
    for activity in public_activities(partnership.slug).filter(starts_at__gte=since):
        yield calendar_entry(activity)


SOURCES: tuple[Source, ...] = (milestones, activities)


def public_dates(partnership: Partnership, *, now: datetime, today: date) -> list[CalendarEntry]:
    """Everything on the calendar of a public partnership, the earliest first; stamped ``now`` (RFC 5545, 3.8.7.2)."""
    found = [replace(entry, stamp=now) for source in SOURCES for entry in source(partnership, today)]
    return sorted(found, key=lambda entry: (str(entry.starts), entry.uid))
