"""Values that are expected or late, for the reminder digest (R-I9)."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from core.web.space import space_url
from metrics.models import Indicator, Measurement
from metrics.queries.reporter import owing_since, reporters_in_place
from metrics.rules.measurement import NOT_COUNTED
from metrics.rules.period import Period, period_of, periods_between
from partnerships.models import Partnership
from partnerships.queries.due import Door, DueItem, Step, worded
from partnerships.queries.representative import active_representatives

# A value may be given as soon as its period is over, long before it is due.
LONG_AHEAD = timedelta(days=366)
MEASURED_STATES = (Partnership.State.FORMING, Partnership.State.ACTIVE, Partnership.State.UNDER_REVIEW)


def due_items(*, today: date, within: timedelta) -> list[DueItem]:
    """Values owed until ``today + within`` by organisations asked for them by name or that reported before.

    They are for all who speak for them.
    A period is asked for when it is over; once its value, or why there is none, is entered it is not in the list any
    more. A value sent back with a question is in it until it is answered. Five queries.
    """
    last_by = owing_since(_last_reported(), reporters_in_place())
    indicators = {
        indicator.pk: indicator for indicator in _measured({indicator_id for indicator_id, _member_id in last_by})
    }
    speakers = _speakers()
    found = []
    for (indicator_id, member_id), last in last_by.items():
        indicator = indicators.get(indicator_id)
        period = _owed(indicator, last, today=today, within=within) if indicator else None
        if indicator is not None and period is not None:
            found += [_item(indicator, member_id, person, period, today) for person in speakers.get(member_id, [])]
    found += _questions(speakers)
    return sorted(found, key=lambda item: (item.due_on or date.max, item.title, str(item.item_id), str(item.person_id)))


def questioned_values() -> QuerySet[Measurement]:
    """The values of organisations that were sent back with a question, where work goes on."""
    rows = Measurement.objects.filter(
        state=Measurement.State.QUERIED, indicator__partnership__state__in=MEASURED_STATES
    )
    return rows.exclude(member=None).select_related("indicator__partnership").order_by("id")


def _questions(speakers: dict[uuid.UUID, list[uuid.UUID]]) -> list[DueItem]:
    return [
        DueItem(
            item_id=row.pk,
            person_id=person_id,
            member_id=row.member_id,
            partnership_id=row.indicator.partnership_id,
            title=worded(_question_about, row.indicator),
            due_on=None,
            url=space_url("measurement_detail", slug=row.indicator.partnership.slug, measurement_id=row.pk),
            step=Step.ANSWER,
            door=Door.VALUES,
        )
        for row in questioned_values()
        for person_id in (speakers.get(row.member_id, []) if row.member_id else [])
    ]


@dataclass(frozen=True)
class OwedValue:
    """A value an organisation owes: of which period, and what it reported last (None: that there was none)."""

    indicator: Indicator
    member_id: uuid.UUID
    period: Period
    last: Measurement | None


def values_owed_by(member_ids: Collection[uuid.UUID], *, today: date) -> list[OwedValue]:
    """The values of periods that are over which some organisations still owe, by name of the indicator.

    Asked are those that reported before and those asked by name, as for the digest. Two statements, and one more for
    indicators of which none of them gave a value yet.
    """
    rows = Measurement.objects.exclude(state__in=NOT_COUNTED).filter(
        member__in=member_ids, indicator__partnership__state__in=MEASURED_STATES
    )
    rows = rows.select_related("indicator__partnership").order_by("period_ends_on", "id")
    lasts = {(row.indicator_id, row.member_id): row for row in rows if row.member_id is not None}
    reported = {pair: row.period_ends_on for pair, row in lasts.items()}
    since = owing_since(reported, reporters_in_place().filter(member__in=member_ids))
    indicators = {row.indicator_id: row.indicator for row in lasts.values()}
    if unseen := {indicator_id for indicator_id, _member_id in since} - set(indicators):
        indicators |= {indicator.pk: indicator for indicator in _measured(unseen)}
    found = []
    for pair, day in since.items():
        indicator, last = indicators.get(pair[0]), lasts.get(pair)
        period = _owed(indicator, day, today=today, within=LONG_AHEAD) if indicator else None
        if indicator is not None and period is not None:
            shown = None if last is None or last.missing_reason else last
            found.append(OwedValue(indicator, pair[1], period, shown))
    return sorted(found, key=lambda owed: (owed.indicator.name, str(owed.member_id)))


def _last_reported() -> dict[tuple[uuid.UUID, uuid.UUID], date]:
    rows = Measurement.objects.exclude(state__in=NOT_COUNTED).exclude(member=None)
    lasts = rows.order_by("indicator_id", "member_id").values_list("indicator_id", "member_id")
    return {
        (indicator, member): last
        for indicator, member, last in lasts.annotate(last=Max("period_ends_on"))
        if member is not None
    }


def _measured(keys: set[uuid.UUID]) -> QuerySet[Indicator]:
    rows = Indicator.objects.filter(pk__in=keys, partnership__state__in=MEASURED_STATES)
    return rows.select_related("partnership").order_by("created_at", "id")


def _question_about(indicator: Indicator) -> str:
    return _("A question about “%(name)s”") % {"name": indicator.name}


def _value_of(indicator: Indicator) -> str:
    return _("Value of “%(name)s”") % {"name": indicator.name}


def _speakers() -> dict[uuid.UUID, list[uuid.UUID]]:
    found: dict[uuid.UUID, list[uuid.UUID]] = {}
    for member_id, person_id in active_representatives().values_list("member_id", "person_id"):
        found.setdefault(member_id, []).append(person_id)
    return found


def _owed(indicator: Indicator, last: date, *, today: date, within: timedelta) -> Period | None:
    """The first period after the last reported one that is over and due by then."""
    begin = period_of(last, indicator.frequency).ends_on + timedelta(days=1)
    if begin > today:
        return None
    period = replace(periods_between(begin, begin, indicator.frequency)[0], lag_days=indicator.lag_days)
    return period if period.ends_on < today and period.due_on <= today + within else None


def _item(indicator: Indicator, member_id: uuid.UUID, person_id: uuid.UUID, period: Period, today: date) -> DueItem:
    return DueItem(
        item_id=indicator.pk,
        person_id=person_id,
        member_id=member_id,
        partnership_id=indicator.partnership_id,
        title=worded(_value_of, indicator),
        due_on=period.due_on,
        url=space_url("measurement_new", slug=indicator.partnership.slug, code=indicator.code),
        step=Step.OVERDUE if period.is_late(today) else Step.DUE,
        door=Door.VALUES,
    )
