"""The run chart's two tests: limits against scipy and against the table of the domain, counts against numpy."""

from decimal import Decimal

import numpy as np
import pytest
from scipy.stats import binom

from metrics.rules.statistics.run_chart import fewest_usual_crossings, longest_usual_run, run_chart

# Domain 14.4, written off by hand: points, longest usual run, fewest usual crossings.
TABLE = """
10 6 2, 11 6 2, 12 7 3, 13 7 3, 14 7 4, 15 7 4, 16 7 4, 17 7 5, 18 7 5, 19 7 6, 20 7 6, 21 7 6, 22 7 7, 23 8 7, 24 8 8,
25 8 8, 26 8 8, 27 8 9, 28 8 9, 29 8 10, 30 8 10
"""


@pytest.mark.parametrize("row", TABLE.replace("\n", " ").split(","))
def test_the_limits_are_those_of_the_table(row):
    points, run, crossings = map(int, row.split())
    assert (longest_usual_run(points), fewest_usual_crossings(points)) == (run, crossings)


def test_the_limits_are_those_of_the_formulas_for_any_number_of_points():
    for points in range(10, 400):
        assert longest_usual_run(points) == round(np.log2(points) + 3)
        assert fewest_usual_crossings(points) == int(binom.ppf(0.05, points - 1, 0.5))


def counted(values):
    """Median, useful points, longest run and crossings by arrays of signs."""
    numbers = np.array([float(value) for value in values])
    signs = np.sign(numbers - np.median(numbers))
    signs = signs[signs != 0]
    turns = np.flatnonzero(np.diff(signs)) + 1
    runs = np.diff(np.concatenate(([0], turns, [len(signs)])))
    return float(np.median(numbers)), len(signs), int(runs.max(initial=0)), len(turns)


def test_counts_are_those_of_an_independent_count_on_thousands_of_series():
    dice = np.random.default_rng(44)
    usual = [0] + [binom.ppf(0.05, points - 1, 0.5) for points in range(1, 62)]
    told = 0
    for _turn in range(4000):
        # Few different values, so that many points lie on the median.
        values = [Decimal(int(value)) for value in dice.integers(0, dice.integers(2, 40), size=dice.integers(1, 61))]
        middle, useful, longest, crossings = counted(values)
        found = run_chart(values)
        if useful < 10:
            assert found is None
            continue
        told += 1
        assert (float(found.median), found.useful, found.longest_run, found.crossings) == (
            middle,
            useful,
            longest,
            crossings,
        )
        unusual = longest > round(np.log2(useful) + 3) or crossings < usual[useful]
        assert found.is_signal == unusual
    assert told > 2000


def numbers(*values):
    return [Decimal(value) for value in values]


def test_points_on_the_median_neither_end_a_run_nor_count():
    with_ties = numbers(1, 1, 1, 5, 1, 1, 1, 9, 9, 5, 9, 9, 9, 9)
    found = run_chart(with_ties)
    assert (found.median, found.useful, found.longest_run, found.crossings) == (5, 12, 6, 1)


def test_nine_points_have_no_verdict_and_neither_have_ten_of_which_one_is_the_median():
    assert run_chart(numbers(*range(9))) is None
    assert run_chart(numbers(1, 2, 3, 4, 5, 5, 6, 7, 8, 9)) is None
    assert run_chart(numbers(*range(10))) is not None


def test_a_steady_rise_is_a_signal_by_its_few_crossings():
    found = run_chart(numbers(*range(10)))
    assert (found.longest_run, found.crossings) == (5, 1)
    assert (found.has_long_run, found.has_few_crossings, found.is_signal) == (False, True, True)


def test_a_long_run_is_a_signal_by_itself():
    low, high = [1], [9]
    found = run_chart(numbers(*(low + high) * 3, *low, *high * 9, *low * 5, *high, *low * 4))
    assert (found.useful, found.longest_run, found.crossings) == (26, 9, 10)
    assert found.has_long_run
    assert not found.has_few_crossings
    assert found.is_signal


def test_values_that_go_up_and_down_are_as_usual():
    assert not run_chart(numbers(3, 7, 2, 8, 4, 9, 1, 6, 5, 10, 2, 7)).is_signal
