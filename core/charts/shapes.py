"""What every drawing is made of: shapes with a print colour and a class, and text that is measured before it is set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import pi

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.rules.brand import DEFAULT_BRAND, brand_tokens

WIDE = 720
COMPACT = 360
SMALL = 11.5
NORMAL = 12.5

_FILLS = {
    "ink": "#1c1a17",
    "muted": "#5c574f",
    "card": "#ffffff",
    "track": "#e3e0d9",
    "before": "#57534e",
    "mark": "#9d174d",
    "mile": "#b45309",
    "g2": "#b45309",
    "g3": "#1d4ed8",
    "g4": "#9d174d",
    "g5": "#6d28d9",
    "g6": "#57534e",
}
_STROKES = {
    "grid": "#e3e0d9",
    "axis": "#87827a",
    "target": "#5c574f",
    "original": "#87827a",
    "edge": "#87827a",
    "track-line": "#e3e0d9",
    "mark-line": "#9d174d",
    "halo": "#ffffff",
}
_NARROW = frozenset("iíìjlItfr.,:;'|!()[]-·/ ")
_BROAD = frozenset("mwMWÆŒ@%")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that a label or mark takes up."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box", gap: float = 0) -> bool:
        """Whether the two overlap, or come nearer than the gap."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def within(self, other: "Box") -> bool:
        """Whether all of it lies inside the other."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


def text_width(words: str, size: float = NORMAL) -> float:
    """How wide the words are set, a little generously, since the system's font may stand in for Figtree."""
    units = sum(0.33 if letter in _NARROW else 0.9 if letter in _BROAD else 0.6 for letter in words)
    return units * size


def shorten(words: str, room: float, size: float = NORMAL) -> str:
    """The words, cut with an ellipsis where they do not fit."""
    if text_width(words, size) <= room:
        return words
    kept = words
    while kept and text_width(f"{kept}…", size) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def wrap(words: str, room: float, size: float = NORMAL, lines: int = 2) -> list[str]:
    """The words on at most so many lines, the last one cut where they do not fit."""
    rows = [""]
    for word in words.split():
        longer = f"{rows[-1]} {word}".strip()
        if text_width(longer, size) <= room or not rows[-1]:
            rows[-1] = longer
        else:
            rows.append(word)
    kept = [*rows[: lines - 1], " ".join(rows[lines - 1 :])]
    return [shorten(row, room, size) for row in kept if row]


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


