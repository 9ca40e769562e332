"""A tenant's colour made legible: one hex in, a light and a dark set of colours out.

Every pair in `PAIRS` keeps its WCAG 2.2 contrast (4.5:1 for text, 3:1 for shapes and focus rings) whatever the colour.
The hue is kept and only lightness moves, in OKLCH, because equal steps there look equal to the eye.
"""

# ruff: noqa: PLR2004 - the numbers are the constants of sRGB and OKLab, and steps of lightness
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import pairwise
from math import atan2, cbrt, cos, hypot, sin

TEXT = 4.5
SHAPE = 3.0
DEFAULT_BRAND = "#0b6e4f"

_HEX = re.compile(r"#[0-9a-fA-F]{6}", re.ASCII)
_STEPS = 200


@dataclass(frozen=True, slots=True)
class Surfaces:
    """The neutral backgrounds of one colour scheme, as `static/css/app.css` declares them."""

    page: str
    card: str
    sunk: str
    track: str
    ink: str


LIGHT_SURFACES = Surfaces(page="#f7f6f3", card="#ffffff", sunk="#f1efea", track="#eceae4", ink="#1c1a17")
DARK_SURFACES = Surfaces(page="#161513", card="#211f1c", sunk="#1b1a17", track="#35322d", ink="#f5f3ee")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tenant's colours in one colour scheme, each `#rrggbb`; field names are the CSS names with `_` for `-`."""

    brand: str
    brand_hover: str
    on_brand: str
    brand_strong: str
    brand_tint: str
    on_brand_tint: str
    brand_line: str
    link: str
    link_hover: str
    focus: str
    chart: str
    chart_area: str


@dataclass(frozen=True, slots=True)
class BrandTokens:
    """Both colour schemes of one tenant."""

    light: Tokens
    dark: Tokens


PAIRS: tuple[tuple[str, str, float], ...] = (
    ("on_brand", "brand", TEXT),
    ("on_brand", "brand_hover", TEXT),
    ("brand", "page", SHAPE),
    ("brand", "card", SHAPE),
    ("brand", "track", SHAPE),
    ("brand_strong", "page", TEXT),
    ("brand_strong", "card", TEXT),
    ("brand_strong", "brand_tint", TEXT),
    ("on_brand_tint", "brand_tint", TEXT),
    ("ink", "brand_tint", TEXT),
    ("brand_line", "page", SHAPE),
    ("brand_line", "card", SHAPE),
    ("brand_line", "brand_tint", SHAPE),
    ("link", "page", TEXT),
    ("link", "card", TEXT),
    ("link", "sunk", TEXT),
    ("link_hover", "page", TEXT),
    ("link_hover", "card", TEXT),
    ("link_hover", "sunk", TEXT),
    ("focus", "page", SHAPE),
    ("focus", "card", SHAPE),
    ("focus", "sunk", SHAPE),
    ("focus", "brand_tint", SHAPE),
    ("chart", "card", SHAPE),
    ("chart", "track", SHAPE),
    ("chart", "chart_area", SHAPE),
    ("ink", "chart_area", TEXT),
)


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=256)
def brand_tokens(hex_colour: str) -> BrandTokens:
    """Light and dark colours for a tenant's `#rrggbb`; `ValueError` for anything else."""
    if not _HEX.fullmatch(hex_colour):
        raise ValueError("a brand colour is written #rrggbb")
    lightness, chroma, hue = _oklch(hex_colour)

    def shade(at: float, strength: float = 1.0) -> str:
        return _hex_at(at, chroma * strength, hue)

    return BrandTokens(light=_light(shade, lightness), dark=_dark(shade, lightness))


def brand_css(hex_colour: str) -> str:
    """The tenant's stylesheet: light, dark when the system asks for it, and either one when the page is told to.

    Raises `ValueError` for anything that is not `#rrggbb`, so nothing else can reach the sheet.
    """
    tokens = brand_tokens(hex_colour)
    light, dark = _declarations(tokens.light), _declarations(tokens.dark)
    return (
        f":root{{{light}}}\n"
        f'@media (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{dark}}}}}\n'
        f':root[data-theme="dark"]{{{dark}}}\n'
    )


