"""Confirmed hours of volunteers that no gift in kind holds yet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Min, QuerySet, Sum

from engagement.models import HoursEntry
from goals.models import Goal
from partnerships.models import Partnership


@dataclass(frozen=True)
class OpenHours:
    """How much time was given and confirmed, by how many people, between which days."""

    hours: Decimal
    people: int
    since: date | None
    until: date | None


def hours_to_value(
    partnership: Partnership, *, since: date | None = None, until: date | None = None, goal: Goal | None = None
) -> QuerySet[HoursEntry]:
    """Confirmed entries no gift holds, by day; of one goal those of the work that serves it (R-F19)."""
    rows = HoursEntry.objects.filter(
        opportunity__partnership=partnership, state=HoursEntry.State.VERIFIED, corrections=None, valued_hours=None
    )
    if since:
        rows = rows.filter(on__gte=since)
    if until:
        rows = rows.filter(on__lte=until)
    if goal:
        rows = rows.filter(opportunity__goal=goal)
    return rows.order_by("on", "id")


def open_hours(partnership: Partnership) -> OpenHours:
    """The sum of what is not valued yet, in one query."""
    found = (
        hours_to_value(partnership)
        .order_by()
        .aggregate(
            hours=Sum("hours", default=Decimal(0)),
            people=Count("volunteer", distinct=True),
            since=Min("on"),
            until=Max("on"),
        )
    )
    return OpenHours(**found)
