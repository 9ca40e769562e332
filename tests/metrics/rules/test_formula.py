from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from metrics.rules.formula import parse_formula

VALUES = {"I-1": Decimal(40), "I-2": Decimal(180), "ZERO": Decimal(0), "GAP": None}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[I-1] / [I-2] * 100", "22.2222"),
        ("[I-2]-[I-1]", "140"),
        ("2 * ([I-1] + 1.5)", "83"),
        ("[I-2] - [I-1] - 10", "130"),
        ("[I-1] + [I-1] * 2", "120"),
    ],
)
def test_formula_is_computed_in_the_usual_order(text, value):
    assert parse_formula(text).compute(VALUES).value == Decimal(value)


def test_missing_input_gives_no_result_and_names_it():
    computed = parse_formula("[I-1] + [GAP]").compute(VALUES)
    assert computed.value is None
    assert computed.missing.text_en == "GAP has no value for this period."
    assert parse_formula("[GAP] * 0").compute(VALUES).value is None


def test_division_by_zero_gives_no_result_and_says_so():
    computed = parse_formula("[I-1] / [ZERO]").compute(VALUES)
    assert (computed.value, computed.missing.text_it) == (None, "Divisione per zero.")


@pytest.mark.parametrize(
    "text",
    ["", "1 + 1", "[I-1] +", "[I-1] [I-2]", "I-1 / I-2", "__import__('os')", "[I-1] ** 2", "([I-1]", "[I-1])", "[I 1]",
     "(" * 30 + "[I-1]" + ")" * 30],
)  # fmt: skip
def test_anything_else_is_no_formula(text):
    with pytest.raises(ValidationError):
        parse_formula(text)


def test_codes_are_known():
    assert parse_formula("[I-1] / ([I-2] + [I-1])").codes == {"I-1", "I-2"}
