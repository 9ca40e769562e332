from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.rules.figure import Figures
from metrics.rules.period import Period, period_of
from metrics.rules.progress import Course, Standing, article_it, expected_share, finding, judge, progress_share
from metrics.rules.series import Point, figures_for

D = Decimal

FIGURES = Figures("percent")
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
Q2 = Period(date(2026, 4, 1), date(2026, 6, 30))
NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=2, allow_nan=False)


def course(baseline=20, target=60, **fields):
    return Course(None if baseline is None else D(baseline), D(target), *YEAR, **fields)


def at(value, period=Q2):
    return Point(period, D(value), D(value), D(100), True)


def standing(value, today=date(2026, 7, 10), **fields):
    return judge(course(**fields), at(value), FIGURES, today=today).standing


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (60, "on_track"),
        (40, "on_track"),
        (38, "on_track"),
        (37, "at_risk"),
        (32, "at_risk"),
        (31, "off_track"),
        (20, "off_track"),
        (5, "off_track"),
    ],
)
def test_standing_compares_with_the_straight_line_at_the_day_of_the_value(value, expected):
    # On 30 June 49.45 % of the way is expected: 39.8 of 60; 90 % of it is 37.8, 60 % of it is 31.9.
    assert standing(value) == expected


def test_course_downwards_is_judged_alike():
    assert standing(20, baseline=45, target=20, wants_increase=False) == Standing.ON_TRACK
    assert standing(44, baseline=45, target=20, wants_increase=False) == Standing.OFF_TRACK


def test_progress_is_not_clipped():
    assert progress_share(baseline=D(20), latest=D(80), target=D(60)) == D("1.5")
    assert progress_share(baseline=D(20), latest=D(10), target=D(60)) == D("-0.25")


@given(NUMBERS, NUMBERS)
def test_progress_is_zero_at_the_baseline_and_one_at_the_target(baseline, target):
    if baseline == target:
        assert progress_share(baseline=baseline, latest=target, target=target) is None
    else:
        assert progress_share(baseline=baseline, latest=baseline, target=target) == 0
        assert progress_share(baseline=baseline, latest=target, target=target) == 1


@given(
    NUMBERS,
    NUMBERS,
    st.none() | NUMBERS,
    st.dates(date(2025, 1, 1), date(2028, 1, 1)),
    st.dates(date(2025, 1, 1), date(2028, 1, 1)),
)
def test_judgement_always_has_a_reason_in_both_languages(baseline, target, value, day, today):
    point = None if value is None else Point(period_of(day, "monthly"), value)
    judged = judge(course(baseline, target), point, Figures("mean"), today=today)
    assert judged.reason.text_en.endswith(".")
    assert judged.reason.text_it.endswith(".")


def test_first_fifth_of_the_time_is_too_early():
    judged = judge(course(), at(21, Period(date(2026, 2, 1), date(2026, 2, 28))), FIGURES, today=date(2026, 3, 5))
    assert judged.standing == Standing.TOO_EARLY
    assert "15\u00a0% of the time" in judged.reason.text_en
    assert "il 15\u00a0% del tempo" in judged.reason.text_it


def test_no_value_yet_is_too_early_and_not_off_track():
    assert judge(course(), None, FIGURES, today=date(2026, 2, 1)).standing == Standing.TOO_EARLY


def test_missing_value_is_overdue_thirty_days_after_its_period():
    late = judge(
        course(), at(40), FIGURES, today=date(2026, 10, 31), missing=Period(date(2026, 7, 1), date(2026, 9, 30))
    )
    assert late.standing == Standing.DATA_OVERDUE
    assert late.reason.text_en == "The value for July \u2013 September 2026 was expected by 30 October 2026."
    assert late.reason.text_it == "Il valore per luglio \u2013 settembre 2026 andava inserito entro il 30 ottobre 2026."
    assert late.progress == D("0.5")


def test_without_a_baseline_nothing_is_judged():
    judged = judge(course(baseline=None, baseline_due_on=date(2026, 3, 8)), at(40), FIGURES, today=date(2026, 7, 1))
    assert judged.standing == Standing.NO_BASELINE
    assert judged.reason.text_it == "Il valore di partenza va rilevato entro l'8 marzo 2026."


@pytest.mark.parametrize(
    ("value", "expected"), [(95, "on_track"), (99, "on_track"), (90, "at_risk"), (70, "off_track")]
)
def test_value_to_be_kept_is_judged_by_its_mark(value, expected):
    assert standing(value, baseline=None, target=95, is_kept=True) == expected


