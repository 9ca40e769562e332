"""The values of an indicator over time: what may be added up, what is missing, and what may be said of it (14)."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

from metrics.models import Indicator, Measurement
from metrics.rules.figure import ADDITIVE, Figures
from metrics.rules.measurement import NOT_COUNTED, PARTED, PLACES
from metrics.rules.period import Period
from metrics.rules.reporter import Asked, expected_of
from metrics.rules.sentence import NOTHING, Sentence
from metrics.rules.statistics.run_chart import RunChart, run_chart
from metrics.rules.statistics.shares import decimals_for
from metrics.rules.statistics.words import (
    first_and_last,
    middle_and_range,
    reported_words,
    run_chart_words,
    too_few_for_trend,
)

Unit = Indicator.Unit
# Points a difference in words and a middle value need (domain 8.3).
FEWEST_FOR_DIFFERENCE = 2
FEWEST_FOR_MIDDLE = 5


@dataclass(frozen=True)
class Point:
    """The value of one period over all who reported it; None where it is not known.

    ``is_partial``: somebody's value, or that of an earlier period of a running total, is missing.
    ``is_verified``: every part of it was checked by a second person. ``own`` is what the period itself added to a
    running total. ``reported`` of ``expected`` partners gave a value; expected are all that were heard of until then
    or asked by name. ``version``: of the indicator it was measured by. ``is_apart``: measured in another way than those
    before, as whoever entered it says.
    """

    period: Period
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_verified: bool = False
    is_partial: bool = False
    missing_reason: str = ""
    own: Decimal | None = None
    reported: int = 0
    expected: int = 0
    version: int = 1
    is_apart: bool = False


def points_of(
    measurements: Iterable[Measurement],
    *,
    unit: str,
    is_cumulative: bool = False,
    baseline: Decimal | None = None,
    aggregation: str = "",
    asked: Sequence[Asked] = (),
) -> list[Point]:
    """One point for each period, in order; drafts and corrected rows do not count.

    Numbers, hours and money of several partners are added up, percentages from their parts; people, medians and
    means of several partners are not: the point is not known (R-I2). ``aggregation`` says otherwise: the value entered
    last counts, or nothing is put together. A running total starts at the baseline. ``asked`` says who is expected
    beside those heard of, and who is not any more.
    """
    by_period: dict[Period, list[Measurement]] = {}
    for row in measurements:
        if row.state not in NOT_COUNTED:
            by_period.setdefault(Period(row.period_starts_on, row.period_ends_on), []).append(row)
    points: list[Point] = []
    heard_of: set[uuid.UUID] = set()
    for period in sorted(by_period, key=lambda found: (found.ends_on, found.starts_on)):
        rows = by_period[period]
        of_partners = [row for row in rows if row.member_id is not None]
        here = {row.member_id for row in of_partners if row.member_id}
        heard_of |= here
        expected = len(expected_of(period.ends_on, heard_of, asked) | here)
        point = _point(period, _put_together(rows, aggregation), unit, aggregation)
        reported = sum(row.value is not None for row in of_partners)
        version = max(row.version for row in rows)
        is_apart = any(row.method_deviation and row.value is not None for row in rows)
        points.append(replace(point, reported=reported, expected=expected, version=version, is_apart=is_apart))
    return _running(points, baseline or Decimal(0)) if is_cumulative else points


def _put_together(rows: list[Measurement], aggregation: str) -> list[Measurement]:
    """The rows of one period as their indicator wants them put together."""
    with_value = [row for row in rows if row.value is not None]
    if aggregation == Indicator.Aggregation.LATEST and with_value:
        return [max(with_value, key=lambda row: (row.entered_at, row.pk))]
    return rows


def last_series(points: Sequence[Point]) -> list[Point]:
    """The points since the indicator last came to mean something else or was measured in another way.

    Those before cannot be compared (R-I1, R-E22).
    """
    if not points:
        return []
    newest = max(point.version for point in points)
    found = [point for point in points if point.version == newest]
    return found[max((place for place, point in enumerate(found) if point.is_apart), default=0) :]


def break_sentence(points: Sequence[Point]) -> Sentence:
    """That the series is broken, and how many earlier values stand apart; nothing when it is whole."""
    apart = len([point for point in points if point.value is not None]) - len(known(last_series(points)))
    if not apart:
        return NOTHING
    if apart == 1:
        return Sentence(
            "What is measured was changed: one earlier value cannot be compared.",
            "È cambiato ciò che si misura: un valore precedente non è confrontabile.",
        )
    return Sentence(
        f"What is measured was changed: {apart} earlier values cannot be compared.",
        f"È cambiato ciò che si misura: {apart} valori precedenti non sono confrontabili.",
    )


def known(points: Iterable[Point]) -> list[Point]:
    """The points that have a value."""
    return [point for point in points if point.value is not None]


def latest(points: Sequence[Point]) -> Point | None:
    """The last point that has a value."""
    return next((point for point in reversed(points) if point.value is not None), None)


def _point(period: Period, rows: list[Measurement], unit: str, aggregation: str = "") -> Point:
    with_value = [row for row in rows if row.value is not None]
    is_verified = all(row.state == Measurement.State.VERIFIED for row in rows)
    if not with_value:
        return Point(period, None, missing_reason=next((row.missing_reason for row in rows if row.missing_reason), ""))
    is_partial = len(with_value) < len(rows)
    if len(with_value) == 1:
        row = with_value[0]
        return Point(period, row.value, row.numerator, row.denominator, is_verified, is_partial)
    if unit in PARTED and aggregation != Indicator.Aggregation.NONE:
        numerator = sum((row.numerator or Decimal(0) for row in with_value), Decimal(0))
        denominator = sum((row.denominator or Decimal(0) for row in with_value), Decimal(0))
        value = (PARTED[Unit(unit)] * numerator / denominator).quantize(PLACES)
        return Point(period, value, numerator, denominator, is_verified, is_partial)
    if unit in ADDITIVE and aggregation != Indicator.Aggregation.NONE:
        total = sum((row.value or Decimal(0) for row in with_value), Decimal(0))
        return Point(period, total, None, None, is_verified, is_partial)
    whole = [row for row in with_value if row.member_id is None]
    if len(whole) == 1:
        return Point(period, whole[0].value, None, None, whole[0].state == Measurement.State.VERIFIED)
    return Point(period, None, is_partial=True)


def _running(points: list[Point], start: Decimal) -> list[Point]:
    total, is_partial, found = start, False, []
    for point in points:
        if point.value is None:
            is_partial = True
            found.append(point)
            continue
        total += point.value
        is_partial = is_partial or point.is_partial
        found.append(
            replace(point, value=total, numerator=None, denominator=None, is_partial=is_partial, own=point.value)
        )
    return found


def series_sentence(points: Sequence[Point], figures: Figures) -> Sentence:
    """What the number of points allows to say; below ten points never that something rises or falls (domain 8.3)."""
    values = known(points)
    count = len(values)
    if count < FEWEST_FOR_DIFFERENCE:
        return too_few_for_trend(count)
    if count < FEWEST_FOR_MIDDLE:
        return too_few_for_trend(count) + first_and_last(_said(values[0], figures), _said(values[-1], figures))
    return run_chart_words(count, run_chart_of(points)) + _middle(values, figures)


def run_chart_of(points: Sequence[Point]) -> RunChart | None:
    """The run chart of a series, None where it allows no verdict.

    A running total always rises, so what each period added is looked at instead.
    """
    values = [point.value if point.own is None else point.own for point in known(points)]
    return run_chart([value for value in values if value is not None])


def says_of(points: Sequence[Point], figures: Figures) -> Sentence:
    """What may be said of a series: of what was measured since its meaning last changed, and what is missing (R-I1)."""
    now = last_series(points)
    return series_sentence(now, figures) + missing_sentence(now) + break_sentence(points)


def missing_sentence(points: Sequence[Point]) -> Sentence:
    """How many periods have no value, and of how many partners the last total is made; nothing when all is there."""
    # Several partners' people are known, though not as one number.
    gaps = sum(point.value is None and not point.reported for point in points)
    last = latest(points)
    complete = reported_words(last.reported, last.expected) if last else NOTHING
    if not gaps:
        return complete
    if gaps == 1:
        return Sentence("One period has no value.", "Un periodo è senza valore.") + complete
    return Sentence(f"{gaps} periods have no value.", f"{gaps} periodi sono senza valore.") + complete


def middle_of(points: Sequence[Point]) -> Decimal | None:
    """The middle value, from five points on (domain 8.3)."""
    values = [point.value for point in points if point.value is not None]
    return median(values) if len(values) >= FEWEST_FOR_MIDDLE else None


def _middle(values: Sequence[Point], figures: Figures) -> Sentence:
    numbers = sorted(point.value for point in values if point.value is not None)
    return middle_and_range(*(figures.said(number) for number in (median(numbers), numbers[0], numbers[-1])))


def figures_for(points: Sequence[Point], figures: Figures) -> Figures:
    """The same figures with no more decimals of a percentage than the fewest cases measured allow (domain 14.2)."""
    cases = [point.denominator for point in known(points) if point.denominator is not None]
    return replace(figures, percent_decimals=decimals_for(min(cases))) if cases else figures


def _said(point: Point, figures: Figures) -> Sentence:
    return figures.said(point.value, numerator=point.numerator, denominator=point.denominator)
