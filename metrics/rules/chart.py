"""An indicator's values as a line chart: gaps where nothing was measured, target and first target as lines."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from core.charts import Event, LineChart
from metrics.models import Indicator
from metrics.rules.figure import Figures
from metrics.rules.period import period_label, period_of, periods_between
from metrics.rules.sentence import Sentence
from metrics.rules.series import Point

MOST_LABELS = 36
ROOM_FOR_WORDS = 0.4
HALF = 50
FULL = 100


def indicator_chart(
    points: Sequence[Point],
    figures: Figures,
    *,
    title: Sentence,
    frequency: str,
    language: str,
    baseline: tuple[date, Decimal] | None = None,
    target: tuple[date, Decimal] | None = None,
    original_target: Decimal | None = None,
    middle: Decimal | None = None,
    happened: Sequence[date] = (),
    way: Callable[[date], Decimal | None] = lambda _day: None,
) -> LineChart | None:
    """The chart, at most its last 36 periods; None when there is nothing to draw.

    The baseline is the first point, named on the axis; a percentage that passes 50 is drawn up to 100. What
    ``happened`` is marked by its number, from 1; the words stand beside the chart.
    ``way`` is what was agreed for a day on the way to the target.
    """
    values = _values(points, baseline)
    if not values:
        return None
    ends = _axis(list(values), target[0] if target else None, frequency)
    measured = [values.get(day) for day in ends]
    marks = _marks(ends, happened)
    begin = [Event(ends.index(baseline[0]), _("Starting value"))] if baseline and baseline[0] in ends else []
    # Its words need the room beside them; without it the page below still tells the starting value.
    if any(mark.index < len(ends) * ROOM_FOR_WORDS for mark in marks):
        begin = []
    most = max(
        [value for value in values.values() if value is not None] + ([target[1]] if target else []), default=Decimal(0)
    )
    return LineChart(
        title=title.in_language(language),
        labels=_labels(ends, frequency, language),
        measured=measured,
        measured_label=_("Measured"),
        target=[target[1]] * len(ends) if target else (),
        target_label=_("Target"),
        original_target=[original_target] * len(ends) if original_target is not None else (),
        original_target_label=_("First target"),
        way=[way(day) for day in ends],
        way_label=_("Expected on the way"),
        middle=middle,
        middle_label=_("Middle value"),
        events=[*begin, *_breaks(points, ends), *marks],
        format=figures.axis(language),
        top=FULL if figures.unit == Indicator.Unit.PERCENT and most > HALF else None,
    )


def _marks(ends: Sequence[date], happened: Sequence[date]) -> list[Event]:
    """The numbers of what happened, at the period in which it did; what lies outside the axis has no mark."""
    numbers: dict[int, list[str]] = {}
    for number, day in enumerate(happened, start=1):
        index = bisect_left(ends, day)
        if index < len(ends) and (index or day == ends[0]):
            numbers.setdefault(index, []).append(str(number))
    return [Event(index, ", ".join(found)) for index, found in sorted(numbers.items())]


def _breaks(points: Sequence[Point], ends: Sequence[date]) -> list[Event]:
    """Where the indicator came to mean something else, or was measured in another way."""
    return [
        Event(
            ends.index(after.period.ends_on),
            _("New meaning") if after.version != before.version else _("Measured differently"),
            is_break=True,
        )
        for before, after in pairwise(points)
        if (after.is_apart or after.version != before.version) and after.period.ends_on in ends
    ]


def _values(points: Sequence[Point], baseline: tuple[date, Decimal] | None) -> dict[date, Decimal | None]:
    values: dict[date, Decimal | None] = {}
    if baseline is not None:
        values[baseline[0]] = baseline[1]
    for point in points:
        if point.value is not None or point.period.ends_on not in values:
            values[point.period.ends_on] = point.value
    return values if any(value is not None for value in values.values()) else {}


def _labels(ends: Sequence[date], frequency: str, language: str) -> list[str]:
    """The periods by name; of two days of the same month the first stays without."""
    names = [period_label(day, frequency, language) for day in ends]
    return ["" if name == after else name for name, after in pairwise([*names, ""])]


def _axis(days: list[date], until: date | None, frequency: str) -> list[date]:
    """The days that stand on the axis: those measured, and the end of each period in between and up to the target."""
    taken = {period_of(day, frequency) for day in days}
    first, last = min(days), max([*days, *([until] if until else [])])
    between = [period.ends_on for period in periods_between(first, last, frequency) if period not in taken]
    ends = sorted({*days, *between})
    # The measured ones matter more than the way that is left to the target.
    cut = max(ends.index(max(days)) + 1, MOST_LABELS)
    return ends[:cut][-MOST_LABELS:]
