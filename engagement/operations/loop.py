"""Recording how residents are answered as measurements of the partnership (R-E14)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.models import User
from engagement.models import LoopFigure
from engagement.queries.loop import loop_board, messages_answered, messages_of_a_year, themes_answered
from engagement.rules.loop import Quarter, is_place, is_told, median_of, quarter_before
from metrics.models import Indicator, Measurement
from metrics.operations.indicator import define_indicator
from metrics.operations.measurement import record_measurement
from partnerships.models import Partnership

Kind = LoopFigure.Kind
OF_ALL = (Kind.THEMES, Kind.DAYS)
OF_AN_AREA = (Kind.RATE, Kind.DAYS)


@transaction.atomic
def measure_the_loop(*, partnership: Partnership, by: User) -> list[LoopFigure]:
    """Begin to record both figures each quarter; twice changes nothing.

    They tell how well we communicate (process), never what changed for people: no outcome is made of them.
    """
    return _begun(partnership, OF_ALL, "", by=by)


@transaction.atomic
def measure_an_area(*, partnership: Partnership, place: str, by: User) -> list[LoopFigure]:
    """Begin to record of one area each quarter how many messages were answered and how soon; twice changes nothing.

    Raises ValidationError for an area that fewer than five messages of the last twelve months name.
    """
    areas = loop_board(partnership, today=timezone.localdate()).areas
    known = next((area.place for area in areas if is_place(area.place, place)), None)
    if known is None:
        raise ValidationError({"place": _("Fewer than five messages name this area.")})
    recorded = LoopFigure.objects.filter(partnership=partnership).values_list("place", flat=True)
    # An area keeps the name it was begun with, however residents spell it since.
    return _begun(partnership, OF_AN_AREA, next((one for one in recorded if is_place(one, known)), known), by=by)


def _begun(partnership: Partnership, kinds: Sequence[Kind], place: str, *, by: User) -> list[LoopFigure]:
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    known = LoopFigure.objects.filter(partnership=partnership, place=place)
    found = {figure.kind: figure for figure in known}
    for kind in kinds:
        if kind not in found:
            indicator = define_indicator(partnership=partnership, by=by, **_definition(kind, place))
            found[kind] = LoopFigure.objects.create(
                partnership=partnership, kind=kind, place=place, indicator=indicator
            )
    return [found[kind] for kind in kinds]


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
    value = _value_of(figure, quarter) or {"missing_reason": _("Nothing to count in this quarter")}
    return record_measurement(
        indicator=figure.indicator,
        period_starts_on=quarter.starts_on,
        period_ends_on=quarter.ends_on,
        by=None,
        source=_("Counted from the messages and themes in this space"),
        **value,
    )


def _value_of(figure: LoopFigure, quarter: Quarter) -> dict[str, Any]:
    """What is recorded; empty for nothing to count, and for an area with too few messages to tell of."""
    if figure.kind == Kind.THEMES:
        answered, known = themes_answered(figure.partnership, quarter)
        return _share(answered, known)
    if figure.kind == Kind.RATE:
        sent = messages_of_a_year(figure.partnership, quarter, figure.place)
        return _share(sum(one.days is not None for one in sent), len(sent)) if is_told(sent) else {}
    waited = messages_answered(figure.partnership, quarter, figure.place)
    middle = median_of([one.days for one in waited if one.days is not None])
    if middle is None or (figure.place and not is_told(waited)):
        return {}
    return {"value": Decimal(str(middle))}


def _share(part: int, whole: int) -> dict[str, Any]:
    return {"numerator": Decimal(part), "denominator": Decimal(whole)} if whole else {}


def _definition(kind: str, place: str) -> dict[str, Any]:
    """An indicator in both languages."""
    fields: dict[str, Any] = {
        "kind": Indicator.Kind.PROCESS,
        "question": Indicator.Question.HOW_WELL,
        "unit": Indicator.Unit.MEDIAN if kind == Kind.DAYS else Indicator.Unit.PERCENT,
        "wants_increase": kind != Kind.DAYS,
        "frequency": Indicator.Frequency.QUARTERLY,
    }
    for language in ("en", "it"):
        with override(language):
            fields |= {f"{name}_{language}": text for name, text in _words(kind, place).items()}
    return fields


def _words(kind: str, place: str) -> dict[str, str]:
    limits = _("It tells how we communicate, not what changed for people.")
    if place:
        return {**_words_of_an_area(kind, place), "limits": limits}
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


def _words_of_an_area(kind: str, place: str) -> dict[str, str]:
    terms = {"place": place}
    if kind == Kind.RATE:
        return {
            "name": _("Messages answered: %(place)s") % terms,
            "definition": _(
                "Messages that name this area, of the twelve months until the end of the quarter, and how many of them "
                "were answered by then. Fewer than five are not told."
            ),
            "numerator": _("messages answered"),
            "denominator": _("messages received"),
        }
    return {
        "name": _("Days until residents were answered: %(place)s") % terms,
        "definition": _(
            "The median of the days each message that names this area and was answered in the quarter had waited. "
            "Fewer than five are not told."
        ),
        "unit_label": _("days"),
    }
