from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.rules.figure import Figures, money_words, number_words, percent_words
from metrics.rules.measurement import parse_figure
from metrics.rules.statistics.shares import decimals_for

D = Decimal

SPACE = "\u00a0"


def plain(text):
    return text.replace(SPACE, " ")


@pytest.mark.parametrize(
    ("value", "english", "italian"),
    [
        ("1234.5", "1,234.5", "1.234,5"),
        ("0.0000", "0", "0"),
        ("60.0000", "60", "60"),
        ("-3", "\u22123", "\u22123"),
        ("1000000", "1,000,000", "1.000.000"),
    ],
)
def test_number_is_written_in_the_style_of_the_language(value, english, italian):
    assert number_words(D(value), "en") == english
    assert number_words(D(value), "it") == italian


def test_percentage_has_no_decimals_below_two_hundred_cases():
    assert plain(percent_words(D("22.2222"), "en", decimals=decimals_for(D(180)))) == "22 %"
    assert plain(percent_words(D("22.2222"), "it", decimals=decimals_for(D(200)))) == "22,2 %"


def test_percentage_of_few_cases_is_written_as_x_of_n():
    figures = Figures("percent")
    assert figures.words(D("42.8571"), "en", numerator=D(3), denominator=D(7)) == "3 of 7"
    assert figures.words(D("42.8571"), "it", numerator=D(3), denominator=D(7)) == "3 su 7"


def test_percentage_of_ten_to_nineteen_cases_stands_in_tables_only():
    figures, parts = Figures("percent"), {"numerator": D(12), "denominator": D(15)}
    assert figures.words(D(80), "en", **parts) == "12 of 15"
    assert plain(figures.words(D(80), "en", **parts, in_table=True)) == "12 of 15 (80 %)"


def test_percentage_of_less_than_ten_cases_has_no_percent_even_in_a_table():
    assert Figures("percent").words(D(50), "en", numerator=D(4), denominator=D(8), in_table=True) == "4 of 8"


def test_missing_value_is_said_and_is_not_zero():
    assert Figures("count").words(None, "en") == "not reported"
    assert Figures("count").words(None, "it") == "non rilevato"
    assert Figures("count").words(D(0), "en") == "0"


def test_what_is_counted_follows_the_number_in_its_language():
    figures = Figures("count", "families", "famiglie")
    assert plain(figures.words(D(1200), "en")) == "1,200 families"
    assert plain(figures.words(D(1200), "it")) == "1.200 famiglie"


def test_label_in_one_language_serves_both():
    assert plain(Figures("count", label_it="coppie").words(D(4), "en")) == "4 coppie"


def test_money_stands_in_whole_units():
    assert money_words(D("1234.56"), "en", "EUR") == "€1,235"
    assert plain(money_words(D("1234.56"), "it", "EUR")) == "1.235 €"


def test_one_hour_is_singular():
    assert plain(Figures("hours").words(D(1), "it")) == "1 ora"
    assert plain(Figures("hours").words(D(2), "en")) == "2 hours"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False), st.sampled_from(["en", "it"]))
def test_number_written_in_a_language_is_read_back_the_same(value, language):
    assert parse_figure(number_words(value, language), language) == value


@given(st.integers(0, 500), st.integers(1, 500), st.sampled_from(["en", "it"]))
def test_percentage_is_never_shown_below_twenty_cases(part, whole, language):
    part = min(part, whole)
    text = Figures("percent").words(D(100 * part) / whole, language, numerator=D(part), denominator=D(whole))
    assert ("%" in text) == (whole >= 20)
