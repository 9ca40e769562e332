from datetime import date
from decimal import Decimal

import pytest

from goals.rules.review import next_review_after, off_track_since, review_due
from metrics.models import Indicator
from metrics.rules.figure import Figures
from metrics.rules.period import Period
from metrics.rules.progress import Course
from metrics.rules.series import Point

COURSE = Course(Decimal(0), Decimal(100), date(2026, 1, 1), date(2026, 12, 31))
FIGURES = Figures(Indicator.Unit.COUNT)
APRIL, MAY, JUNE, JULY = (
    Period(date(2026, month, 1), date(2026, month, last)) for month, last in ((4, 30), (5, 31), (6, 30), (7, 31))
)


def points(*values):
    periods = (APRIL, MAY, JUNE, JULY)
    return [
        Point(period, None if value is None else Decimal(value)) for period, value in zip(periods, values, strict=False)
    ]


@pytest.mark.parametrize(
    ("values", "since"),
    [
        ((5, 6), MAY.ends_on),
        ((40, 6), None),
        ((5, 60), None),
        ((5,), None),
        ((5, None, 6), JUNE.ends_on),
        ((5, 6, 60, 7), None),
        ((), None),
    ],
)
def test_two_readings_off_track_in_a_row_force_a_review(values, since):
    assert off_track_since(COURSE, points(*values), FIGURES) == since


def test_each_reading_is_judged_as_it_stood_then():
    # 20 of 100 is enough at the end of April, and far too little at the end of July.
    assert off_track_since(COURSE, points(30, None, None, 30), FIGURES) is None


def test_readings_a_review_knew_do_not_force_another():
    assert off_track_since(COURSE, points(5, 6), FIGURES, reviewed_until=MAY.ends_on) is None
    assert off_track_since(COURSE, points(5, 6, 7), FIGURES, reviewed_until=MAY.ends_on) is None
    assert off_track_since(COURSE, points(5, 6, 7, 8), FIGURES, reviewed_until=MAY.ends_on) == JULY.ends_on


def test_goal_without_a_course_is_not_off_track():
    assert off_track_since(None, points(5, 6), FIGURES) is None


@pytest.mark.parametrize(
    ("state", "off_track_on", "next_on", "why"),
    [
        ("active", MAY.ends_on, None, "off_track"),
        ("active", None, date(2026, 6, 1), "date"),
        ("active", MAY.ends_on, date(2026, 6, 1), "off_track"),
        ("active", None, date(2026, 6, 2), None),
        ("active", None, None, None),
        ("achieved", MAY.ends_on, date(2026, 6, 1), None),
        ("draft", None, date(2026, 6, 1), None),
    ],
)
def test_review_is_due_by_its_date_or_by_two_readings(state, off_track_on, next_on, why):
    found = review_due(state=state, off_track_on=off_track_on, next_review_on=next_on, today=date(2026, 6, 1))
    assert (found.why if found else None) == why


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 12, 1), date(2027, 6, 1)),
    ],
)
def test_next_review_is_six_months_later(day, later):
    assert next_review_after(day, months=6) == later


@pytest.mark.parametrize(("months", "later"), [(3, date(2027, 2, 28)), (12, date(2027, 11, 30))])
def test_next_review_follows_the_rhythm(months, later):
    assert next_review_after(date(2026, 11, 30), months=months) == later
