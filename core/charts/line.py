"""Measured values over time, against the target now, the target first agreed, and their own middle value."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.safestring import SafeString

from core.charts.scale import Format, Number, Scale, known_values, plain, said, scale
from core.charts.shapes import COMPACT, SMALL, WIDE, Pen, text_width, wrap
from core.rules.brand import DEFAULT_BRAND

AIM = "6 4"
FIRST_AIM = "2 4"
MIDDLE = "1 3"
WAY = "8 3 2 3"
LABEL_ROOM = 150


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a period and may explain a turn; `index` counts periods from 0.

    With `is_break` another series begins there: no line joins it to what was before.
    """

    index: int
    label: str
    is_break: bool = False


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
    # What was agreed for days on the way to the target, as far as it was.
    way: Sequence[Number | None] = ()
    way_label: str = ""
    middle: Number | None = None
    middle_label: str = ""
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
        self.compact = compact
        self.pen = Pen(COMPACT if compact else WIDE, brand)
        self.last = max((at for at, value in enumerate(chart.measured) if value is not None), default=None)
        known = [at for at, value in enumerate(chart.measured) if value is not None]
        # The middle value is that of the points measured since the series last began, so its line is as long as they.
        begin = max((event.index for event in chart.events if event.is_break), default=0)
        self.middle = [
            chart.middle if known and max(known[0], begin) <= at <= known[-1] else None
            for at in range(len(chart.labels))
        ]
        top = self._key() if compact else 14.0
        self.event_line = top + 4
        top += 18 if chart.events else 0
        self.height = top + (220 if compact else 286)
        values = known_values(chart.measured, chart.target, chart.original_target, chart.way)
        self.y: Scale = scale(values, self.height - 28, top, from_zero=chart.from_zero, top=chart.top)
        self.left = max(text_width(chart.format(step), SMALL) for step in self.y.steps) + 12
        self.right = self.pen.width - (4 if compact else self._room_at_the_right())

    def draw(self) -> SafeString:
        runs = self._runs(self.chart.measured, breaks={event.index for event in self.chart.events if event.is_break})
        for run in runs:
            if len(run) > 1:
                self.pen.area([*run, (run[-1][0], self.y.start), (run[0][0], self.y.start)], "area")
        self._axes()
        for event in self.chart.events:
            self._event(event)
        self._aim(self.chart.original_target, "original", FIRST_AIM)
        self._aim(self.chart.target, "target", AIM)
        self._aim(self.chart.way, "target", WAY)
        self._aim(self.middle, "axis", MIDDLE)
        self._measured(runs)
        if not self.compact:
            self._name_the_last_point()
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
        every = max(1, ceil((widest + 8) / gap))
        for index in range(last, -1, -every):
            half = text_width(self.chart.labels[index], SMALL) / 2
            x = min(max(self._x(index), half), self.pen.width - half)
            label = self.chart.labels[index]
            self.pen.text(x, self.height - 8, label, size=SMALL, anchor="middle", tone="muted")

    def _event(self, event: Event) -> None:
        x = self._x(event.index)
        self.pen.line(x, self.event_line + 6, x, self.y.start, "axis", dash="3 3")
        half = text_width(event.label, SMALL) / 2
        middle = min(max(x, half + 2), self.pen.width - half - 2)
        self.pen.text(middle, self.event_line, event.label, size=SMALL, anchor="middle", tone="muted")

    def _aim(self, values: Sequence[Number | None], tone: str, dash: str) -> None:
        for run in self._runs(values):
            self.pen.path(run, tone, width=1.6, dash=dash)

    def _measured(self, runs: list[list[tuple[float, float]]]) -> None:
        for run in runs:
            if len(run) > 1:
                self.pen.path(run, "now-line", width=2.5)
            for x, y in run:
                self.pen.mark(x, y, 3.6, "now")

    def _name_the_last_point(self) -> None:
        """Beside its point, on the side where the target is not; at the end of the axis it joins the others there."""
        if self.last is None or self.last == len(self.chart.labels) - 1:
            return
        value = self.chart.measured[self.last] or 0
        aim = self.chart.target[self.last] if self.last < len(self.chart.target) else None
        words = f"{self.chart.measured_label} {self._said(value)}"
        width, x, y = text_width(words), self._x(self.last), self.y.at(value)
        left = x + 8 if x + 8 + width < self.right else x - width - 8
        baseline = min(y + 20, self.y.start - 6) if aim is not None and value <= aim else max(y - 11, 12)
        self.pen.rect(left - 3, baseline - 12, width + 6, 16, "card", radius=3)
        self.pen.text(left, baseline, words, tone="now-text", bold=True)

    def _aims(self) -> list[tuple[str, Number, str, str]]:
        """Label, last value, tone and dashes of each line beside the values there is."""
        lines = (
            (self.chart.target, self.chart.target_label, "target", AIM),
            (self.chart.original_target, self.chart.original_target_label, "original", FIRST_AIM),
            (self.chart.way, self.chart.way_label, "target", WAY),
            (self.middle, self.chart.middle_label, "axis", MIDDLE),
        )
        known = [(label, known_values(values), tone, dash) for values, label, tone, dash in lines]
        return [(label, values[-1], tone, dash) for label, values, tone, dash in known if values and label]

    def _key(self) -> float:
        """Phones have no room beside the lines: what they are and where they end stands above. Answers the height."""
        row = 0.0
        if self.last is not None:
            self.pen.line(0, 8, 22, 8, "now-line", width=2.5)
            said = self._said(self.chart.measured[self.last] or 0)
            self.pen.text(28, 12, f"{self.chart.measured_label} {said}", tone="now-text", bold=True)
            row = 18
        for label, value, tone, dash in self._aims():
            self.pen.line(0, row + 8, 22, row + 8, tone, width=1.6, dash=dash)
            self.pen.text(28, row + 12, f"{label} {self._said(value)}", size=SMALL, tone="muted")
            row += 18
        return row + 12

    def _ends(self) -> list[tuple[float, str, str, str]]:
        ends = [(self.y.at(value), label, self._said(value), "ink") for label, value, _, _ in self._aims()]
        if self.last is not None and self.last == len(self.chart.labels) - 1:
            value = self.chart.measured[self.last] or 0
            ends.append((self.y.at(value), self.chart.measured_label, self._said(value), "now-text"))
        return sorted(ends)

    def _room_at_the_right(self) -> float:
        words = [word for _, label, value, _ in self._ends() for word in (*wrap(label, LABEL_ROOM, SMALL), value)]
        return max((text_width(word, SMALL) for word in words), default=0) + 14

    def _labels_at_the_right(self) -> None:
        lowest = 0.0
        for y, label, value, tone in self._ends():
            baseline = max(y + 1, lowest, 12)
            for words in wrap(label, LABEL_ROOM, SMALL):
                self.pen.text(self.right + 4, baseline, words, size=SMALL, tone="muted")
                baseline += 14
            self.pen.text(self.right + 4, baseline, value, size=SMALL, tone=tone, bold=True)
            lowest = baseline + 18

    def _said(self, value: Number) -> str:
        return said(self.chart.format, value)

    def _runs(
        self, values: Sequence[Number | None], *, breaks: Collection[int] = ()
    ) -> list[list[tuple[float, float]]]:
        runs: list[list[tuple[float, float]]] = [[]]
        for index, value in enumerate(values):
            if value is None or index in breaks:
                runs.append([])
            if value is not None:
                runs[-1].append((self._x(index), self.y.at(value)))
        return [run for run in runs if run]
