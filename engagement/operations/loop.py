"""Recording how residents are answered as measurements of the partnership (R-E14)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.models import User
from engagement.models import LoopFigure
from engagement.queries.loop import days_waited, themes_answered
from engagement.rules.loop import Quarter, median_of, quarter_before
from metrics.models import Indicator, Measurement
from metrics.operations.indicator import define_indicator
from metrics.operations.measurement import record_measurement
from partnerships.models import Partnership

Kind = LoopFigure.Kind


@transaction.atomic
def measure_the_loop(*, partnership: Partnership, by: User) -> list[LoopFigure]:
    """Begin to record both figures each quarter; twice changes nothing.

    They tell how well we communicate (process), never what changed for people: no outcome is made of them.
    """
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    found = {figure.kind: figure for figure in LoopFigure.objects.filter(partnership=partnership)}
    for kind in Kind:
        if kind not in found:
            indicator = define_indicator(partnership=partnership, by=by, **_definition(kind))
            found[kind] = LoopFigure.objects.create(partnership=partnership, kind=kind, indicator=indicator)
    return [found[kind] for kind in Kind]


def record_loop_figures(*, today: date) -> int:
    """Record the quarter that is over wherever it is not recorded yet; returns how many values. Safe to run twice.

    A locked period stays as it is.
    """
    quarter, written = quarter_before(today), 0
    running = LoopFigure.objects.exclude(partnership__state=Partnership.State.CLOSED)
    for figure in running.select_related("partnership", "indicator").order_by("id"):
        period = {"indicator": figure.indicator, "period_starts_on": quarter.starts_on}
        if Measurement.objects.filter(**period, period_ends_on=quarter.ends_on).exists():
            continue
        try:
            _record(figure, quarter)
        except ValidationError:
            continue
        written += 1
    return written


@transaction.atomic
def _record(figure: LoopFigure, quarter: Quarter) -> Measurement:
    value: dict[str, Any] = {"missing_reason": _("Nothing to count in this quarter")}
    if figure.kind == Kind.THEMES:
        answered, known = themes_answered(figure.partnership, quarter)
        if known:
            value = {"numerator": Decimal(answered), "denominator": Decimal(known)}
    else:
        middle = median_of(days_waited(figure.partnership, quarter))
        if middle is not None:
            value = {"value": Decimal(str(middle))}
    return record_measurement(
        indicator=figure.indicator,
        period_starts_on=quarter.starts_on,
        period_ends_on=quarter.ends_on,
        by=None,
        source=_("Counted from the messages and themes in this space"),
        **value,
    )


def _definition(kind: str) -> dict[str, Any]:
    """An indicator in both languages."""
    fields: dict[str, Any] = {
        "kind": Indicator.Kind.PROCESS,
        "question": Indicator.Question.HOW_WELL,
        "unit": Indicator.Unit.PERCENT if kind == Kind.THEMES else Indicator.Unit.MEDIAN,
        "wants_increase": kind == Kind.THEMES,
        "frequency": Indicator.Frequency.QUARTERLY,
    }
    for language in ("en", "it"):
        with override(language):
            fields |= {f"{name}_{language}": text for name, text in _words(kind).items()}
    return fields


def _words(kind: str) -> dict[str, str]:
    limits = _("It tells how we communicate, not what changed for people.")
    if kind == Kind.THEMES:
        return {
            "name": _("Residents' themes with an answer"),
            "definition": _(
                "Themes residents spoke of until the end of the quarter whose answer was published by then."
            ),
            "numerator": _("themes with a published answer"),
            "denominator": _("themes residents spoke of"),
            "limits": limits,
        }
    return {
        "name": _("Days until residents were answered"),
        "definition": _("The median of the days each message answered in the quarter had waited."),
        "unit_label": _("days"),
        "limits": limits,
    }
