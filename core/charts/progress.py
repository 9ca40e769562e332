"""How far something is, as a ring or a bar."""

from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString

from core.charts.shapes import COMPACT, SMALL, WIDE, Pen, shorten
from core.rules.brand import DEFAULT_BRAND


@dataclass(frozen=True, slots=True)
class ProgressChart:
    """`share` is 0 to 1 and is drawn as 0 or 1 beyond; `value` and `of` are the words shown with it."""

    title: str
    share: float
    value: str
    of: str = ""
    shape: Literal["ring", "bar"] = "ring"


def progress(chart: ProgressChart, *, compact: bool = False, brand: str = DEFAULT_BRAND) -> SafeString:
    """The drawing: a ring 160 (120) high, or a bar as wide as the other charts."""
    share = min(max(chart.share, 0.0), 1.0)
    return (
        _ring(chart, share, 120.0 if compact else 160.0, brand)
        if chart.shape == "ring"
        else _bar(chart, share, COMPACT if compact else WIDE, brand)
    )


def _ring(chart: ProgressChart, share: float, side: float, brand: str) -> SafeString:
    pen = Pen(side, brand)
    middle, width = side / 2, side * 0.11
    radius = middle - width / 2 - 1
    pen.arc(middle, middle, radius, share=1, tone="track-line", width=width)
    if share:
        pen.arc(middle, middle, radius, share=share, tone="now-line", width=width)
    size = side * 0.17
    pen.text(middle, middle + size * (0.15 if chart.of else 0.36), chart.value, size=size, anchor="middle", bold=True)
    if chart.of:
        small = max(side * 0.075, 9.5)
        pen.text(
            middle,
            middle + size * 0.9,
            shorten(chart.of, side * 0.68, small),
            size=small,
            anchor="middle",
            tone="muted",
        )
    return pen.svg(side, chart.title)


def _bar(chart: ProgressChart, share: float, width: float, brand: str) -> SafeString:
    pen = Pen(width, brand)
    pen.text(0, 16, chart.value, size=18, bold=True)
    if chart.of:
        pen.text(pen.width, 16, chart.of, size=SMALL + 1.5, anchor="end", tone="muted")
    pen.rect(0, 26, pen.width, 12, "track", radius=6)
    pen.rect(0, 26, pen.width * share, 12, "now", radius=6)
    return pen.svg(40, chart.title)
