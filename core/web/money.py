"""Money as people read it."""

from decimal import Decimal

from babel.numbers import format_currency
from django.utils import translation


def money(cents: int, currency: str, *, with_cents: bool = False) -> str:
    """An amount of integer cents in the page's language, in whole units unless ``with_cents`` (domain 14.10)."""
    locale = (translation.get_language() or "en")[:2]
    pattern = None if with_cents else {"en": "¤#,##0", "it": "#,##0 ¤"}[locale if locale in {"en", "it"} else "en"]
    return format_currency(Decimal(cents) / 100, currency, format=pattern, locale=locale, currency_digits=with_cents)
