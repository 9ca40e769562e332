"""Which parts of a page in a further language still stand in its base language, marked as such (WCAG 3.1.2)."""

import html
import re
from collections.abc import Iterable, Iterator

from core.rules.phrases import Phrases

# What no mark can stand in comes whole, like a mark.
_MARK = re.compile(
    r"(<!--.*?-->|<(script|style|title|textarea|option)\b[^>]*>.*?</\2\s*>|<[^>]*>)", re.DOTALL | re.IGNORECASE
)
_PLACE = re.compile(r"%\([a-z_]+\)[sd]|%[sd]")
_SPACES = re.compile(r"\s+")


def with_parts_marked(page: str, phrases: Phrases) -> str:
    """A page with ``lang`` on each text that nobody translated; one that is whole stays as it is.

    Only whole sentences between two marks are found, in any number; what stands in attributes is not.
    """
    shapes = [_shape(piece) for piece in _pieces(phrases.unsaid)]
    if not shapes:
        return page
    told = [re.compile(re.escape(piece)) for piece in _pieces(phrase.text for phrase in phrases.said.values())]
    found, at = [], 0
    for mark in _MARK.finditer(page):
        found += [_marked(page[at : mark.start()], shapes, told, phrases.base), mark[0]]
        at = mark.end()
    return "".join([*found, _marked(page[at:], shapes, told, phrases.base)])


def _pieces(texts: Iterable[str]) -> list[str]:
    """What can stand between two marks of a page, the longest first, so that no other text begins with it."""
    lines = (line for text in texts for part in re.split(r"<[^>]*>", text) for line in part.splitlines())
    neat = {_SPACES.sub(" ", line).strip() for line in lines}
    return sorted((one for one in neat if any(map(str.isalpha, _PLACE.sub("", one)))), key=len, reverse=True)


def _shape(piece: str) -> re.Pattern[str]:
    """A text with anything in the places that are filled in; a place at its end is filled to the end."""
    parts = [re.escape(part.replace("%%", "%")) for part in _PLACE.split(piece)]
    ends_open = len(parts) > 1 and not parts[-1]
    return re.compile(".+?".join(parts) + ("$" if ends_open else ""))


def _marked(text: str, shapes: list[re.Pattern[str]], told: list[re.Pattern[str]], base: str) -> str:
    if not text.strip():
        return text
    bare = _SPACES.sub(" ", html.unescape(text))
    core = bare.strip()
    parts = list(_parts(core, shapes, told))
    if not any(is_base for _part, is_base in parts):
        return text
    before, after = bare[: len(bare) - len(bare.lstrip())], bare[len(bare.rstrip()) :]
    marked = "".join(
        f'<span lang="{base}">{html.escape(part, quote=False)}</span>' if is_base else html.escape(part, quote=False)
        for part, is_base in parts
    )
    return f"{before}{marked}{after}"


def _parts(text: str, shapes: list[re.Pattern[str]], told: list[re.Pattern[str]]) -> Iterator[tuple[str, bool]]:
    """A text sentence by sentence, each with whether it is one of the base language."""
    at = 0
    while at < len(text):
        found = next((hit for shape in shapes if (hit := _whole(shape, text, at))), None)
        other = found or next((hit for shape in told if (hit := _whole(shape, text, at))), None)
        if other is None:
            yield text[at:], False
            return
        yield other[0], found is not None
        gap = len(text[other.end() :]) - len(text[other.end() :].lstrip())
        if gap:
            yield text[other.end() : other.end() + gap], False
        at = other.end() + gap


def _whole(shape: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    """A text that begins here and is not the beginning of somebody's longer sentence."""
    hit = shape.match(text, at)
    if hit is None:
        return None
    after = text[hit.end() :].lstrip()
    return None if after and hit[0][-1].isalnum() and after[0].isalnum() else hit
