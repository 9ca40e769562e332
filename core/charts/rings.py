"""Rings around a centre: how close each one is to the matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from django.utils.safestring import SafeString

from core.charts.labels import Dot, write_labels
from core.charts.shapes import COMPACT, SMALL, WIDE, Box, Pen, group_look, text_width
from core.rules.brand import DEFAULT_BRAND

_SIDES = 72


@dataclass(frozen=True, slots=True)
class RingsChart:
    """The rings from the centre outwards, each with its name and those in it."""

    title: str
    rings: Sequence[tuple[str, Sequence[str]]]


def rings(chart: RingsChart, *, compact: bool = False, brand: str = DEFAULT_BRAND) -> SafeString:
    """The drawing; a name without a place is left out, the table has them all."""
    pen = Pen(COMPACT if compact else WIDE, brand)
    size = min(pen.width, 460)
    frame = Box(0, 0, pen.width, size)
    x, y = pen.width / 2, size / 2
    step = (size / 2 - 6) / max(len(chart.rings), 1)
    dots: list[Dot] = []
    taken: list[Box] = []
    for number, (_name, ones) in reversed(list(enumerate(chart.rings))):
        radius = step * (number + 1)
        corners = [
            (x + radius * cos(a), y + radius * sin(a)) for a in (2 * pi * at / _SIDES for at in range(_SIDES + 1))
        ]
        pen.path(corners, "axis", width=1, dash="4 4" if number else "")
        for position, label in enumerate(ones):
            # Each ring begins somewhere else, so that names do not stand in one line.
            angle = 2 * pi * position / len(ones) + number * 0.7 - pi / 2 + 0.35
            away = radius - step / 2
            dots.append(Dot(x + away * cos(angle), y + away * sin(angle), 5, label))
    for number, (name, _ones) in enumerate(chart.rings):
        top = y - step * (number + 1) + 14
        width = text_width(name, SMALL)
        box = Box(x - width / 2, top - 11, x + width / 2, top + 4)
        if number:
            pen.text(x, top, name, size=SMALL, anchor="middle", tone="muted", bold=True)
            taken.append(box)
    for dot in dots:
        pen.mark(dot.x, dot.y, dot.radius, *group_look(0))
    write_labels(pen, dots, frame, taken=taken)
    return pen.svg(size, chart.title)
