"""Days in words for lists: written once for each day, format and language."""

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language


def day_words(day: date | None, name: str = "SHORT_DATE_FORMAT") -> str:
    """A day as the page's language writes it, by the name of a format; empty for none."""
    return _words(day, name, get_language() or "en") if day else ""


@lru_cache(maxsize=4096)
def _words(day: date, name: str, language: str) -> str:
    """``language`` is only what it is remembered by: the one in force does the writing."""
    return date_format(day, name)
