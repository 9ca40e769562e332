"""Points in four fields, such as power and interest."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, sin

from django.utils.safestring import SafeString

from core.charts.labels import Dot, write_labels
from core.charts.shapes import COMPACT, SMALL, WIDE, Box, Pen, group_look, legend, text_width
from core.rules.brand import DEFAULT_BRAND


@dataclass(frozen=True, slots=True)
class Point:
    """One of those placed; `group` is one of the chart's groups."""

    label: str
    x: float
    y: float
    group: str


@dataclass(frozen=True, slots=True)
class Quadrants:
    """The names of the four fields."""

    top_left: str
    top_right: str
    bottom_left: str
    bottom_right: str


@dataclass(frozen=True, slots=True)
class ScatterChart:
    """Points between `low` and `high` on both axes; groups have a colour and a shape each."""

    title: str
    points: Sequence[Point]
    groups: Sequence[str]
    quadrants: Quadrants
    x_label: str
    y_label: str
    low: float = 1
    high: float = 5


def scatter(chart: ScatterChart, *, compact: bool = False, brand: str = DEFAULT_BRAND) -> SafeString:
    """The drawing; points on the same spot stand in a small circle around it."""
    pen = Pen(COMPACT if compact else WIDE, brand)
    frame = Box(0, 22, pen.width, 22 + (320 if compact else 400))
    fields = _fields(chart, pen, frame)
    looks = {group: group_look(number) for number, group in enumerate(chart.groups)}
    dots = []
    for point, (x, y) in zip(chart.points, _spread(chart, frame), strict=True):
        pen.mark(x, y, 5.5, *looks[point.group])
        dots.append(Dot(x, y, 5.5, point.label))
    write_labels(pen, dots, frame, taken=fields)
    below = frame.bottom + 18
    pen.text(frame.right - 18, below, chart.x_label, size=SMALL, anchor="end", bold=True)
    pen.path([(frame.right - 13, below - 4), (frame.right - 1, below - 4)], "target", width=1.4)
    pen.path(
        [(frame.right - 5, below - 8), (frame.right - 1, below - 4), (frame.right - 5, below)], "target", width=1.4
    )
    height = below + 10 + legend(pen, below + 10, [(group, *looks[group]) for group in chart.groups])
    return pen.svg(height, chart.title)


def _fields(chart: ScatterChart, pen: Pen, frame: Box) -> list[Box]:
    """Frame, fields and their names; answers the places the names take."""
    middle_x, middle_y = (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2
    pen.rect(middle_x, frame.top, frame.right - middle_x, middle_y - frame.top, "area")
    corners = [
        (frame.left, frame.top),
        (frame.right, frame.top),
        (frame.right, frame.bottom),
        (frame.left, frame.bottom),
    ]
    pen.path([*corners, corners[0]], "grid", width=1)
    pen.line(middle_x, frame.top, middle_x, frame.bottom, "axis", dash="4 4")
    pen.line(frame.left, middle_y, frame.right, middle_y, "axis", dash="4 4")
    pen.text(14, 13, chart.y_label, size=SMALL, bold=True)
    pen.path([(5, 15), (5, 3)], "target", width=1.4)
    pen.path([(1, 7), (5, 3), (9, 7)], "target", width=1.4)
    names = chart.quadrants
    taken = [
        Box(middle_x - 1, frame.top, middle_x + 1, frame.bottom),
        Box(frame.left, middle_y - 1, frame.right, middle_y + 1),
    ]
    for words, x, y, anchor in (
        (names.top_left, frame.left + 8, frame.top + 18, "start"),
        (names.top_right, frame.right - 8, frame.top + 18, "end"),
        (names.bottom_left, frame.left + 8, frame.bottom - 9, "start"),
        (names.bottom_right, frame.right - 8, frame.bottom - 9, "end"),
    ):
        pen.text(x, y, words, size=SMALL, anchor=anchor, tone="muted", bold=True)
        width = text_width(words, SMALL)
        left = x if anchor == "start" else x - width
        taken.append(Box(left, y - 11, left + width, y + 4))
    return taken


def _spread(chart: ScatterChart, frame: Box) -> list[tuple[float, float]]:
    # Above and below there is room for the names of the fields.
    inset, edge = 28.0, 52.0
    wide, high = frame.right - frame.left - 2 * inset, frame.bottom - frame.top - 2 * edge
    reach = (chart.high - chart.low) or 1
    seen: dict[tuple[float, float], int] = {}
    places = []
    for point in chart.points:
        x = frame.left + inset + (point.x - chart.low) / reach * wide
        y = frame.bottom - edge - (point.y - chart.low) / reach * high
        number = seen.get((point.x, point.y), 0)
        seen[(point.x, point.y)] = number + 1
        away = 0 if number == 0 else 17 + 4 * (number // 6)
        angle = number * 1.0472 + 0.5
        places.append((x + away * cos(angle), y + away * sin(angle)))
    return places
