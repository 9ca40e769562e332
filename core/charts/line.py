"""Measured values over time, against the target now and the target first agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from core.charts.scale import Format, Number, Scale, known_values, plain, scale
from core.charts.shapes import COMPACT, NORMAL, SMALL, WIDE, Pen, text_width, wrap
from core.rules.brand import DEFAULT_BRAND


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a period and may explain a turn; `index` counts periods from 0."""

    index: int
    label: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """One value for each period of `labels`; None where nothing was measured, which leaves a gap.

    Counts and percentages start at zero; `from_zero=False` is for measures without a meaningful zero.
    """

    title: str
    labels: Sequence[str]
    measured: Sequence[Number | None]
    measured_label: str
    target: Sequence[Number | None] = ()
    target_label: str = ""
    original_target: Sequence[Number | None] = ()
    original_target_label: str = ""
    events: Sequence[Event] = ()
    format: Format = plain
    from_zero: bool = True
    top: Number | None = None


def line(chart: LineChart, *, compact: bool = False, brand: str = DEFAULT_BRAND) -> SafeString:
    """The drawing."""
    return _Line(chart, compact=compact, brand=brand).draw()


class _Line:
    def __init__(self, chart: LineChart, *, compact: bool, brand: str) -> None:
        self.chart = chart
        self.pen = Pen(COMPACT if compact else WIDE, brand)
        self.compact = compact
        self.height = 250.0 if compact else 300.0
        top = 14.0 + (18.0 if chart.events else 0)
        values = known_values(chart.measured, chart.target, chart.original_target)
        self.y: Scale = scale(values, self.height - 28, top, from_zero=chart.from_zero, top=chart.top)
        self.left = max(text_width(chart.format(step), SMALL) for step in self.y.steps) + 12
        self.right = self.pen.width - self._room_at_the_right()

    def draw(self) -> SafeString:
        runs = self._runs(self.chart.measured)
        for run in runs:
            if len(run) > 1:
                self.pen.area([*run, (run[-1][0], self.y.start), (run[0][0], self.y.start)], "area")
        self._axes()
        for event in self.chart.events:
            self._event(event)
        self._aim(self.chart.original_target, "original", "2 4")
        self._aim(self.chart.target, "target", "6 4")
        self._measured(runs)
        self._labels_at_the_right()
        return self.pen.svg(self.height, self.chart.title)

    def _x(self, index: int) -> float:
        return self.left + 8 + index * (self.right - self.left - 16) / max(len(self.chart.labels) - 1, 1)

    def _axes(self) -> None:
        for step in self.y.steps:
            height = self.y.at(step)
            self.pen.line(self.left, height, self.right, height, "grid")
            self.pen.text(self.left - 8, height + 4, self.chart.format(step), size=SMALL, anchor="end", tone="muted")
        widest = max((text_width(label, SMALL) for label in self.chart.labels), default=0)
        last = len(self.chart.labels) - 1
        gap = (self.right - self.left - 16) / max(last, 1)
        every = max(1, -(-int(widest + 10) // max(int(gap), 1)))
        for index in range(last, -1, -every):
            half = text_width(self.chart.labels[index], SMALL) / 2
            x = min(max(self._x(index), half), self.pen.width - half)
            self.pen.text(x, self.height - 8, self.chart.labels[index], size=SMALL, anchor="middle", tone="muted")

    def _event(self, event: Event) -> None:
        x = self._x(event.index)
        self.pen.line(x, 18, x, self.y.start, "axis", dash="3 3")
        half = text_width(event.label, SMALL) / 2
        self.pen.text(
            min(max(x, half + 2), self.pen.width - half - 2), 12, event.label, size=SMALL, anchor="middle", tone="muted"
        )

    def _aim(self, values: Sequence[Number | None], tone: str, dash: str) -> None:
        for run in self._runs(values):
            self.pen.path(run, tone, width=1.6, dash=dash)

    def _measured(self, runs: list[list[tuple[float, float]]]) -> None:
        for run in runs:
            if len(run) > 1:
                self.pen.path(run, "now-line", width=2.5)
            for x, y in run:
                self.pen.mark(x, y, 3.6, "now")
        self._name_the_last_point()

    def _name_the_last_point(self) -> None:
        last = max((index for index, value in enumerate(self.chart.measured) if value is not None), default=None)
        if last is None:
            return
        value = self.chart.measured[last]
        aim = self.chart.target[last] if last < len(self.chart.target) else None
        words = f"{self.chart.measured_label} {self._said(value)}"
        below = aim is not None and value is not None and value <= aim
        x, y = self._x(last), self.y.at(value or 0)
        width = text_width(words, NORMAL)
        left = x + 8 if x + 8 + width < self.pen.width else self.pen.width - width - 2
        lower = min(y + 20, self.y.start - 6)
        baseline = lower if below else max(y - 11, 12)
        self.pen.rect(left - 3, baseline - 12, width + 6, 16, "card", 3)
        self.pen.text(left, baseline, words, tone="now-text", bold=True)

    def _ends(self) -> list[tuple[float, str, str]]:
        ends = []
        for values, label in (
            (self.chart.target, self.chart.target_label),
            (self.chart.original_target, self.chart.original_target_label),
        ):
            known = [value for value in values if value is not None]
            if known and label:
                ends.append((self.y.at(known[-1]), label, self._said(known[-1])))
        return sorted(ends)

    def _end_words(self, label: str) -> list[str]:
        return wrap(label, 66 if self.compact else 150, SMALL)

    def _room_at_the_right(self) -> float:
        words = [word for _, label, value in self._ends() for word in (*self._end_words(label), value)]
        return max((text_width(word, SMALL) for word in words), default=0) + 14

    def _labels_at_the_right(self) -> None:
        lowest = 0.0
        for y, label, value in self._ends():
            baseline = max(y + 1, lowest, 12)
            for words in self._end_words(label):
                self.pen.text(self.right + 4, baseline, words, size=SMALL, tone="muted")
                baseline += 14
            self.pen.text(self.right + 4, baseline, value, size=SMALL, tone="ink", bold=True)
            lowest = baseline + 18

    def _said(self, value: Number | None) -> str:
        return "" if value is None else self.chart.format(value if isinstance(value, Decimal) else Decimal(repr(value)))

    def _runs(self, values: Sequence[Number | None]) -> list[list[tuple[float, float]]]:
        runs: list[list[tuple[float, float]]] = [[]]
        for index, value in enumerate(values):
            if value is None:
                runs.append([])
            else:
                runs[-1].append((self._x(index), self.y.at(value)))
        return [run for run in runs if run]
