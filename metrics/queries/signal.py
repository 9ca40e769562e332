"""The early-warning signal of values that are overdue (domain 11, R-I9)."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.web.space import space_url
from metrics.models import Indicator, Measurement
from metrics.queries.indicator import indicators_visible_to
from metrics.queries.reporter import Pair, owing_since, reporters_in_place
from metrics.rules.measurement import NOT_COUNTED
from metrics.rules.period import period_after, period_of
from partnerships.early_signs import Facts, Found, Named, SignalRule
from partnerships.models import Partnership
from partnerships.rules.member import GONE
from partnerships.rules.signal import Challenge


def indicator_names(viewer: Viewer, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Named]:
    """The names of some indicators a viewer may see, with the page of each."""
    rows = indicators_visible_to(viewer).filter(pk__in=ids)
    return {
        row.pk: Named(row.name, space_url("indicator_detail", slug=row.partnership.slug, code=row.code)) for row in rows
    }


def overdue_values(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """Indicators for which somebody who is asked or reported before, or everybody, owes a value whose day passed."""
    indicators = list(Indicator.objects.filter(partnership__in=partnerships).order_by("created_at", "id"))
    values = Measurement.objects.exclude(state__in=NOT_COUNTED).exclude(member__state__in=GONE)
    lasts = values.filter(indicator__in=indicators).order_by().values_list("indicator_id", "member_id")
    reported: dict[uuid.UUID, list[date]] = defaultdict(list)
    of_members: dict[Pair, date] = {}
    for indicator_id, member_id, last in lasts.annotate(last=Max("period_ends_on")):
        if member_id is None:
            reported[indicator_id].append(last)
        else:
            of_members[indicator_id, member_id] = last
    asked = reporters_in_place().filter(indicator__in=indicators)
    for (indicator_id, _member_id), since in owing_since(of_members, asked).items():
        reported[indicator_id].append(since)
    for indicator in indicators:
        dues = [_due_on(indicator, last) for last in reported.get(indicator.pk, [None])]
        late = [due_on for due_on in dues if due_on < today]
        if late:
            facts: Facts = {"late": len(late), "of": len(dues), "days": (today - min(late)).days}
            level = min(Visibility.PARTNERS, indicator.visibility)
            yield Found(indicator.partnership_id, facts, indicator.pk, level)


def _due_on(indicator: Indicator, last: date | None) -> date:
    """The day by which the first value is wanted that is not there: after the last one, or since it was defined."""
    if last is None:
        first = period_of(timezone.localdate(indicator.created_at), indicator.frequency)
    else:
        first = period_after(period_of(last, indicator.frequency), indicator.frequency)
    return replace(first, lag_days=indicator.lag_days).due_on


def _words(facts: Facts, name: str) -> str:
    days = int(facts["days"])
    if int(facts["of"]) > 1:
        words = ngettext(
            "“%(name)s”: values of %(late)d of %(of)d organisations are missing, the oldest for %(days)d day.",
            "“%(name)s”: values of %(late)d of %(of)d organisations are missing, the oldest for %(days)d days.",
            days,
        )
        return words % {**facts, "name": name}
    words = ngettext(
        "“%(name)s”: a value is missing for %(days)d day.", "“%(name)s”: a value is missing for %(days)d days.", days
    )
    return words % {"name": name, "days": days}


def _where(slug: str) -> str:
    return space_url("indicator_list", slug=slug)


DATA_OVERDUE = SignalRule(
    "data_overdue",
    Challenge.KEEPING_GOING,
    55,
    gettext_lazy(
        "A period is over for longer than its indicator allows, 30 days as a rule, and neither its value nor the "
        "reason why there is none was entered."
    ),
    gettext_lazy("Enter the value, or say why there is none."),
    _where,
    _words,
    overdue_values,
    indicator_names,
    measure=lambda facts: int(facts["days"]),
    step=30,
)
