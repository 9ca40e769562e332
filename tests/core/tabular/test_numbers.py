import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.tabular.numbers import AmbiguousNumberError, DecimalStyle, NumberError, detect_decimal_style, parse_number

POINT, COMMA = DecimalStyle.POINT, DecimalStyle.COMMA


@pytest.mark.parametrize(
    ("text", "style", "expected"),
    [
        ("1.234,56", COMMA, "1234.56"),
        ("1,234.56", POINT, "1234.56"),
        ("1 234,56", COMMA, "1234.56"),
        ("1\u00a0234,56", COMMA, "1234.56"),
        ("1\u202f234.56", POINT, "1234.56"),
        ("1'234.56", POINT, "1234.56"),
        ("1\u2019234\u2019567,5", COMMA, "1234567.5"),
        ("1.234", COMMA, "1234"),
        ("1.234", POINT, "1.234"),
        ("1,234", POINT, "1234"),
        ("1,234", COMMA, "1.234"),
        ("80051890152", None, "80051890152"),
        ("007", POINT, "7"),
        ("-5", POINT, "-5"),
        ("\u22125,5", COMMA, "-5.5"),
        ("5,50-", COMMA, "-5.50"),
        ("(1.234,00)", COMMA, "-1234.00"),
        ("+3", POINT, "3"),
        (" 12 ", POINT, "12"),
        ("25%", POINT, "0.25"),
        ("12,5 %", COMMA, "0.125"),
        (",5", COMMA, "0.5"),
        (".5", None, "0.5"),
        ("1,5", None, "1.5"),
        ("1.5", None, "1.5"),
        ("0.123", None, "0.123"),
        ("1.234,56", None, "1234.56"),
        ("1.234.567", None, "1234567"),
        ("0.30000000000000004", POINT, "0.30000000000000004"),
    ],
)
def test_number_is_read(text: str, style: DecimalStyle | None, expected: str) -> None:
    assert parse_number(text, style=style) == Decimal(expected)


@pytest.mark.parametrize("text", ["1.234", "1,234", "12.345", "-1,234", "1.234%"])
def test_number_with_two_readings_is_refused_when_the_style_is_unknown(text: str) -> None:
    with pytest.raises(AmbiguousNumberError):
        parse_number(text, style=None)


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("", POINT),
        ("  ", POINT),
        ("abc", POINT),
        ("NaN", POINT),
        ("Infinity", POINT),
        ("1e5", POINT),
        ("1e999999", POINT),
        ("8,00519E+10", COMMA),
        ("1,5", POINT),
        ("1.5", COMMA),
        ("1.234,56", POINT),
        ("1,234.56", COMMA),
        ("12.34.56", COMMA),
        ("1.234 567", COMMA),
        ("1,2,3", POINT),
        ("1..2", POINT),
        ("5.", POINT),
        ("--5", POINT),
        ("5%%", POINT),
        ("0x10", POINT),
        ("1_000", POINT),
        ("٣", POINT),
        ("1" * 19, POINT),
        ("0." + "1" * 21, POINT),
        ("9" * 5000, POINT),
        ("€ 5", POINT),
        ("12/05/2026", POINT),
        ("10 20", POINT),
        ("0.123.456", COMMA),
    ],
)
def test_text_that_is_no_number_is_refused(text: str, style: DecimalStyle) -> None:
    with pytest.raises(NumberError):
        parse_number(text, style=style)


@pytest.mark.parametrize("text", ["€ 1.234,50", "1.234,50 €", "EUR 1.234,50", "1.234,50€", "1.234,50 euro"])
def test_sign_of_the_expected_currency_is_allowed(text: str) -> None:
    assert parse_number(text, style=COMMA, currency="EUR") == Decimal("1234.50")


def test_negative_amount_with_a_sign_is_read() -> None:
    assert parse_number("-€ 5,00", style=COMMA, currency="EUR") == Decimal(-5)


def test_sign_of_another_currency_is_refused() -> None:
    with pytest.raises(NumberError):
        parse_number("$ 5", style=POINT, currency="EUR")


def test_number_cells_pass_through() -> None:
    assert parse_number(Decimal("1.5"), style=COMMA) == Decimal("1.5")
    with pytest.raises(NumberError):
        parse_number(Decimal("NaN"), style=None)
    with pytest.raises(NumberError):
        parse_number(True, style=None)
    with pytest.raises(NumberError):
        parse_number(10**18, style=None)


def test_shortened_number_says_what_to_do() -> None:
    with pytest.raises(NumberError, match="shortened"):
        parse_number("8,00519E+10", style=COMMA)


@pytest.mark.parametrize(
    ("samples", "expected"),
    [
        (["1,5", "1.234"], COMMA),
        (["1.5"], POINT),
        (["0.123"], POINT),
        (["1.234,56"], COMMA),
        (["€ 1.234,56"], COMMA),
        (["1.234", "1,234", "12", "abc", "", "12/05/2026"], None),
        (["1,5", "1.5"], None),
        (["Rossi, Anna", "via Roma 3", "01.03.2026"], None),
        ([], None),
    ],
)
def test_decimal_style_is_found_from_telling_samples_only(samples: list[str], expected: DecimalStyle | None) -> None:
    assert detect_decimal_style(samples) == expected


@given(
    number=st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False),
    style=st.sampled_from(DecimalStyle),
    sign=st.sampled_from(["", "group", " ", "'"]),
)
def test_number_written_in_a_style_is_read_back(number: Decimal, style: DecimalStyle, sign: str) -> None:
    group = style.group_sign if sign == "group" else sign
    text = f"{number:,.2f}".replace(",", "#").replace(".", style.value).replace("#", group)
    assert parse_number(text, style=style) == number


@given(st.text(max_size=80))
def test_any_text_gives_a_number_or_a_named_error(text: str) -> None:
    for style in (*DecimalStyle, None):
        with contextlib.suppress(NumberError):
            assert parse_number(text, style=style).is_finite()
