"""Who is tied to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin, sqrt

from django.utils.safestring import SafeString

from core.charts.labels import Dot, write_labels
from core.charts.shapes import COMPACT, WIDE, Box, Pen, group_look, legend
from core.rules.brand import DEFAULT_BRAND

_EFFORT = 120_000


@dataclass(frozen=True, slots=True)
class Node:
    """One in the network; `size` 1 to 3 draws it larger."""

    key: str
    label: str
    group: str
    size: int = 1


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie between two keys; `weight` 1 to 3 draws it thicker."""

    first: str
    second: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class NetworkChart:
    """Nodes and ties; a tie to a key that is not among the nodes is left out."""

    title: str
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    groups: Sequence[str]


def network(chart: NetworkChart, *, compact: bool = False, brand: str = DEFAULT_BRAND) -> SafeString:
    """The drawing. The same network gives the same picture every time."""
    pen = Pen(COMPACT if compact else WIDE, brand)
    frame = Box(0, 0, pen.width, 380 if compact else 420)
    margin = 40 if compact else 60
    places = _fit(_layout(chart, frame), frame, margin)
    crossed: list[Box] = []
    for edge in chart.edges:
        if edge.first in places and edge.second in places:
            ends = (places[edge.first], places[edge.second])
            pen.path(ends, "edge", width=0.6 + 0.9 * edge.weight)
            crossed += _along(*ends)
    looks = {group: group_look(number) for number, group in enumerate(chart.groups)}
    dots = []
    for node in chart.nodes:
        x, y = places[node.key]
        radius = 4.5 + 2.5 * node.size
        pen.mark(x, y, radius, *looks[node.group])
        dots.append(Dot(x, y, radius, node.label))
    write_labels(pen, dots, frame, crossed=crossed, below_first=True)
    height = frame.bottom + 6 + legend(pen, frame.bottom + 6, [(group, *looks[group]) for group in chart.groups])
    return pen.svg(height, chart.title)


def _along(first: tuple[float, float], second: tuple[float, float]) -> list[Box]:
    """Small boxes along a line, for names to keep off."""
    count = int(hypot(second[0] - first[0], second[1] - first[1]) // 6) + 1
    spots = [
        (first[0] + (second[0] - first[0]) * at / count, first[1] + (second[1] - first[1]) * at / count)
        for at in range(count + 1)
    ]
    return [Box(x - 1, y - 1, x + 1, y + 1) for x, y in spots]


def _layout(chart: NetworkChart, frame: Box) -> dict[str, tuple[float, float]]:
    """Places by springs and repulsion (Fruchterman and Reingold 1991), from a circle, so without chance."""
    count = max(len(chart.nodes), 1)
    wide, high = frame.right - frame.left, frame.bottom - frame.top
    keys = [node.key for node in chart.nodes]
    number = {key: place for place, key in enumerate(keys)}
    ties = [
        (number[edge.first], number[edge.second], edge.weight)
        for edge in chart.edges
        if {edge.first, edge.second} <= number.keys()
    ]
    xs = [wide / 2 + wide / 3 * cos(2 * pi * place / count + 0.3) for place in range(count)]
    ys = [high / 2 + high / 3 * sin(2 * pi * place / count + 0.3) for place in range(count)]
    near = 0.75 * sqrt(wide * high / count)
    rounds = max(20, min(250, _EFFORT // (count * count)))
    for turn in range(rounds):
        heat = wide / 8 * (1 - turn / rounds)
        _one_round(xs, ys, ties, near=near, heat=heat, middle=(wide / 2, high / 2))
    return {key: (xs[place], ys[place]) for key, place in number.items()}


def _one_round(
    xs: list[float],
    ys: list[float],
    ties: list[tuple[int, int, int]],
    *,
    near: float,
    heat: float,
    middle: tuple[float, float],
) -> None:
    count = len(xs)
    push_x, push_y = [0.0] * count, [0.0] * count
    for first in range(count):
        for second in range(first + 1, count):
            dx, dy = xs[first] - xs[second], ys[first] - ys[second]
            force = near * near / max(dx * dx + dy * dy, 1)
            push_x[first] += dx * force
            push_y[first] += dy * force
            push_x[second] -= dx * force
            push_y[second] -= dy * force
    for first, second, weight in ties:
        dx, dy = xs[first] - xs[second], ys[first] - ys[second]
        force = hypot(dx, dy) / near * (0.7 + 0.15 * weight)
        push_x[first] -= dx * force
        push_y[first] -= dy * force
        push_x[second] += dx * force
        push_y[second] += dy * force
    for place in range(count):
        # A light pull inwards keeps those without ties on the page.
        dx, dy = push_x[place] + (middle[0] - xs[place]) * 0.6, push_y[place] + (middle[1] - ys[place]) * 0.6
        length = max(hypot(dx, dy), 0.01)
        xs[place] += dx / length * min(length, heat)
        ys[place] += dy / length * min(length, heat)


def _fit(places: dict[str, tuple[float, float]], frame: Box, margin: float) -> dict[str, tuple[float, float]]:
    if not places:
        return {}
    lefts, tops = [x for x, _ in places.values()], [y for _, y in places.values()]
    low_x, low_y = min(lefts), min(tops)
    reach_x, reach_y = max(lefts) - low_x, max(tops) - low_y
    room_x, room_y = frame.right - frame.left - 2 * margin, frame.bottom - frame.top - 2 * 28

    def placed(value: float, low: float, reach: float, room: float, start: float) -> float:
        return start + (room / 2 if reach < 1 else (value - low) / reach * room)

    return {
        key: (placed(x, low_x, reach_x, room_x, frame.left + margin), placed(y, low_y, reach_y, room_y, frame.top + 28))
        for key, (x, y) in places.items()
    }
