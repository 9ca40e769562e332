from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.rules.dates import at_date_it, by_date_it, date_words
from metrics.rules.period import (
    Period,
    last_complete_period,
    period_named,
    period_of,
    period_to_report,
    period_words,
    periods_between,
    planned_measurements,
)

FREQUENCIES = st.sampled_from(["monthly", "quarterly", "half_yearly", "yearly"])
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(DAYS, FREQUENCIES)
def test_every_day_lies_in_its_period_and_the_next_one_follows_without_a_gap(day, frequency):
    period = period_of(day, frequency)
    assert period.starts_on <= day <= period.ends_on
    assert period_of(period.ends_on + timedelta(days=1), frequency).starts_on == period.ends_on + timedelta(days=1)


@given(DAYS, FREQUENCIES)
def test_last_complete_period_is_over(day, frequency):
    assert last_complete_period(day, frequency).ends_on < day


@given(DAYS, FREQUENCIES, st.none() | DAYS)
def test_period_to_report_never_begins_in_the_future(today, frequency, last):
    assert period_to_report(frequency, last_reported=last, today=today).starts_on <= today


def test_period_after_the_last_reported_is_guessed():
    found = period_to_report("quarterly", last_reported=date(2025, 12, 31), today=date(2026, 4, 10))
    assert found == Period(date(2026, 1, 1), date(2026, 3, 31))


def test_period_long_ago_is_not_guessed_but_the_last_complete_one():
    found = period_to_report("quarterly", last_reported=date(2020, 12, 31), today=date(2026, 4, 10))
    assert found.ends_on == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("starts", "ends", "english", "italian"),
    [
        (date(2026, 3, 1), date(2026, 3, 31), "March 2026", "marzo 2026"),
        (date(2026, 1, 1), date(2026, 3, 31), "January \u2013 March 2026", "gennaio \u2013 marzo 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026", "2026"),
        (date(2025, 9, 1), date(2026, 6, 30), "September 2025 \u2013 June 2026", "settembre 2025 \u2013 giugno 2026"),
        (
            date(2026, 1, 1),
            date(2026, 1, 15),
            "1 January 2026 \u2013 15 January 2026",
            "1° gennaio 2026 \u2013 15 gennaio 2026",
        ),
    ],
)
def test_period_is_named_in_both_languages(starts, ends, english, italian):
    assert period_words(Period(starts, ends), "en") == english
    assert period_words(Period(starts, ends), "it") == italian


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (1, "entro il 1° giugno 2027"),
        (8, "entro l'8 giugno 2027"),
        (11, "entro l'11 giugno 2027"),
        (30, "entro il 30 giugno 2027"),
    ],
)
def test_italian_date_takes_the_article_its_number_is_spoken_with(day, words):
    assert by_date_it(date(2027, 6, day)) == words


def test_italian_date_with_at():
    assert at_date_it(date(2027, 6, 8)) == "all'8 giugno 2027"
    assert at_date_it(date(2027, 6, 9)) == "al 9 giugno 2027"
    assert date_words(date(2027, 6, 9), "en") == "9 June 2027"


def test_value_is_late_thirty_days_after_its_period():
    period = Period(date(2026, 1, 1), date(2026, 3, 31))
    assert not period.is_late(date(2026, 4, 30))
    assert period.is_late(date(2026, 5, 1))


def test_planned_measurements_are_the_periods_that_end_in_time():
    assert planned_measurements(date(2026, 1, 15), date(2026, 12, 31), "quarterly") == 4
    assert planned_measurements(date(2026, 1, 15), date(2026, 12, 30), "yearly") == 0


def test_mistyped_year_asks_for_no_thousand_periods():
    assert len(periods_between(date(1026, 1, 1), date(2026, 1, 1), "monthly")) == 240


@given(DAYS, FREQUENCIES, st.sampled_from(["en", "it"]))
def test_period_is_read_back_from_its_own_name(day, frequency, language):
    period = period_of(day, frequency)
    assert period_named(period_words(period, language), frequency) == period


@pytest.mark.parametrize(
    ("text", "frequency", "starts_on"),
    [
        ("2026-06", "monthly", date(2026, 6, 1)),
        ("Giu 2026", "monthly", date(2026, 6, 1)),
        ("lug-set 2026", "quarterly", date(2026, 7, 1)),
        ("2026", "yearly", date(2026, 1, 1)),
        ("2026", "monthly", None),
        ("2026-13", "monthly", None),
        ("Jan-Mar 2026", "monthly", None),
        ("June 2026 or 2027", "monthly", None),
        ("soon 2026", "monthly", None),
        ("31/12/2026", "monthly", None),
        ("", "monthly", None),
    ],
)
def test_period_is_read_from_a_name_people_write_and_from_nothing_else(text, frequency, starts_on):
    found = period_named(text, frequency)
    assert (found.starts_on if found else None) == starts_on
