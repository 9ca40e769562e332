"""Text as it may be stored, searched and put into a mail header (INP-02, INP-07)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

HEADER_CHARACTERS = 200

_SURROGATE = re.compile("[\ud800-\udfff]")
# Every sign that some reader takes for a new line.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Controls, and signs nobody sees: embeddings, overrides and isolates turn text around; the rest hides inside words.
# Joiners stay (emoji, Persian), and so do the plain left-to-right and right-to-left marks.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_SPACES = re.compile(r"\s+")
_SPACES_AT_LINE_END = re.compile(r"[^\S\n]+(?=\n|$)")
_EMPTY_LINES = re.compile(r"\n{4,}")

_ACCENTS = re.compile("[\u0300-\u036f]")
# Letters that have no decomposition into a base letter and an accent.
_BASE_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h", "ŧ": "t"}
)


class TextError(ValueError):
    """The text cannot be stored; `message` is a sentence for the person who wrote it."""

    def __init__(self, message: str | StrPromise) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class BrokenTextError(TextError):
    """NUL or half a character: no program that means well sends these."""

    def __init__(self) -> None:
        super().__init__(_("This text contains characters that cannot be stored. Type it again without pasting."))


class TextTooLongError(TextError):
    """More characters than the field holds; `excess` says how many."""

    def __init__(self, *, length: int, max_length: int) -> None:
        self.excess = length - max_length
        super().__init__(
            ngettext_lazy(
                "This text is %(excess)d character too long.",
                "This text is %(excess)d characters too long.",
                self.excess,
            )
        )

    def __str__(self) -> str:
        return str(self.message) % {"excess": self.excess}


def clean_text(value: str, *, max_length: int, multiline: bool = False) -> str:
    """The text as it is stored and shown: NFC, without controls and without signs that turn or hide text.

    One line has single spaces; several lines keep their breaks and at most two empty lines together. Raises
    BrokenTextError for NUL and lone surrogates, TextTooLongError when more than `max_length` characters remain.
    Cleaning a clean text changes nothing.
    """
    if "\x00" in value or _SURROGATE.search(value):
        raise BrokenTextError
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", value))
    text = unicodedata.normalize("NFC", text)
    text = _tidy_lines(text) if multiline else _SPACES.sub(" ", text).strip()
    if len(text) > max_length:
        raise TextTooLongError(length=len(text), max_length=max_length)
    return text


def mask_for_search(value: str) -> str:
    """The text as a search column holds it and as a query is compared.

    No case, no accents, no punctuation, single spaces: "L'Università  di Forlì" and "l universita di forli" are the
    same. Letters of other scripts stay.
    """
    folded = unicodedata.normalize("NFKD", value.replace("\x00", " ").casefold())
    folded = _ACCENTS.sub("", folded).casefold().translate(_BASE_LETTERS)
    kept = "".join(character if unicodedata.category(character)[0] in "LNM" else " " for character in folded)
    return " ".join(unicodedata.normalize("NFKC", kept).split())


def header_safe(value: str, *, max_length: int = HEADER_CHARACTERS) -> str:
    """One line for a mail header, cut to size: whatever could begin another header is a space."""
    text = _SURROGATE.sub("", _LINE_ENDS.sub(" ", value))
    text = _UNSEEN.sub("", text.replace("\n", " "))
    return _SPACES.sub(" ", text).strip()[:max_length].rstrip()


def _tidy_lines(text: str) -> str:
    text = _SPACES_AT_LINE_END.sub("", text)
    return _EMPTY_LINES.sub("\n\n\n", text).strip("\n").rstrip()
