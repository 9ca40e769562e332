"""The brand colours: legible for every colour a tenant may choose."""

import re
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules.brand import (
    DARK_SURFACES,
    DEFAULT_BRAND,
    LIGHT_SURFACES,
    PAIRS,
    Surfaces,
    Tokens,
    brand_css,
    brand_tokens,
    contrast,
)

APP_CSS = Path(__file__).parents[3] / "static/css/app.css"

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def failures(tokens: Tokens, surfaces: Surfaces) -> list[str]:
    values = asdict(surfaces) | asdict(tokens)
    return [
        f"{front} on {ground}: {contrast(values[front], values[ground]):.2f}"
        for front, ground, ratio in PAIRS
        if contrast(values[front], values[ground]) < ratio
    ]


@settings(max_examples=300, deadline=None)
@given(colours)
def test_every_pair_reads_in_light_and_dark(colour: str) -> None:
    tokens = brand_tokens(colour)
    assert failures(tokens.light, LIGHT_SURFACES) == []
    assert failures(tokens.dark, DARK_SURFACES) == []


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#ffff00", "#ff0000", "#0000ff", "#00ff00", "#808080"])
def test_every_pair_reads_at_the_corners(colour: str) -> None:
    tokens = brand_tokens(colour)
    assert failures(tokens.light, LIGHT_SURFACES) == []
    assert failures(tokens.dark, DARK_SURFACES) == []


@pytest.mark.parametrize(
    "text", ["", "green", "#fff", "#12345g", "#1234567", " #123456", "#123456\n", "#123456;}body{", "#١٢٣٤٥٦"]
)
def test_anything_but_six_hex_digits_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        brand_css(text)


def test_a_colour_that_already_reads_is_kept() -> None:
    assert brand_tokens("#0b6e4f").light.brand == "#0b6e4f"


def test_stylesheet_holds_only_hex_colours_and_both_schemes() -> None:
    css = brand_css(DEFAULT_BRAND)
    assert css.count("--brand:") == 3
    assert 'prefers-color-scheme:dark){:root:not([data-theme="light"])' in css
    assert all(re.fullmatch(r"#[0-9a-f]{6}", value) for value in re.findall(r"--[a-z-]+:([^;]*);", css))


def test_contrast_matches_the_published_example() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_surfaces_are_those_of_the_stylesheet() -> None:
    blocks = re.findall(
        r"--page: (\S+); --card: (\S+); --sunk: (\S+); --ink: (\S+); .*--track: (\S+);", APP_CSS.read_text()
    )
    light, *dark = [Surfaces(page=p, card=c, sunk=s, ink=i, track=t) for p, c, s, i, t in blocks]
    assert light == LIGHT_SURFACES
    assert dark == [DARK_SURFACES, DARK_SURFACES]
