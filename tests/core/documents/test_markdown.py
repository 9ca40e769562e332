import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.markdown import render_markdown

ATTACKS = [
    "<script>alert(1)</script>",
    '<b hx-post="/x" hx-trigger="load">x</b>',
    '<b data-hx-get="/x" sse-connect="/y" ws-connect="/z">x</b>',
    '<p style="position:fixed">x</p>',
    '<img src=x onerror="alert(1)">',
    "<svg onload=alert(1)>",
    '<a href="https://x.it" onclick="alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    '[x](https://x.it "a\\" onmouseover=\\"alert(1)")',
    "[x](//x.it)",
    "[x](/s/borgo/delete)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    '```x" onclick="alert(1)\ncode\n```',
    "![x](https://track.example/p.png)",
    "![<script>](https://track.example/p.png 'x')",
    "| a |\n|:-:|\n| b |",
    "<!-- x --><![CDATA[x]]>",
    "<iframe src=//x></iframe><form action=/x><button>x</button></form>",
]
_ALLOWED_ATTRIBUTES = {"href", "title", "rel", "start", "scope"}


def attributes_of(html: str) -> set[str]:
    return {
        name
        for tag in re.findall(r"<[a-z][^>]*>", html)
        for name in re.findall(r"\s([^\s=>\"']+)=", re.sub(r'"[^"]*"', '""', tag))
    }


def inner(text: str) -> str:
    html = render_markdown(text)
    start, end = '<div class="prose" hx-ignore>', "</div>"
    assert html.startswith(start)
    assert html.endswith(end)
    return html[len(start) : -len(end)]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_acts_survives(attack: str) -> None:
    html = inner(attack)
    assert attributes_of(html) <= _ALLOWED_ATTRIBUTES
    assert not re.search(r"<(?:script|img|svg|iframe|form|button|b|style|div|object)\b", html)
    assert not re.search(r'href="(?!https?://|mailto:)', html)


@given(st.text(alphabet="<>[]()!`\"'=:/ \n#-|abhx&;"), st.sampled_from(ATTACKS))
def test_nothing_that_acts_survives_among_other_text(text: str, attack: str) -> None:
    html = inner(text + attack + text)
    assert attributes_of(html) <= _ALLOWED_ATTRIBUTES
    assert not re.search(r'href="(?!https?://|mailto:)', html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**a** *b* ~~c~~ `d`", "<p><strong>a</strong> <em>b</em> <s>c</s> <code>d</code></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        ("[x](https://a.it)", '<p><a href="https://a.it" rel="noopener nofollow">x</a></p>\n'),
        ("[x](mailto:a@b.it)", '<p><a href="mailto:a@b.it" rel="noopener nofollow">x</a></p>\n'),
        ("![La festa](https://a.it/x.png)", "<p>La festa</p>\n"),
        ("a & b < c", "<p>a &amp; b &lt; c</p>\n"),
        ("a <em>b</em>", "<p>a &lt;em&gt;b&lt;/em&gt;</p>\n"),
        ("", ""),
    ],
)
def test_what_people_write_is_shown(text: str, expected: str) -> None:
    assert inner(text) == expected


def test_headings_follow_the_page_and_skip_no_level() -> None:
    html = inner("#### a\n\n###### b\n\n# c\n\n## d\n\n#### e")
    assert re.findall(r"<(h\d)>(\w)", html) == [("h3", "a"), ("h4", "b"), ("h3", "c"), ("h4", "d"), ("h5", "e")]
    assert re.findall(r"<(h\d)>", render_markdown("# a\n\n## b", top_heading=6)) == ["h6", "h6"]


def test_table_heads_say_what_they_head() -> None:
    assert '<th scope="col">a</th>' in inner("| a | b |\n|---|---|\n| 1 | 2 |")


def test_result_is_not_escaped_again() -> None:
    assert render_markdown("x").__html__() == str(render_markdown("x"))
