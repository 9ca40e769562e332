import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.tabular.numbers import AmbiguousNumberError, NumberError
from funding.rules.money import MOST_CENTS, AmountError, cents_of, money, typed


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1.250,00", 125_000),
        ("1,250.00", 125_000),
        ("1250", 125_000),
        ("€ 1 250", 125_000),
        ("0,05", 5),
        ("12.5", 1_250),
        ("1.250.000", 125_000_000),
    ],
)
def test_amount_is_read_as_people_write_it(text, cents):
    assert cents_of(text, currency="EUR") == cents


def test_amount_that_could_be_two_is_refused():
    with pytest.raises(AmbiguousNumberError):
        cents_of("1.250", currency="EUR")


@pytest.mark.parametrize("text", ["0", "-5", "1,005", "12%", "99999999999999", "0.001"])
def test_amount_that_is_none_is_refused(text):
    with pytest.raises((AmountError, NumberError)):
        cents_of(text, currency="EUR")


@pytest.mark.parametrize("text", ["", "abc", "1e9", "NaN", "$5", "1\x002", "٣", "1" * 100])
def test_hostile_amount_is_refused(text):
    with pytest.raises(NumberError):
        cents_of(text, currency="EUR")


@given(st.integers(1, MOST_CENTS), st.sampled_from(["en", "it"]))
def test_typed_amount_comes_back_as_it_was(cents, language):
    with translation.override(language):
        assert cents_of(typed(cents), currency="EUR") == cents


def test_money_is_written_in_the_language_of_the_page():
    assert money(125_000, "EUR") == "€1,250"
    assert money(125_050, "CHF") == "CHF\u00a01,250.50"
    with translation.override("it"):
        assert money(125_050, "EUR") == "1.250,50\u00a0€"
