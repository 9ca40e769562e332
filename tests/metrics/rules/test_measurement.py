import contextlib
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from core.tenancy.keys import new_id
from metrics.rules.figure import Figures
from metrics.rules.measurement import MISSING, Reported, can_verify, parse_figure, plausibility_notes, reported_value

D = Decimal


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [("1.234,5", "it", "1234.5"), ("1,234.5", "en", "1234.5"), ("60 %", "it", "60"), (" 12 ", "en", "12")],
)
def test_figure_is_read_in_the_style_of_the_language(text, language, value):
    assert parse_figure(text, language) == D(value)


@pytest.mark.parametrize("text", ["", "many", "1e9", "NaN", "Infinity", "1.2.3", "12 of 40"])
def test_figure_that_is_no_number_is_refused_with_a_sentence(text):
    with pytest.raises(ValidationError):
        parse_figure(text, "en")


@given(st.text(max_size=30), st.sampled_from(["en", "it"]))
def test_any_text_is_a_number_or_a_refusal(text, language):
    with contextlib.suppress(ValidationError):
        assert parse_figure(text, language).is_finite()


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_percentage_lies_between_zero_and_a_hundred(part, whole):
    part = min(part, whole)
    reported = reported_value(unit="percent", numerator=D(part), denominator=D(whole))
    assert 0 <= reported.value <= 100
    assert (reported.numerator, reported.denominator) == (part, whole)


@pytest.mark.parametrize(
    ("numerator", "denominator", "field"),
    [
        (None, 7, "numerator"),
        (3, None, "denominator"),
        (3, 0, "denominator"),
        (8, 7, "numerator"),
        (-1, 7, "numerator"),
        (3, -7, "denominator"),
    ],
)
def test_percentage_with_impossible_parts_is_refused_at_its_field(numerator, denominator, field):
    with pytest.raises(ValidationError) as refusal:
        reported_value(
            unit="percent",
            numerator=None if numerator is None else D(numerator),
            denominator=None if denominator is None else D(denominator),
        )
    assert list(refusal.value.message_dict) == [field]


@pytest.mark.parametrize("unit", ["count", "unique_people", "money", "hours"])
def test_less_than_nothing_is_refused(unit):
    with pytest.raises(ValidationError, match="less than zero"):
        reported_value(unit=unit, value=D(-1))


def test_mean_may_be_below_zero():
    assert reported_value(unit="mean", value=D("-1.5")).value == D("-1.5")


@pytest.mark.parametrize("unit", ["count", "percent", "median"])
def test_nothing_reported_is_missing_and_not_zero(unit):
    assert reported_value(unit=unit) == MISSING
    assert MISSING.value is None


def test_value_beyond_three_times_the_last_asks_for_a_second_look():
    (note,) = plausibility_notes(Reported(D(100)), Reported(D(30)), Figures("count"))
    assert "three times" in note.text_en
    assert "tre volte" in note.text_it


def test_value_of_three_times_the_last_is_plausible():
    assert plausibility_notes(Reported(D(90)), Reported(D(30)), Figures("count")) == []


def test_cases_that_change_by_more_than_a_fifth_ask_for_a_second_look():
    before, now = Reported(D(50), D(50), D(100)), Reported(D(50), D(40), D(79))
    (note,) = plausibility_notes(now, before, Figures("percent"))
    assert "Out of 79 now, out of 100 before." in note.text_en


@pytest.mark.parametrize("last", [None, MISSING])
def test_value_after_none_has_nothing_to_compare(last):
    assert plausibility_notes(Reported(D(100)), last, Figures("count")) == []


def test_anybody_may_verify_what_a_computer_entered():
    assert can_verify(state="submitted", entered_by_id=None, link_user_id=None, verifier_id=new_id())


def test_corrected_value_cannot_be_verified():
    assert not can_verify(state="corrected", entered_by_id=None, link_user_id=None, verifier_id=new_id())
