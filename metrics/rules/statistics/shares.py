"""When a share may be written as a percentage, and with how many decimals (domain 14.2)."""

from decimal import Decimal
from enum import StrEnum

FEWEST_FOR_PERCENT = 20
FEWEST_FOR_PERCENT_IN_TABLE = 10
FEWEST_FOR_DECIMALS = 200


class ShareForm(StrEnum):
    """``22 %``, ``3 of 7``, or the two together."""

    PERCENT = "percent"
    PARTS = "parts"
    PARTS_AND_PERCENT = "parts_and_percent"


def share_form(cases: Decimal | int, *, in_table: bool = False) -> ShareForm:
    """How a share of so many cases is written: below 20 as "x of n", in a table from 10 on with the percentage."""
    if cases >= FEWEST_FOR_PERCENT:
        return ShareForm.PARTS_AND_PERCENT if in_table else ShareForm.PERCENT
    if in_table and cases >= FEWEST_FOR_PERCENT_IN_TABLE:
        return ShareForm.PARTS_AND_PERCENT
    return ShareForm.PARTS


def decimals_for(cases: Decimal | int) -> int:
    """How many decimals a percentage of so many cases may have: none below 200."""
    return 1 if cases >= FEWEST_FOR_DECIMALS else 0
