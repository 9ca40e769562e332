import pytest

from stakeholders.rules.tax_code import TaxCodeError, checked_tax_code, checked_vat_number
from tests.factories.stakeholders import PERSON_CODE, TAX_CODES


@pytest.mark.parametrize("code", [*TAX_CODES, PERSON_CODE])
def test_code_with_the_right_check_digit_is_taken_as_it_is(code):
    assert checked_tax_code(code).value == code
    assert not checked_tax_code(code).is_mended


@pytest.mark.parametrize(
    "written",
    [
        "'90000110800'",
        "'90000110800",
        " 90000110800 ",
        "IT90000110800",
        "it 90000110800",
        "900 001 108 00",
        "90000110800.0",
        "90000110800,00",
        "\u201990000110800",
    ],
)
def test_clutter_around_a_code_is_taken_off(written):
    assert checked_tax_code(written).value == "90000110800"


def test_person_code_is_written_in_capitals():
    assert checked_tax_code("vrd nna 80a41 f205k").value == PERSON_CODE


@pytest.mark.parametrize("number", ["2000330205", "2000330205.0"])
def test_lost_zero_is_put_back_and_said(number):
    found = checked_tax_code(number)
    assert (found.value, found.is_mended) == ("02000330205", True)


def test_two_lost_zeros_are_put_back():
    assert checked_tax_code("400110102").value == "00400110102"


@pytest.mark.parametrize("code", ["90000110801", "VRDNNA80A41F205A", "2000330206"])
def test_wrong_check_digit_is_refused(code):
    with pytest.raises(TaxCodeError, match="check digit"):
        checked_tax_code(code)


@pytest.mark.parametrize("code", ["9,1021E+10", "9.1021170807E10", "8E+10"])
def test_number_shortened_by_a_spreadsheet_is_named_as_such(code):
    with pytest.raises(TaxCodeError, match="spreadsheet shortened"):
        checked_tax_code(code)


@pytest.mark.parametrize("code", ["1234567", "123456789012", "ABCDEF", "none", "n/a"])
def test_other_lengths_are_refused(code):
    with pytest.raises(TaxCodeError, match="11 digits"):
        checked_tax_code(code)


def test_nothing_stays_nothing():
    assert checked_tax_code(" ' ").value == ""


@pytest.mark.parametrize("code", ["GB123456789", "GB-CHC-1234567", "ATU12345678"])
def test_foreign_number_with_its_country_is_kept(code):
    assert checked_tax_code(code).value == code.replace("-", "")


def test_person_code_is_no_vat_number():
    with pytest.raises(TaxCodeError, match="VAT number has 11 digits"):
        checked_vat_number(PERSON_CODE)
