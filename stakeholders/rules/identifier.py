"""Numbers of registers: which lists there are, and what a number of each looks like (org-id.guide)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import lei
from stdnum.exceptions import ValidationError as NotANumberError

from stakeholders.rules.tax_code import TaxCodeError, checked_tax_code

# The lists offered by name; any other list of org-id.guide is written with its code.
SCHEMES = {
    "RUNTS": _("RUNTS (Italian register of the third sector)"),
    "IT-CF": _("Tax code of an Italian body (IT-CF)"),
    "IT-CUUO": _("Office code for electronic invoices (IT-CUUO)"),
    "IT-RI": _("Italian business register (IT-RI)"),
    "GB-CHC": _("Charity Commission, England and Wales (GB-CHC)"),
    "GB-SC": _("Scottish Charity Register (GB-SC)"),
    "GB-NIC": _("Charity Commission, Northern Ireland (GB-NIC)"),
    "GB-COH": _("Companies House (GB-COH)"),
    "GB-EDU": _("Register of schools (GB-EDU)"),
    "XI-LEI": _("Legal Entity Identifier (XI-LEI)"),
}
_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{2,12}(?:-[A-Z0-9]{1,12})?")
_CLUTTER = re.compile(r"[\s./]+")
_SHAPES = {
    "RUNTS": re.compile(r"[0-9]{1,7}"),
    "IT-CUUO": re.compile(r"[A-Z0-9]{6}"),
    "IT-RI": re.compile(r"[0-9]{11}|[A-Z0-9]{16}|[A-Z]{2}-?[0-9]{4,7}"),
    "GB-CHC": re.compile(r"[0-9]{6,7}(?:-[0-9]{1,4})?"),
    "GB-SC": re.compile(r"SC[0-9]{6}"),
    "GB-NIC": re.compile(r"(?:NIC)?[0-9]{6}"),
    "GB-COH": re.compile(r"[A-Z0-9]{2}[0-9]{6}"),
    "GB-EDU": re.compile(r"[0-9]{6}"),
}
LONGEST = 80


def checked_scheme(text: str) -> str:
    """The code of a list as it is stored. Raises ValidationError for what cannot be one."""
    code = text.strip().upper()
    if code not in SCHEMES and not _CODE.fullmatch(code):
        raise ValidationError({"scheme": _("Write the code of a list as org-id.guide has it, for example GB-CHC.")})
    return code


def checked_identifier(scheme: str, text: str) -> str:
    """A number as it is stored: capitals, no spaces; check digits are verified where the list has them.

    Raises ValidationError for a number that cannot be of this list.
    """
    value = _CLUTTER.sub("", text).upper()
    if not value or len(value) > LONGEST:
        raise ValidationError({"value": _("Write the number.")})
    if scheme == "IT-CF":
        return _tax_code(value)
    if scheme == "XI-LEI":
        return _lei(value)
    if scheme in _SHAPES and not _SHAPES[scheme].fullmatch(value):
        raise ValidationError({"value": _("A number of this list looks different. Check it for a mistyped sign.")})
    return value


def _tax_code(value: str) -> str:
    try:
        return checked_tax_code(value).value
    except TaxCodeError as error:
        raise ValidationError({"value": error.message}) from error


def _lei(value: str) -> str:
    try:
        return lei.validate(value)
    except NotANumberError as error:
        raise ValidationError({"value": _("The check digits of this number do not fit. Check it again.")}) from error


def scheme_label(scheme: str) -> str:
    """What a list is called on a page."""
    return str(SCHEMES.get(scheme, scheme))
