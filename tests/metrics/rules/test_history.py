from datetime import date
from decimal import Decimal

import pytest

from metrics.rules.history import best_year
from metrics.rules.period import Period
from metrics.rules.series import Point


def points(*values):
    """One a half-year, from the first half of 2022."""
    days = [(year, month) for year in range(2022, 2030) for month in ((1, 6), (7, 12))]
    return [
        Point(
            Period(date(year, first, 1), date(year, last, 30 if last == 6 else 31)),
            None if value is None else Decimal(value),
        )
        for value, (year, (first, last)) in zip(values, days, strict=False)
    ]


def test_less_than_a_year_of_values_is_no_history():
    assert best_year(points(1, 5), wants_increase=True) is None
    assert best_year(points(1, None, None), wants_increase=True) is None


def test_best_year_is_the_fastest_a_year_apart():
    # A year from 10 to 16, then one from 12 to 13: the quick half-year between does not count alone.
    assert best_year(points(10, 12, 16, 13), wants_increase=True) == Decimal(6)


def test_value_that_never_moved_the_wanted_way_counts_zero():
    assert best_year(points(10, 9, 8), wants_increase=True) == 0
    assert best_year(points(10, 9, 8), wants_increase=False) == Decimal(2)


@pytest.mark.parametrize("years", [1, 2, 3])
def test_longer_stretches_count_per_year(years):
    values = [0] + [None] * (2 * years - 1) + [6]
    assert best_year(points(*values), wants_increase=True) == pytest.approx(Decimal(6) / years, rel=Decimal("0.01"))
