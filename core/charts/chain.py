"""What leads to what: steps on levels, the highest above, and arrows upwards."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from core.charts.shapes import COMPACT, SMALL, WIDE, Box, Pen, text_width, wrap
from core.rules.brand import DEFAULT_BRAND

_LINE = 15
_LINES = 3
_TALL = _LINES * _LINE + 14
_ABOVE = 24
_BETWEEN = 30
_ROW_GAP = 22
_GAP = 14
# Width and dashes by how well a link is known, from nothing to strong.
_STROKES = ((1.2, "2 4"), (1.4, "6 4"), (1.8, ""), (3.2, ""))


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One step, by its key."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class ChainBand:
    """A level with its steps, from the left."""

    label: str
    steps: Sequence[ChainStep]


@dataclass(frozen=True, slots=True)
class ChainLink:
    """That one step leads to another; `weight` 0 to 3 draws it firmer."""

    source: str
    target: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Chain:
    """Levels from the top and links; a link to a key that is not there is left out. `words` name the four weights."""

    title: str
    bands: Sequence[ChainBand]
    links: Sequence[ChainLink]
    words: Sequence[str]


def chain(chart: Chain, *, compact: bool = False, brand: str = DEFAULT_BRAND) -> SafeString:
    """The drawing."""
    pen = Pen(COMPACT if compact else WIDE, brand)
    most = 2 if compact else 4
    boxes, heads, bottom = _places(chart, pen.width, most)
    links = [link for link in chart.links if {link.source, link.target} <= boxes.keys()]
    for link in links:
        _arrow(pen, boxes[link.source], boxes[link.target], link.weight)
    for label, top in heads:
        width = text_width(label, SMALL)
        pen.rect(0, top, width + 8, 18, "card")
        pen.text(2, top + 13, label, size=SMALL, tone="muted", bold=True)
    for band in chart.bands:
        for step in band.steps:
            _step(pen, boxes[step.key], step.label)
    height = bottom + 8 + _legend(pen, bottom + 8, links, chart.words)
    return pen.svg(height, chart.title)


def _places(chart: Chain, width: float, most: int) -> tuple[dict[str, Box], list[tuple[str, float]], float]:
    boxes: dict[str, Box] = {}
    heads: list[tuple[str, float]] = []
    top = 0.0
    for band in chart.bands:
        heads.append((band.label, top))
        top += _ABOVE
        for row in _rows(band.steps, most):
            # A lone step does not stretch over the whole page.
            columns = max(len(row), 2)
            wide = (width - 2 - _GAP * (columns - 1)) / columns
            left = 1 + (width - 2 - wide * len(row) - _GAP * (len(row) - 1)) / 2
            for at, step in enumerate(row):
                start = left + at * (wide + _GAP)
                boxes[step.key] = Box(start, top, start + wide, top + _TALL)
            top += _TALL + _ROW_GAP
        top += _BETWEEN - _ROW_GAP
    return boxes, heads, top - _BETWEEN if heads else 0.0


def _rows(steps: Sequence[ChainStep], most: int) -> list[Sequence[ChainStep]]:
    """As many rows as needed, evenly filled."""
    count = -(-len(steps) // most)
    each = -(-len(steps) // max(count, 1))
    return [steps[start : start + each] for start in range(0, len(steps), max(each, 1))]


def _arrow(pen: Pen, source: Box, target: Box, weight: int) -> None:
    width, dash = _STROKES[weight]
    start_x, end_x = (source.left + source.right) / 2, (target.left + target.right) / 2
    if source.top > target.bottom:
        start, end, towards = (start_x, source.top), (end_x, target.bottom + 7), -1
    elif source.bottom < target.top:
        start, end, towards = (start_x, source.bottom), (end_x, target.top - 7), 1
    else:
        _sideways(pen, source, target, weight)
        return
    pen.path([start, end], "edge", width=width, dash=dash)
    x, y = end
    pen.area([(x - 5, y), (x + 5, y), (x, y + 7 * towards)], "muted")


def _sideways(pen: Pen, source: Box, target: Box, weight: int) -> None:
    """Between two steps side by side."""
    width, dash = _STROKES[weight]
    y = (source.top + source.bottom) / 2
    towards = 1 if source.right < target.left else -1
    start, end = (source.right, target.left) if towards > 0 else (source.left, target.right)
    pen.path([(start, y), (end - 7 * towards, y)], "edge", width=width, dash=dash)
    pen.area([(end - 7 * towards, y - 5), (end - 7 * towards, y + 5), (end, y)], "muted")


def _step(pen: Pen, box: Box, label: str) -> None:
    width = box.right - box.left
    pen.plan(box.left, box.top, width, _TALL, radius=8)
    lines = wrap(label, width - 20, SMALL, _LINES)
    first = box.top + _TALL / 2 - (len(lines) - 1) * _LINE / 2 + 4
    for at, line in enumerate(lines):
        pen.text((box.left + box.right) / 2, first + at * _LINE, line, size=SMALL, anchor="middle")


def _legend(pen: Pen, top: float, links: Sequence[ChainLink], names: Sequence[str]) -> float:
    """A sample of each firmness that is drawn, with its words."""
    left = 2.0
    x, y = left, top + 9
    for weight in sorted({link.weight for link in links}):
        words = names[weight]
        room = 36 + text_width(words, SMALL) + 16
        if x + room > pen.width and x > left:
            x, y = left, y + 20
        width, dash = _STROKES[weight]
        pen.path([(x, y), (x + 28, y)], "edge", width=width, dash=dash)
        pen.text(x + 36, y + 4, words, size=SMALL, tone="muted")
        x += room
    return y + 14 - top
