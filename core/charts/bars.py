"""Values side by side: before in grey and now in the brand's colour, or one value for each row."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from core.charts.scale import Format, Number, known_values, plain, said, scale
from core.charts.shapes import COMPACT, NORMAL, SMALL, WIDE, Pen, legend, text_width, wrap
from core.rules.brand import DEFAULT_BRAND

_UPRIGHT_GROUPS = 6
_LINES = 2


@dataclass(frozen=True, slots=True)
class BarChart:
    """One row or column for each of `groups`; without `before` there is one bar in each.

    None is said with `missing` and draws no bar. Always from zero.
    """

    title: str
    groups: Sequence[str]
    now: Sequence[Number | None]
    now_label: str = ""
    before: Sequence[Number | None] = ()
    before_label: str = ""
    format: Format = plain
    top: Number | None = None
    missing: str = "-"
    lying: bool = False


def bars(chart: BarChart, *, compact: bool = False, brand: str = DEFAULT_BRAND) -> SafeString:
    """The drawing: columns where there is room for them, else (phones, many groups, long words) lying bars."""
    pen = Pen(COMPACT if compact else WIDE, brand)
    room = (pen.width - 50) / max(len(chart.groups), 1)
    words_fit = all(len(wrap(group, room - 8, SMALL, lines=9)) <= _LINES for group in chart.groups)
    lying = compact or chart.lying or len(chart.groups) > _UPRIGHT_GROUPS or not words_fit
    return _lying(chart, pen) if lying else _upright(chart, pen)


def _said(chart: BarChart, value: Number | None) -> str:
    if value is None:
        return chart.missing
    return said(chart.format, value)


def _series(chart: BarChart) -> list[tuple[str, Sequence[Number | None]]]:
    return [("before", chart.before), ("now", chart.now)] if chart.before else [("now", chart.now)]


def _head(chart: BarChart, pen: Pen) -> float:
    if not chart.before:
        return 6
    return legend(pen, 0, [(chart.before_label, "before", "square"), (chart.now_label, "now", "square")]) + 8


def _upright(chart: BarChart, pen: Pen) -> SafeString:
    top = _head(chart, pen) + 14
    axis = scale(known_values(chart.now, chart.before), top + 192, top, top=chart.top)
    left = max(text_width(chart.format(step), SMALL) for step in axis.steps) + 12
    for step in axis.steps:
        pen.line(left, axis.at(step), pen.width, axis.at(step), "grid")
        pen.text(left - 8, axis.at(step) + 4, chart.format(step), size=SMALL, anchor="end", tone="muted")
    room = (pen.width - left) / max(len(chart.groups), 1)
    names = [wrap(group, room - 8, SMALL) for group in chart.groups]
    series = _series(chart)
    bar = min(44.0, room * 0.7 / len(series))
    for place, name in enumerate(names):
        middle = left + room * (place + 0.5)
        for number, (tone, values) in enumerate(series):
            x = middle + (number - len(series) / 2) * (bar + 4) + 2
            value = values[place]
            y = axis.at(value) if value is not None else axis.start
            pen.rect(x, y, bar, axis.start - y, tone, radius=3)
            pen.text(x + bar / 2, y - 6, _said(chart, value), size=SMALL, anchor="middle", bold=True)
        for row, words in enumerate(name):
            pen.text(middle, axis.start + 18 + row * 14, words, size=SMALL, anchor="middle")
    return pen.svg(axis.start + 12 + 14 * max(map(len, names), default=0), chart.title)


def _lying(chart: BarChart, pen: Pen) -> SafeString:
    series = _series(chart)
    y = _head(chart, pen)
    widest = max(text_width(_said(chart, value), NORMAL) for _, values in series for value in values)
    axis = scale(known_values(chart.now, chart.before), 0, pen.width - widest - 10, top=chart.top)
    # Bars end at the longest value, not at the next round one: there is no axis to read them from.
    full = (
        float(chart.top)
        if chart.top is not None
        else max([float(value) for value in known_values(chart.now, chart.before)], default=1)
    )
    stretch = (axis.high - axis.low) / full if full > 0 else 1
    thick = 18.0 if len(series) == 1 else 15.0
    for place, group in enumerate(chart.groups):
        for words in wrap(group, pen.width - 4):
            pen.text(0, y + 12, words)
            y += 17
        for tone, values in series:
            value = values[place]
            length = min(axis.at(value) * stretch, axis.end) if value is not None else 0
            if value is not None:
                pen.rect(0, y + 2, axis.end, thick, "track", radius=3)
            pen.rect(0, y + 2, length, thick, tone, radius=3)
            pen.text(pen.width, y + 2 + thick / 2 + 4.5, _said(chart, value), anchor="end", bold=True)
            y += thick + 4
        y += 12
    return pen.svg(y, chart.title)
