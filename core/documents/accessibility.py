"""What HTML must have before it can become a PDF that everybody can read (PDF/UA-1, ISO 14289-1)."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_HEADING = re.compile(r"h[1-6]")


class _Reader(HTMLParser):
    """Collects problems while it passes over the elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.language = ""
        self.title = ""
        self.problems: list[str] = []
        self._in_title = False
        self._svg_depth = 0
        self._level = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "html":
            self.language = (attributes.get("lang") or "").strip()
        elif tag == "svg":
            self._svg_depth += 1
        elif tag == "title" and not self._svg_depth:
            self._in_title = True
        elif tag == "img" and "alt" not in attributes:
            self.problems.append(f"image without alt: {attributes.get('src') or ''}")
        elif _HEADING.fullmatch(tag):
            self._heading(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag == "svg":
            self._svg_depth = max(0, self._svg_depth - 1)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    def _heading(self, level: int) -> None:
        if level > self._level + 1:
            self.problems.append(f"heading h{level} after {f'h{self._level}' if self._level else 'nothing'}")
        self._level = level


def html_problems(html: str) -> list[str]:
    """What a PDF made of this page would lack, in words for developers; empty when all is well.

    Looks for `lang`, `<title>`, `alt` on images and heading levels that do not skip.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    missing = []
    if not reader.language:
        missing.append("no lang on <html>")
    if not reader.title.strip():
        missing.append("no <title>")
    return [*missing, *reader.problems]
