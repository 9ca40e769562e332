"""Tax codes and VAT numbers: Italian ones are checked by their check digits, foreign ones by their shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.it import codicefiscale, iva

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# What spreadsheets, forms and letterheads put around and between the signs of a code.
_CLUTTER = re.compile("[\\s.\\-/'\u2018\u2019`]+")
_FOREIGN = re.compile(r"(?!IT)[A-Z]{2}(?=.*[0-9])[0-9A-Z]{4,13}")
_SHORTENED = re.compile(r"[0-9]+(?:[.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_WHOLE_WITH_DECIMALS = re.compile(r"([0-9]{8,11})[.,]0{1,2}")
_BODY_DIGITS = 11
_PERSON_LENGTH = 16
# A spreadsheet that takes a code for a number drops the zeros in front of it.
_MOST_LOST_ZEROS = 3


class TaxCodeError(ValueError):
    """The code cannot be right; ``message`` says why to the person who brought it."""

    def __init__(self, message: str | StrPromise) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True, slots=True)
class CheckedCode:
    """A code as it is stored; ``is_mended`` when zeros lost in a spreadsheet were put back."""

    value: str
    is_mended: bool = False


def checked_tax_code(text: str) -> CheckedCode:
    """A codice fiscale of a person (16 signs) or a body (11 digits), or a foreign number with its country in front.

    Empty stays empty. Raises TaxCodeError. Check digits: DM 23-12-1976 for persons, Luhn for bodies (python-stdnum).
    """
    return _checked(text, persons=True)


def checked_vat_number(text: str) -> CheckedCode:
    """A partita IVA of 11 digits, or a foreign number with its country in front. Raises TaxCodeError."""
    return _checked(text, persons=False)


def _checked(text: str, *, persons: bool) -> CheckedCode:
    text = text.strip()
    if _SHORTENED.fullmatch(text):
        raise TaxCodeError(
            _("A spreadsheet shortened this number. Give the column the format “text” and fill it in again.")
        )
    if whole := _WHOLE_WITH_DECIMALS.fullmatch(text):
        text = whole[1]
    code = _CLUTTER.sub("", text).upper()
    if code.startswith("IT") and code[2:].isdigit():
        code = code[2:]
    if not code:
        return CheckedCode("")
    if code.isascii() and code.isdigit():
        return _checked_body(code)
    if _FOREIGN.fullmatch(code):
        return CheckedCode(code)
    if not persons or len(code) != _PERSON_LENGTH:
        raise TaxCodeError(_wrong_length(persons=persons))
    return CheckedCode(_stdnum_checked(codicefiscale.validate, code))


def _checked_body(digits: str) -> CheckedCode:
    lost = _BODY_DIGITS - len(digits)
    if not 0 <= lost <= _MOST_LOST_ZEROS:
        raise TaxCodeError(_wrong_length(persons=True))
    return CheckedCode(_stdnum_checked(iva.validate, digits.zfill(_BODY_DIGITS)), is_mended=lost > 0)


def _stdnum_checked(validate: object, code: str) -> str:
    try:
        return str(validate(code))  # type: ignore[operator]  # stdnum's functions have no types
    except InvalidChecksum as error:
        raise TaxCodeError(_("The check digit does not fit: one sign of this code is wrong.")) from error
    except ValidationError as error:
        raise TaxCodeError(_("No such code is given out in Italy. Compare it with a document.")) from error


def _wrong_length(*, persons: bool) -> StrPromise:
    if persons:
        return _("A tax code has 11 digits (bodies) or 16 letters and digits (people).")
    return _("A VAT number has 11 digits, or its country in front.")
