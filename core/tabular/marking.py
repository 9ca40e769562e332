"""The mark that keeps a spreadsheet from running text as a formula (OUT-05).

Writing puts one apostrophe in front of a text a spreadsheet could take for a formula; reading takes one away from
such a text, so the same text comes back. A text that already has apostrophes there gets one more, so nothing is
ambiguous; `'Ndrangheta` is left alone both ways. Source: OWASP, CSV injection.
"""

import re

MARK = "'"

# Spreadsheets take full-width signs for the plain ones, and skip white space in front.
_FULL_WIDTH = "\uff1d\uff0b\uff0d\ufe63\u2212\uff20"
_FORMULA_START = re.compile(rf"'*(?:[\t\r\n\x00]|\s*[=+\-@{_FULL_WIDTH}])")


def marked(text: str) -> str:
    """The text as it may stand in a file: with the mark in front when a spreadsheet could run it."""
    return MARK + text if _FORMULA_START.match(text) else text


def unmarked(text: str) -> str:
    """The text as it was before `marked`."""
    if text.startswith(MARK) and _FORMULA_START.match(text):
        return text[len(MARK) :]
    return text
