"""What a text in a further language must keep of the text it stands for."""

import hashlib
import re

from django.utils.translation import gettext as _

LONGEST = 4000
_PLACE = re.compile(r"%\([a-z_]+\)[sd]|%[sd%]")
_MARK = re.compile(r"</?[a-z][^<>]*>")
# Texts also stand inside the marks of a page, where a straight quote would end them.
_QUOTES = str.maketrans({'"': "”", "'": "’"})  # noqa: RUF001 - typographic on purpose


def key_of(source: str) -> str:
    """By what a text is found."""
    return hashlib.sha256(source.encode()).hexdigest()


def neat(text: str) -> str:
    """A text with typographic quotes; what stands between marks stays as it is."""
    parts = _MARK.split(text)
    marks = [*_MARK.findall(text), ""]
    return "".join(part.translate(_QUOTES) + mark for part, mark in zip(parts, marks, strict=True)).strip()


def trouble_with(source: str, text: str) -> str:
    """What is wrong with a text for ``source``, in words for the page; empty for nothing.

    The places that are filled in and the marks must be those of the source, so that nothing else gets into a page.
    """
    if sorted(_PLACE.findall(text)) != sorted(_PLACE.findall(source)):
        places = " ".join(_PLACE.findall(source))
        return (
            _("Keep what is filled in, as it is written: %(places)s") % {"places": places}
            if places
            else _("Leave out the per cent sign.")
        )
    if "%" in _PLACE.sub("", text) and "%" not in _PLACE.sub("", source):
        return _("Leave out the per cent sign.")
    marks = _MARK.findall(source)
    if sorted(_MARK.findall(text)) != sorted(marks):
        return (
            _("Keep the marks as they are: %(marks)s") % {"marks": " ".join(marks)}
            if marks
            else _("Leave out the signs < and >.")
        )
    if set("<>") & set(_MARK.sub("", text)):
        return _("Leave out the signs < and >.")
    return ""
