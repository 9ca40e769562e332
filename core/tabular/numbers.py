"""Numbers as people write them, read without guessing.

`1.234` is a thousand and something in Bologna and one and a bit in Boston: without a known style it is refused, never
chosen.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.tabular.errors import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrPromise

MAX_INTEGER_DIGITS = 18
MAX_FRACTION_DIGITS = 20
_MAX_CHARACTERS = 60

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_APOSTROPHES = "'\u2019\u02bc"
# Shape of the digits: groups of three after the first, all separated by the same sign.
_GROUPED = re.compile(r"\d{1,3}(?:(?P<sign>[ '.,])\d{3})(?:(?P=sign)\d{3})*")
_EXPONENT = re.compile(r"[\d.,]+[eE][+\-]?\d+")
_CURRENCY_SIGNS = {
    "EUR": ("€", "EUR", "Euro", "euro"),
    "GBP": ("£", "GBP"),
    "USD": ("$", "USD"),
    "CHF": ("CHF", "Fr."),
}


class DecimalStyle(StrEnum):
    """Which sign stands before the decimals: `1,234.56` or `1.234,56`."""

    POINT = "."
    COMMA = ","

    @property
    def group_sign(self) -> str:
        """The other sign, used between thousands."""
        return "," if self is DecimalStyle.POINT else "."


class NumberError(ValueError):
    """The text is not one number, or could be two; `str()` is a sentence for people."""

    def __init__(self, template: str | StrPromise, **params: object) -> None:
        self.message = Message(template, params)
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class AmbiguousNumberError(NumberError):
    """Two readings are possible and nothing says which is meant."""


def parse_number(value: str | Decimal | int, *, style: DecimalStyle | None, currency: str | None = None) -> Decimal:
    """The exact number; `25%` is `Decimal("0.25")`, `(3)` and `3-` are minus three.

    Thousands may be set apart by a space or an apostrophe in either style. With `style=None` a text that both styles
    could read differently raises AmbiguousNumberError. `currency` (ISO 4217) allows that currency's sign and no
    other. Raises NumberError for anything else: words, NaN, infinity, exponents (a spreadsheet that shows
    `8,00519E+10` has lost digits), more than 18 digits before or 20 after the decimal sign.
    """
    if isinstance(value, bool):
        raise _not_a_number(value)
    if isinstance(value, int | Decimal):
        return _within_size(Decimal(value), str(value))
    if len(value) > _MAX_CHARACTERS:
        raise _not_a_number(value)
    body, negative = _without_sign(_without_currency(value.strip(), currency))
    percent = body.endswith("%")
    body = body.removesuffix("%").strip()
    body = _SPACES.sub(" ", body)
    for apostrophe in _APOSTROPHES[1:]:
        body = body.replace(apostrophe, "'")
    if _EXPONENT.fullmatch(body):
        raise NumberError(
            _("“%(text)s” was shortened by the spreadsheet. Show the whole number there and save the file again."),
            text=value.strip(),
        )
    number = _plain(body, style, value)
    number = _within_size(number, value)
    if percent:
        number = number.scaleb(-2)
    return -number if negative else number


def detect_decimal_style(samples: Iterable[object]) -> DecimalStyle | None:
    """The style that every telling sample agrees on; None without evidence or with evidence for both.

    `1.234` and `1,234` tell nothing; `1,5`, `0.123` and `1.234,56` do.
    """
    votes = Counter(vote for sample in samples if isinstance(sample, str) and (vote := _evidence(sample)))
    return next(iter(votes)) if len(votes) == 1 else None


def _evidence(sample: str) -> DecimalStyle | None:
    text = sample.strip()
    if not text or len(text) > _MAX_CHARACTERS or not any(character.isdigit() for character in text):
        return None
    readings = {style for style in DecimalStyle if _reads(text, style)}
    signs = {sign for sign in ".," if sign in text}
    return readings.pop() if len(readings) == 1 and signs else None


def _reads(text: str, style: DecimalStyle) -> bool:
    try:
        parse_number(text, style=style, currency=_currency_in(text))
    except NumberError:
        return False
    return True


def _currency_in(text: str) -> str | None:
    return next((code for code, signs in _CURRENCY_SIGNS.items() if any(sign in text for sign in signs)), None)


def _without_currency(text: str, currency: str | None) -> str:
    # Accounting formats put the minus before the sign: "-€ 5".
    for sign in _CURRENCY_SIGNS.get(currency or "", ()):
        if text.endswith(sign):
            return text.removesuffix(sign).strip()
        start = re.match(rf"([+\-\u2212(]?)\s*{re.escape(sign)}\s*", text)
        if start:
            return start[1] + text[start.end() :]
    return text


def _without_sign(text: str) -> tuple[str, bool]:
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    if text[:1] in {"-", "\u2212"}:
        return text[1:].strip(), True
    if text[:1] == "+":
        return text[1:].strip(), False
    if text.endswith("-"):
        return text[:-1].strip(), True
    return text, False


def _plain(body: str, style: DecimalStyle | None, original: str) -> Decimal:
    readings = {reading for candidate in (style,) if candidate for reading in _readings(body, candidate)}
    if style is None:
        readings = {reading for candidate in DecimalStyle for reading in _readings(body, candidate)}
    if not readings:
        raise _not_a_number(original)
    if len(readings) > 1:
        raise AmbiguousNumberError(
            _("“%(text)s” can be read in two ways. Write it without a sign between the thousands."),
            text=original.strip(),
        )
    return readings.pop()


def _readings(body: str, style: DecimalStyle) -> list[Decimal]:
    """The one reading of the digits in this style, or none."""
    whole, sign, fraction = body.partition(style.value)
    if sign and not (fraction.isascii() and fraction.isdigit() and len(fraction) <= MAX_FRACTION_DIGITS):
        return []
    if not whole and sign:
        whole = "0"
    group = _GROUPED.fullmatch(whole)
    if group and not (whole.startswith("0") or group["sign"] == style.value):
        whole = whole.replace(group["sign"], "")
    if not (whole.isascii() and whole.isdigit()):
        return []
    return [Decimal(f"{whole}.{fraction}" if fraction else whole)]


def _within_size(number: Decimal, original: object) -> Decimal:
    if not number.is_finite():
        raise _not_a_number(original)
    exponent = number.as_tuple().exponent
    if number.adjusted() >= MAX_INTEGER_DIGITS or (isinstance(exponent, int) and exponent < -MAX_FRACTION_DIGITS):
        raise NumberError(_("“%(text)s” is too long a number."), text=str(original).strip()[:_MAX_CHARACTERS])
    return number


def _not_a_number(original: object) -> NumberError:
    return NumberError(
        _("“%(text)s” is not a number. Write digits only, for example 1234."),
        text=str(original).strip()[:_MAX_CHARACTERS],
    )