@dataclass(slots=True)
class Pen:
    """Draws one chart; `brand` is the tenant's `#rrggbb` (`ValueError` for anything else)."""

    width: float
    brand: str = DEFAULT_BRAND
    parts: list[SafeString] = field(default_factory=list)
    _fills: dict[str, str] = field(init=False)
    _strokes: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        light = brand_tokens(self.brand).light
        own = {"now": light.chart, "now-text": light.brand_strong, "area": light.chart_area, "g1": light.chart}
        self._fills = _FILLS | own
        self._strokes = _STROKES | {"now-line": light.chart}

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = NORMAL,
        anchor: str = "start",
        tone: str = "ink",
        bold: bool = False,
    ) -> None:
        """Words with their baseline at `y`."""
        self._add(
            '<text x="{}" y="{}" font-size="{}" text-anchor="{}" font-weight="{}" fill="{}" class="c-{}">{}</text>',
            *map(_number, (x, y, size)), anchor, "600" if bold else "400", self._fills[tone], tone, words,
        )  # fmt: skip

    def rect(self, x: float, y: float, width: float, height: float, tone: str, *, radius: float = 0) -> None:
        """A filled rectangle; nothing when it has no size."""
        if width <= 0 or height <= 0:
            return
        self._add(
            '<rect x="{}" y="{}" width="{}" height="{}" rx="{}" fill="{}" class="c-{}"/>',
            *map(_number, (x, y, width, height, min(radius, width / 2, height / 2))), self._fills[tone], tone,
        )  # fmt: skip

    def plan(self, x: float, y: float, width: float, height: float, *, radius: float) -> None:
        """A rectangle for what is still to come: pale, with a rim that can be told from the page."""
        self._add(
            '<rect x="{}" y="{}" width="{}" height="{}" rx="{}" fill="{}" stroke="{}" class="c-plan"/>',
            *map(_number, (x, y, width, height, radius)), self._fills["track"], self._strokes["axis"],
        )  # fmt: skip

    def line(self, x1: float, y1: float, x2: float, y2: float, tone: str, *, width: float = 1, dash: str = "") -> None:
        """A straight line."""
        self.path([(x1, y1), (x2, y2)], tone, width=width, dash=dash)

    def path(self, points: Sequence[tuple[float, float]], tone: str, *, width: float = 2, dash: str = "") -> None:
        """A line through the points."""
        self._add(
            '<path d="M{}" fill="none" stroke="{}" stroke-width="{}" stroke-dasharray="{}" stroke-linejoin="round" '
            'class="c-{}"/>',
            _joined(points), self._strokes[tone], _number(width), dash or "none", tone,
        )  # fmt: skip

    def area(self, points: Sequence[tuple[float, float]], tone: str) -> None:
        """A filled shape through the points."""
        self._add('<path d="M{}Z" fill="{}" class="c-{}"/>', _joined(points), self._fills[tone], tone)

    def arc(self, x: float, y: float, radius: float, *, share: float, tone: str, width: float) -> None:
        """A ring, or its first part clockwise from the top; `share` is 0 to 1."""
        around = 2 * pi * radius
        self._add(
            '<circle cx="{}" cy="{}" r="{}" fill="none" stroke="{}" stroke-width="{}" stroke-dasharray="{} {}" '
            'transform="rotate(-90 {} {})" class="c-{}"/>',
            *map(_number, (x, y, radius)), self._strokes[tone], _number(width),
            *map(_number, (around * share, around * (1 - share) + 1, x, y)), tone,
        )  # fmt: skip

    def mark(self, x: float, y: float, radius: float, tone: str, shape: str = "circle") -> None:
        """A point with a rim in the card's colour; its shape is one of `GROUP_SHAPES`."""
        common = (self._fills[tone], tone)
        if shape == "circle":
            self._add(
                '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="#ffffff" stroke-width="1.5" class="c-{} c-halo"/>',
                *map(_number, (x, y, radius)), *common,
            )  # fmt: skip
            return
        corners = [(x + dx * radius, y + dy * radius) for dx, dy in SHAPES[shape]]
        self._add(
            '<path d="M{}Z" fill="{}" stroke="#ffffff" stroke-width="1.5" class="c-{} c-halo"/>',
            _joined(corners),
            *common,
        )

    def svg(self, height: float, title: str) -> SafeString:
        """The finished drawing, with its alternative text."""
        return format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" role="img" '
            'font-family="Figtree, system-ui, sans-serif"><title>{}</title>{}</svg>',
            *map(_number, (self.width, height, self.width, height)), title, _together(self.parts),
        )  # fmt: skip

    def _add(self, template: str, *values: str) -> None:
        self.parts.append(format_html(template, *values))


SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "triangle": ((0, -1.2), (1.15, 0.9), (-1.15, 0.9)),
    "low": ((0, 1.2), (1.15, -0.9), (-1.15, -0.9)),
    "cross": (
        (-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4),
        (0.4, 1.1), (-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4),
    ),
}  # fmt: skip
GROUP_SHAPES = ("circle", "square", "triangle", "diamond", "low", "cross")


def group_look(number: int) -> tuple[str, str]:
    """Tone and shape of the n-th group, from 0: after six they come round again."""
    place = number % len(GROUP_SHAPES)
    return f"g{place + 1}", GROUP_SHAPES[place]


def legend(pen: Pen, top: float, entries: Iterable[tuple[str, str, str]], left: float = 4) -> float:
    """Marks with their words, in as many rows as needed; entries are (words, tone, shape). Answers the height used."""
    x, y = left, top + 9
    for words, tone, shape in entries:
        room = 20 + text_width(words, SMALL) + 14
        if x + room > pen.width and x > left:
            x, y = left, y + 20
        pen.mark(x + 6, y, 5, tone, shape)
        pen.text(x + 17, y + 4, words, size=SMALL, tone="muted")
        x += room
    return y + 14 - top


def _joined(points: Sequence[tuple[float, float]]) -> str:
    return "L".join(f"{_number(x)} {_number(y)}" for x, y in points)


def _together(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
