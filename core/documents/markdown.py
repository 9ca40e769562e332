"""Markdown that people write, as HTML that can do nothing but be read (OUT-02, OUT-04).

Two walls: the parser knows no raw HTML, and nh3 keeps only listed elements and attributes of what the parser gives.
htmx is switched off inside by an attribute on the element around it, which nobody but this module writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_HEADING = 6

_TAGS = {
    "a", "p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"scope"}}
_SCHEMES = {"http", "https", "mailto"}
_LINK_STARTS = ("http://", "https://", "mailto:")


def render_markdown(text: str, *, top_heading: int = 3) -> SafeString:
    """Safe HTML for pages, mails and PDFs.

    Links go to http, https and mailto only, with `rel="noopener nofollow"`; a picture becomes its description,
    because loading it would tell somebody who reads. Headings begin at `top_heading` and never skip a level, which
    the page and PDF/UA need.
    """
    parser = _parser()
    environment: dict[str, Any] = {}
    tokens = parser.parse(text, environment)
    _set_headings(tokens, top_heading)
    html = parser.renderer.render(tokens, parser.options, environment)
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow",
        attribute_filter=_only_whole_links,
        strip_comments=True,
    )
    return mark_safe(f'<div class="prose" hx-ignore>{clean}</div>')  # noqa: S308 - sanitised on the line above


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # Loaded by whoever reads a text of somebody's, not by every web worker.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    parser.enable(["table", "strikethrough"])
    parser.add_render_rule("image", _image_as_text)
    parser.add_render_rule("th_open", _header_cell)
    return parser


def _only_whole_links(_tag: str, name: str, value: str) -> str | None:
    """No relative links: on a page, in a mail and in a PDF they would lead to different places."""
    return value if name != "href" or value.lower().startswith(_LINK_STARTS) else None


def _image_as_text(_renderer: Any, tokens: Sequence[Token], at: int, *_rest: Any) -> str:
    return escape(tokens[at].content)


def _header_cell(_renderer: Any, _tokens: Sequence[Token], _at: int, *_rest: Any) -> str:
    return '<th scope="col">'


def _set_headings(tokens: Sequence[Token], top: int) -> None:
    """Give headings the levels of a proper outline: the writer's deeper is one deeper here, however far it jumped."""
    written: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            while written and written[-1] >= level:
                written.pop()
            written.append(level)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(top + len(written) - 1, MAX_HEADING)}"
