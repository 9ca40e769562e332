"""Reading which partners are asked for an indicator's values."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from metrics.models import Indicator, Measurement, Reporter
from metrics.rules.period import Period, period_words
from metrics.rules.reporter import Asked, last_before
from partnerships.models import PartnershipMember
from partnerships.queries.member import active_members
from partnerships.rules.member import GONE

type Pair = tuple[uuid.UUID, uuid.UUID]


def asked_of_indicator(outer: str = "pk") -> ArraySubquery:
    """Who is or was asked for the values of the indicator a query is about, for ``asked_lines``."""
    line = JSONObject(member="member_id", since="since", until="until")
    return ArraySubquery(Reporter.objects.filter(indicator=OuterRef(outer)).order_by("since", "id").values(line=line))


def left_of_indicator(outer: str = "partnership_id") -> ArraySubquery:
    """Which members left the partnership a query is about, for ``asked_lines``: nobody waits for them."""
    line = JSONObject(member="id", until="left_on")
    rows = PartnershipMember.objects.filter(partnership=OuterRef(outer), left_on__isnull=False)
    return ArraySubquery(rows.order_by("left_on", "id").values(line=line))


def asked_lines(*found: list[dict[str, Any]]) -> list[Asked]:
    """What ``asked_of_indicator`` and ``left_of_indicator`` read."""
    return [
        Asked(uuid.UUID(line["member"]), _day(line.get("since")), _day(line["until"]))
        for lines in found
        for line in lines
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def asked_for(indicator: Indicator) -> list[Asked]:
    """The same of one indicator that was read without them: two statements."""
    named = Reporter.objects.filter(indicator=indicator).order_by("since", "id")
    left = PartnershipMember.objects.filter(partnership=indicator.partnership_id, left_on__isnull=False)
    gone = left.order_by("left_on", "id").values_list("pk", "left_on")
    return [
        *(Asked(*span) for span in named.values_list("member_id", "since", "until")),
        *(Asked(member_id, None, left_on) for member_id, left_on in gone),
    ]


def reporters_in_place() -> QuerySet[Reporter]:
    """Who is or was asked, of the members that are still there and the indicators somebody enters values of."""
    rows = Reporter.objects.filter(indicator__formula="").exclude(member__state__in=GONE)
    return rows.order_by("since", "id")


def owing_since(lasts: Mapping[Pair, date], reporters: Iterable[Reporter]) -> dict[Pair, date]:
    """After which day each organisation owes values: those that reported, ``lasts``, and those asked by name.

    Who is not asked any more owes nothing and is not among them.
    """
    spans: dict[Pair, list[Asked]] = {}
    for row in reporters:
        spans.setdefault((row.indicator_id, row.member_id), []).append(Asked(row.member_id, row.since, row.until))
    found = {pair: last_before(lasts.get(pair), spans.get(pair, [])) for pair in {**lasts, **spans}}
    return {pair: day for pair, day in found.items() if day is not None}


def reporters_of(indicators: Sequence[Indicator]) -> dict[uuid.UUID, list[uuid.UUID | None]]:
    """Who reported each indicator or is asked for it, less those let go; the partnership as a whole, None, first."""
    rows = Measurement.objects.filter(indicator__in=indicators).exclude(state=Measurement.State.CORRECTED).order_by()
    found: dict[uuid.UUID, list[uuid.UUID | None]] = {}
    lasts: dict[Pair, date] = {}
    pairs: Iterable[tuple[uuid.UUID, uuid.UUID | None]] = rows.values_list("indicator_id", "member_id").distinct()
    for indicator_id, member_id in pairs:
        if member_id is None:
            found.setdefault(indicator_id, []).append(None)
        else:
            lasts[indicator_id, member_id] = date.min
    for indicator_id, member_id in sorted(owing_since(lasts, reporters_in_place().filter(indicator__in=indicators))):
        found.setdefault(indicator_id, []).append(member_id)
    return found


@dataclass(frozen=True)
class ReporterRow:
    """An organisation as the indicator's page shows it: since when it is asked, and of which period it reported last.

    ``is_asked`` without ``since``: because it reported before.
    """

    member_id: uuid.UUID
    name: str
    is_asked: bool
    since: date | None
    last: str


def reporter_rows(indicator: Indicator, language: str) -> list[ReporterRow]:
    """The members of the partnership of an indicator of ``with_values``, by name; one statement."""
    lasts: dict[uuid.UUID, Measurement] = {
        row.member_id: row
        for row in indicator.value_rows  # type: ignore[attr-defined]  # prefetched by with_values
        if row.member_id is not None
    }
    spans: dict[uuid.UUID, list[Asked]] = {}
    for one in asked_lines(indicator.asked_rows):  # type: ignore[attr-defined]  # annotated by with_values
        spans.setdefault(one.member_id, []).append(one)
    return [
        _row(member, lasts.get(member.pk), spans.get(member.pk, []), language)
        for member in active_members(indicator.partnership)
    ]


def _row(member: PartnershipMember, last: Measurement | None, spans: list[Asked], language: str) -> ReporterRow:
    return ReporterRow(
        member_id=member.pk,
        name=member.organisation.name,
        is_asked=last_before(last.period_ends_on if last else None, spans) is not None,
        since=next((one.since for one in spans if one.until is None), None),
        last=period_words(Period(last.period_starts_on, last.period_ends_on), language) if last else "",
    )
