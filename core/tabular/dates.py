"""Dates as people write them in English and Italian, read without guessing."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.tabular.errors import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrPromise

_MAX_CHARACTERS = 60
_FIRST_YEAR, _LAST_YEAR = 1000, 2999
_MONTHS_IN_YEAR = 12
_YEAR_DIGITS = 4
# A time of day may follow; only its shape is checked.
_TIME = (
    r"(?:(?:T|,?\s+)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?"
    r"\s*(?:Z|[A-Z]{3,4}(?:[+\-]\d{1,2})?|[+\-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(rf"(\d{{4}})([\-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([\-/. ])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}")
_DAY_MONTH_NAME = re.compile(
    rf"(?:[^\W\d]+,?\s+)?(\d{{1,2}})(?:st|nd|rd|th|º|°)?(?:\s+of\s+|[\s\-./]+)([^\W\d]+)\.?[\s\-./,]+(\d{{4}}){_TIME}"
)
_MONTH_NAME_DAY = re.compile(rf"(?:[^\W\d]+,\s+)?([^\W\d]+)\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan", "gennaio", "gen", "genn"),
            ("february", "feb", "febbraio", "febb"),
            ("march", "mar", "marzo"),
            ("april", "apr", "aprile"),
            ("may", "maggio", "mag", "magg"),
            ("june", "jun", "giugno", "giu"),
            ("july", "jul", "luglio", "lug"),
            ("august", "aug", "agosto", "ago"),
            ("september", "sep", "sept", "settembre", "set", "sett"),
            ("october", "oct", "ottobre", "ott"),
            ("november", "nov", "novembre"),
            ("december", "dec", "dicembre", "dic"),
        ),
        start=1,
    )
    for name in names
}


class DateOrder(StrEnum):
    """What the first of two numbers is, when the year stands last."""

    DAY_FIRST = "day"
    MONTH_FIRST = "month"


class DateError(ValueError):
    """The text is not one date; `str()` is a sentence for people."""

    def __init__(self, template: str | StrPromise, **params: object) -> None:
        self.message = Message(template, params)
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


def parse_date(value: str | date, *, order: DateOrder = DateOrder.DAY_FIRST) -> date:
    """The day; a time of day is accepted and left out, in the zone it was written in.

    Reads ISO 8601, `31/12/2026` and friends (month first only when told so), and months by name in English or
    Italian. Raises DateError for days that do not exist, years of two digits and years before 1000 or after 2999.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = " ".join(value[: _MAX_CHARACTERS + 1].split())
    parts = _parts(text, order) if len(text) <= _MAX_CHARACTERS else None
    if parts is None:
        raise DateError(
            _("“%(text)s” is not a date. Write it as day/month/year, for example 31/12/2026."),
            text=text[:_MAX_CHARACTERS],
        )
    return _existing(*parts, text=text)


def detect_date_order(samples: Iterable[object]) -> DateOrder:
    """Month first only when some sample cannot be read with the day first and none speaks against it."""
    month_first = False
    for sample in samples:
        match = _YEAR_LAST.fullmatch(" ".join(sample.split())) if isinstance(sample, str) else None
        if match is None:
            continue
        first, second = int(match[1]), int(match[3])
        if first > _MONTHS_IN_YEAR:
            return DateOrder.DAY_FIRST
        month_first = month_first or second > _MONTHS_IN_YEAR
    return DateOrder.MONTH_FIRST if month_first else DateOrder.DAY_FIRST


def _parts(text: str, order: DateOrder) -> tuple[str, int, str] | None:
    """Year, month and day as written."""
    if match := _YEAR_FIRST.fullmatch(text):
        return match[1], int(match[3]), match[4]
    if match := _COMPACT.fullmatch(text):
        return match[1], int(match[2]), match[3]
    if match := _YEAR_LAST.fullmatch(text):
        day, month = (match[1], match[3]) if order is DateOrder.DAY_FIRST else (match[3], match[1])
        return match[4], int(month), day
    if (match := _DAY_MONTH_NAME.fullmatch(text)) and (number := _MONTHS.get(match[2].casefold())):
        return match[3], number, match[1]
    if (match := _MONTH_NAME_DAY.fullmatch(text)) and (number := _MONTHS.get(match[1].casefold())):
        return match[3], number, match[2]
    return None


def _existing(year: str, month: int, day: str, *, text: str) -> date:
    if len(year) < _YEAR_DIGITS:
        raise DateError(_("“%(text)s” has a year of two digits. Write all four, for example 2026."), text=text)
    try:
        found = date(int(year), month, int(day))
    except ValueError as error:
        raise DateError(
            _("“%(text)s” is not a day in the calendar. Write it as day/month/year, for example 31/12/2026."), text=text
        ) from error
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise DateError(_("“%(text)s” is too far in the past or in the future."), text=text)
    return found