def _declarations(tokens: Tokens) -> str:
    return "".join(f"--{name.replace('_', '-')}:{value};" for name, value in asdict(tokens).items())


type _Shade = Callable[..., str]


def _light(shade: _Shade, lightness: float) -> Tokens:
    paper = LIGHT_SURFACES
    tint = shade(0.955, 0.4)
    neutral = (paper.page, paper.card, paper.sunk, paper.track)
    brand = _step(shade, lightness, -1, TEXT, *neutral)
    strong = _step(shade, min(lightness, 0.47), -1, TEXT, *neutral, tint)
    # A colour already near black cannot go darker, so hovering makes it lighter.
    start = _oklch(brand)[0]
    hover = shade(start - 0.07) if start > 0.3 else shade(start + 0.22)
    area = shade(0.95, 0.25)
    return Tokens(
        brand=brand,
        brand_hover=hover,
        on_brand="#ffffff",
        brand_strong=strong,
        brand_tint=tint,
        on_brand_tint=strong,
        brand_line=_step(shade, lightness, -1, SHAPE, *neutral, tint),
        link=brand,
        link_hover=hover,
        focus=strong,
        chart=_step(shade, lightness, -1, TEXT, *neutral, area),
        chart_area=area,
    )


def _dark(shade: _Shade, lightness: float) -> Tokens:
    paper = DARK_SURFACES
    tint = shade(0.3, 0.5)
    neutral = (paper.page, paper.card, paper.sunk, paper.track)
    brand = _step(shade, max(lightness, 0.7), 1, TEXT, *neutral)
    strong = _step(shade, max(lightness, 0.76), 1, TEXT, *neutral, tint)
    area = shade(0.29, 0.35)
    start = _oklch(brand)[0]
    hover = shade(start + 0.06) if start < 0.92 else shade(start - 0.06)
    return Tokens(
        brand=brand,
        brand_hover=hover,
        on_brand=paper.page,
        brand_strong=strong,
        brand_tint=tint,
        on_brand_tint=strong,
        brand_line=_step(shade, max(lightness, 0.7), 1, SHAPE, *neutral, tint),
        link=strong,
        link_hover=hover if start >= 0.76 else shade(_oklch(strong)[0] + 0.07),
        focus=strong,
        chart=_step(shade, max(lightness, 0.7), 1, TEXT, *neutral, area),
        chart_area=area,
    )


def _step(shade: _Shade, start: float, direction: int, ratio: float, *grounds: str) -> str:
    """Nearest lightness to `start`, going one way, that reads on every ground."""
    edge = 0.0 if direction < 0 else 1.0
    for step in range(_STEPS + 1):
        colour = shade(start + (edge - start) * step / _STEPS)
        if all(contrast(colour, ground) >= ratio for ground in grounds):
            return colour
    raise AssertionError("black and white read on every ground this module makes")


def _channels(hex_colour: str) -> tuple[float, float, float]:
    red, green, blue = (_linear(int(hex_colour[start:end], 16) / 255) for start, end in pairwise((1, 3, 5, 7)))
    return red, green, blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _luminance(hex_colour: str) -> float:
    red, green, blue = _channels(hex_colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklch(hex_colour: str) -> tuple[float, float, float]:
    """Lightness, chroma and hue (Ottosson 2020, "A perceptual color space for image processing")."""
    red, green, blue = _channels(hex_colour)
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, hypot(a, b), atan2(b, a)


def _hex_at(lightness: float, chroma: float, hue: float) -> str:
    """The colour at this lightness, with as much of the chroma as the screen can show."""
    lightness = min(max(lightness, 0.0), 1.0)
    for part in range(20, -1, -1):
        channels = _rgb(lightness, chroma * part / 20, hue)
        if all(-0.0005 <= value <= 1.0005 for value in channels):
            break
    return "#" + "".join(f"{round(255 * _encoded(min(max(value, 0.0), 1.0))):02x}" for value in channels)


def _rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _encoded(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
