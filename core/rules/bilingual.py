"""Content a space writes in English, in Italian or in both."""

from typing import Any

from django.utils import translation

LANGUAGES = ("en", "it")


def spoken(record: Any, name: str, language: str | None = None) -> str:
    """``record.<name>_<language>`` in the language asked for (default: the page's), else in the other one."""
    first = (language or translation.get_language() or "en")[:2]
    order = [first, *(other for other in LANGUAGES if other != first)]
    return next((text for code in order if (text := getattr(record, f"{name}_{code}", ""))), "")
