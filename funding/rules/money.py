"""Amounts as people write and read them; integer cents inside (R-F11)."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from core.tabular.numbers import parse_number

_SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}
# Ten thousand million: more than any community has, less than a column holds.
MOST_CENTS = 10**12
CENTS = 100


class AmountError(ValueError):
    """The text is no amount of money; `message` is a sentence for whoever wrote it."""

    def __init__(self, message: str | StrPromise) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


def cents_of(text: str, *, currency: str) -> int:
    """The amount in cents of ``1.250,00``, ``1,250.00``, ``1250`` or ``€ 1 250``.

    Raises AmountError, or core's NumberError for what is no number or could be two: ``1.250`` is a thousand in
    Bologna and one and a bit in Boston.
    """
    number = parse_number(text, style=None, currency=currency)
    if "%" in text:
        raise AmountError(_("Write an amount, not a percentage."))
    cents = number * CENTS
    if cents != cents.to_integral_value():
        raise AmountError(_("Write at most two digits for the cents."))
    if not 0 < cents <= MOST_CENTS:
        raise AmountError(_("Enter an amount above zero, and not beyond ten thousand million."))
    return int(cents)


def typed(cents: int) -> str:
    """An amount as it stands in a form field: in the page's style, without a currency."""
    return str(number_format(Decimal(cents) / CENTS, decimal_pos=2, use_l10n=True, force_grouping=True))


def money(cents: int, currency: str) -> str:
    """An amount as people read it: ``€1,250`` in English, ``1.250 €`` in Italian; cents only where there are any."""
    places = 2 if cents % CENTS else 0
    amount = number_format(Decimal(cents) / CENTS, decimal_pos=places, use_l10n=True, force_grouping=True)
    sign = _SIGNS.get(currency)
    if (get_language() or "en").startswith("it"):
        return f"{amount}\u00a0{sign or currency}"
    return f"{sign}{amount}" if sign else f"{currency}\u00a0{amount}"