@pytest.mark.parametrize(("value", "expected"), [("32", "40"), ("32.5", "39.8")])
def test_expected_value_is_no_finer_than_the_figures_it_lies_between(value, expected):
    judged = judge(course(), at(value), Figures("median"), today=date(2026, 7, 10))
    assert judged.reason.text_en.endswith(f"Expected by then: {expected}.")


def test_reason_compares_the_value_with_the_one_expected():
    judged = judge(course(), at(32), FIGURES, today=date(2026, 7, 10))
    assert (
        judged.reason.text_en.replace("\u00a0", " ") == "Latest value: 32 % (30 June 2026). Expected by then: 39.8 %."
    )
    assert (
        judged.reason.text_it.replace("\u00a0", " ")
        == "Ultimo valore: 32 % (30 giugno 2026). Previsto a quella data: 39,8 %."
    )


def test_finding_says_how_far_the_target_is():
    words = finding(course(), at(41), FIGURES)
    assert (
        words.text_en.replace("\u00a0", " ")
        == "41 % on 30 June 2026: 19 points below the target of 60 %. To be reached by 31 December 2026."
    )
    assert (
        words.text_it.replace("\u00a0", " ")
        == "41 % al 30 giugno 2026: 19 punti sotto il valore atteso (60 %). Da raggiungere entro il 31 dicembre 2026."
    )


def test_finding_says_that_the_target_is_reached():
    assert "the target is reached" in finding(course(), at(61), FIGURES).text_en
    assert "valore atteso raggiunto" in finding(course(45, 20, wants_increase=False), at(20), FIGURES).text_it


@pytest.mark.parametrize(
    ("number", "article"),
    [
        ("0", "lo "),
        ("0,5", "lo "),
        ("1", "l'"),
        ("8", "l'"),
        ("11", "l'"),
        ("80", "l'"),
        ("8,5", "l'"),
        ("11.000", "l'"),
        ("12", "il "),
        ("22", "il "),
        ("100", "il "),
        ("118", "il "),
        ("1.100", "il "),
    ],
)
def test_italian_article_before_a_numeral(number, article):
    assert article_it(number) == article


def test_difference_is_that_of_the_figures_as_they_are_written():
    few = Point(Q2, D("47.7273"), D(84), D(176), True)
    words = finding(course(target=55), few, figures_for([few], FIGURES)).text_en.replace("\u00a0", " ")
    assert words.startswith("48 % on 30 June 2026: 7 points below the target of 55 %.")


# Slowly at first: a quarter of the way by the end of September.
PATH = ((date(2026, 9, 30), D(30)), (date(2027, 5, 1), D(0)))


@pytest.mark.parametrize(("value", "expected"), [(26, "on_track"), (24, "at_risk"), (22, "off_track")])
def test_value_is_compared_with_the_path_where_one_is_entered(value, expected):
    assert standing(value, path=PATH) == expected
    assert standing(value) == "off_track"


def test_path_goes_from_point_to_point_and_tells_what_was_expected():
    way = course(path=PATH)
    assert expected_share(way, date(2026, 1, 1)) == 0
    assert expected_share(way, date(2026, 9, 30)) == D("0.25")
    assert expected_share(way, date(2027, 3, 1)) == 1
    judged = judge(way, at(26), FIGURES, today=date(2026, 7, 10))
    assert judged.reason.text_en.endswith("Expected by then: 26.6\u00a0%.")


def test_it_is_too_early_by_the_time_that_passed_not_by_the_path():
    early = Point(period_of(date(2026, 2, 1), "monthly"), D(21), D(21), D(100), True)
    assert judge(course(path=PATH), early, FIGURES, today=date(2026, 3, 5)).standing == Standing.TOO_EARLY
    assert standing(20, path=((date(2026, 9, 30), D(20)),)) == "on_track"


@given(day=st.dates(YEAR[0], YEAR[1]), values=st.lists(st.tuples(st.dates(YEAR[0], YEAR[1]), NUMBERS), max_size=5))
def test_path_never_leaves_the_values_it_goes_through(day, values):
    way = course(path=tuple(values))
    shares = [progress_share(baseline=D(20), latest=value, target=D(60)) for _day, value in values]
    assert min([0, *shares]) <= expected_share(way, day) <= max([1, *shares])
