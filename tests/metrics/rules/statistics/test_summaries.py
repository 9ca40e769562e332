from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from metrics.rules.statistics.seasons import same_time_of_year, seasonal_run_chart, year_on_year
from metrics.rules.statistics.shares import ShareForm, decimals_for, share_form
from metrics.rules.statistics.summaries import averages, concentration, distribution, lead_times

RANDOM = 88


def test_distributions_and_their_middles_are_numpys():
    dice = np.random.default_rng(RANDOM)
    for _turn in range(2000):
        levels = int(dice.integers(2, 8))
        answers = dice.integers(0, levels, size=dice.integers(1, 50))
        found = distribution(answers.tolist(), levels=levels)
        assert list(found.counts) == np.bincount(answers, minlength=levels).tolist()
        assert sum(found.middle) / 2 == np.median(answers)


def test_an_answer_outside_the_scale_is_refused_and_nobodys_answers_have_no_middle():
    with pytest.raises(ValueError):
        distribution([5], levels=5)
    assert distribution([], levels=5).middle is None


def test_concentration_is_the_sum_of_squared_shares():
    dice = np.random.default_rng(RANDOM)
    for _turn in range(2000):
        amounts = dice.integers(0, 10_000, size=dice.integers(1, 12))
        found = concentration(amounts.tolist())
        given = amounts[amounts > 0]
        if not len(given):
            assert found is None
            continue
        shares = given / given.sum()
        assert [float(share) for share in found.shares] == pytest.approx(shares.tolist())
        assert (found.index is None) == (len(given) < 3)
        if found.index is not None:
            assert float(found.index) == pytest.approx((shares**2).sum())
            assert Fraction(1, len(given)) <= found.index <= 1


def test_waiting_times_are_listed_below_five_and_have_a_middle_from_there_on():
    dice = np.random.default_rng(RANDOM)
    assert lead_times([]) is None
    for _turn in range(1000):
        days = [Decimal(int(value)) for value in dice.integers(0, 90, size=dice.integers(1, 30))]
        found = lead_times(days)
        assert (found.count, found.longest) == (len(days), max(days))
        if len(days) < 5:
            assert (found.median, found.listed) == (None, tuple(sorted(days)))
        else:
            assert (float(found.median), found.listed) == (np.median([float(day) for day in days]), ())


def test_averages_over_partners_weigh_people_or_organisations():
    dice = np.random.default_rng(RANDOM)
    for _turn in range(1000):
        size = int(dice.integers(1, 9))
        values, people = dice.integers(-50, 300, size=size), dice.integers(0, 90, size=size)
        found = averages([(Decimal(int(value)), Decimal(int(one))) for value, one in zip(values, people, strict=True)])
        if not people.sum():
            assert found is None
            continue
        assert float(found.by_people) == pytest.approx(np.average(values, weights=people))
        assert float(found.by_organisation) == pytest.approx(values.mean())


def test_impossible_shares_and_people_are_refused():
    with pytest.raises(ValueError):
        concentration([3, -1])
    with pytest.raises(ValueError):
        averages([(Decimal(1), Decimal(-1))])


def months(count):
    """The last day of so many months, by numpy's calendar."""
    nexts = np.datetime64("2019-02", "M") + np.arange(count).astype("timedelta64[M]")
    return [day.item() for day in nexts.astype("datetime64[D]") - np.timedelta64(1, "D")]


def test_a_month_is_compared_with_the_same_month_of_last_year():
    dice = np.random.default_rng(RANDOM)
    for _turn in range(500):
        count = int(dice.integers(1, 50))
        series = [
            (day, Decimal(int(value))) for day, value in zip(months(count), dice.integers(0, 90, count), strict=True)
        ]
        shuffled = [series[place] for place in dice.permutation(count)]
        found = year_on_year(shuffled)
        if count <= 12:
            assert found is None
        else:
            assert (found.now, found.before) == (series[-1], series[-13])
            assert found.difference == series[-1][1] - series[-13][1]
        assert same_time_of_year(shuffled) == series[(count - 1) % 12 :: 12]


def test_a_february_of_a_leap_year_is_compared_too():
    february = [day for day in months(120) if day.month == 2]
    assert {day.day for day in february} == {28, 29}
    for before, now in pairwise(february):
        assert year_on_year([(now, Decimal(3)), (before, Decimal(1))]).difference == 2


def test_a_missing_month_of_last_year_is_not_replaced_by_another():
    series = [(day, Decimal(1)) for day in months(25)]
    assert year_on_year(series[:12] + series[13:]) is None


def test_a_seasonal_series_is_judged_by_comparable_points_only():
    series = [(day, Decimal(day.year if day.month == 12 else 0)) for day in months(120)]
    found = seasonal_run_chart(series)
    assert (found.useful, found.is_signal) == (10, True)
    assert seasonal_run_chart(series[:108]) is None


@pytest.mark.parametrize(
    ("cases", "in_text", "in_table", "decimals"),
    [
        (1, ShareForm.PARTS, ShareForm.PARTS, 0),
        (9, ShareForm.PARTS, ShareForm.PARTS, 0),
        (10, ShareForm.PARTS, ShareForm.PARTS_AND_PERCENT, 0),
        (19, ShareForm.PARTS, ShareForm.PARTS_AND_PERCENT, 0),
        (20, ShareForm.PERCENT, ShareForm.PARTS_AND_PERCENT, 0),
        (199, ShareForm.PERCENT, ShareForm.PARTS_AND_PERCENT, 0),
        (200, ShareForm.PERCENT, ShareForm.PARTS_AND_PERCENT, 1),
    ],
)
def test_percentages_are_written_only_where_they_are_honest(cases, in_text, in_table, decimals):
    assert (share_form(cases), share_form(cases, in_table=True)) == (in_text, in_table)
    assert decimals_for(cases) == decimals
