"""Content a space writes in English, in Italian or in both."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation

LANGUAGES = ("en", "it")


def spoken(record: Any, name: str, language: str | None = None) -> str:
    """``record.<name>_<language>`` in the language asked for (default: the page's), else in the other one."""
    return next((text for code in _order(language) if (text := getattr(record, f"{name}_{code}", ""))), "")


def spoken_item(item: Mapping[str, Any], name: str, language: str | None = None) -> str:
    """As ``spoken``, of a mapping with the keys ``<name>_en`` and ``<name>_it``."""
    return next((text for code in _order(language) if (text := item.get(f"{name}_{code}", ""))), "")


def _order(language: str | None) -> list[str]:
    first = (language or translation.get_language() or "en")[:2]
    return [first, *(other for other in LANGUAGES if other != first)]
