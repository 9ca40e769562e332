"""Names beside points, without covering each other or the points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.charts.shapes import SMALL, Box, Pen, text_width


@dataclass(frozen=True, slots=True)
class Dot:
    """A point with a name; the radius keeps the name clear of it."""

    x: float
    y: float
    radius: float
    label: str


def write_labels(
    pen: Pen,
    dots: Sequence[Dot],
    frame: Box,
    *,
    taken: Iterable[Box] = (),
    crossed: Sequence[Box] = (),
    below_first: bool = False,
) -> list[Dot]:
    """Write each name where it is free, the largest points first, and answer those left without a place.

    `taken` is never covered, `crossed` (along lines) only where nothing better is free, on a ground of its own. A name
    without a place is left out: two names on top of each other tell nobody anything, and the table has them all.
    """
    used = [
        *taken,
        *(Box(dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius) for dot in dots),
    ]
    unplaced = []
    for dot in sorted(dots, key=lambda dot: (-dot.radius, dot.y, dot.x)):
        free = [
            place
            for place in _places(dot, below_first=below_first)
            if place[3].within(frame) and not any(place[3].meets(other, 3) for other in used)
        ]
        if not free:
            unplaced.append(dot)
            continue
        hits = [sum(place[3].meets(other) for other in crossed) for place in free]
        x, y, anchor, box = free[hits.index(min(hits))]
        if min(hits):
            pen.rect(box.left, box.top, box.right - box.left, box.bottom - box.top, "card", radius=3)
        pen.text(x, y, dot.label, size=SMALL, anchor=anchor)
        used.append(box)
    return unplaced


def _places(dot: Dot, *, below_first: bool) -> list[tuple[float, float, str, Box]]:
    width, away = text_width(dot.label, SMALL), dot.radius + 5
    beside = [(dot.x + away, dot.y + 4, "start"), (dot.x - away, dot.y + 4, "end")]
    stacked = [(dot.x, dot.y + away + 9, "middle"), (dot.x, dot.y - away - 1, "middle")]
    corners = [
        (dot.x + dot.radius, dot.y - away + 1, "start"),
        (dot.x + dot.radius, dot.y + away + 8, "start"),
        (dot.x - dot.radius, dot.y - away + 1, "end"),
        (dot.x - dot.radius, dot.y + away + 8, "end"),
        (dot.x - dot.radius, dot.y + away + 9, "start"),
        (dot.x + dot.radius, dot.y + away + 9, "end"),
        (dot.x - dot.radius, dot.y - away - 1, "start"),
        (dot.x + dot.radius, dot.y - away - 1, "end"),
    ]
    spots = [*stacked, *beside, *corners] if below_first else [*beside, *stacked, *corners]
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}
    places = []
    for x, y, anchor in spots:
        left = x - width * shift[anchor]
        places.append((x, y, anchor, Box(left, y - 10, left + width, y + 3)))
    return places
