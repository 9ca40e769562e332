"""Content a space writes in English, in Italian or in both."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation

from core.rules.phrases import phrased, phrases_spoken

LANGUAGES = ("en", "it")


def spoken(record: Any, name: str, language: str | None = None) -> str:
    """``record.<name>_<language>`` in the language asked for (default: the page's), else in the other one.

    On a page in a further language it is what people of the space wrote for it, else what stands in its base language.
    """
    text = next((text for code in _order(language) if (text := getattr(record, f"{name}_{code}", ""))), "")
    return text if language else phrased(text)


def spoken_item(item: Mapping[str, Any], name: str, language: str | None = None) -> str:
    """As ``spoken``, of a mapping with the keys ``<name>_en`` and ``<name>_it``."""
    text = next((text for code in _order(language) if (text := item.get(f"{name}_{code}", ""))), "")
    return text if language else phrased(text)


def _order(language: str | None) -> list[str]:
    further = phrases_spoken()
    first = (language or (further.base if further else translation.get_language()) or "en")[:2]
    return [first, *(other for other in LANGUAGES if other != first)]
