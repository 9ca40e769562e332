"""Every interval against statsmodels, and where it has none against the equation solved by numpy."""

import random

import numpy as np
import pytest
from scipy.stats import norm
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from metrics.rules.statistics.intervals import Z, difference_interval, newcombe, proportion_interval, wilson

ALPHA = 2 * norm.sf(Z)
CLOSE = 1e-9


def test_wilson_is_that_of_statsmodels_for_every_part_of_every_whole_up_to_sixty():
    cases = [(part, whole) for whole in range(1, 61) for part in range(whole + 1)]
    assert len(cases) > 1800
    for part, whole in cases:
        low, high = proportion_confint(part, whole, alpha=ALPHA, method="wilson")
        found = wilson(part, whole)
        assert (found.low, found.high) == pytest.approx((low, high), abs=CLOSE), (part, whole)


def solved(part, whole, population):
    """Where the distance to the share found is 1.96 standard errors of a sample without replacement."""
    share, spread = part / whole, Z**2 * (population - whole) / (population - 1)
    low, high = sorted(np.roots([whole + spread, -2 * whole * share - spread, whole * share**2]).real)
    return low, high


def test_a_sample_of_more_than_a_twentieth_of_all_is_the_score_interval_of_a_finite_population():
    dice = random.Random(14)
    for _turn in range(2000):
        population = dice.randint(3, 900)
        whole = dice.randint(population // 20 + 1, population - 1)
        part = dice.randint(0, whole)
        found = wilson(part, whole, population=population)
        low, high = solved(part, whole, population)
        assert (found.low, found.high) == pytest.approx((low, high), abs=1e-6), (part, whole, population)


def test_a_small_sample_of_many_is_as_sure_as_its_size_says():
    assert wilson(20, 50, population=1000) == wilson(20, 50)
    assert wilson(20, 51, population=1000) != wilson(20, 51)


def test_whoever_asked_everybody_knows_the_share():
    found = wilson(7, 20, population=20)
    assert (found.low, found.high) == pytest.approx((0.35, 0.35))


def test_newcombe_is_that_of_statsmodels_on_thousands_of_pairs():
    dice = random.Random(15)
    for _turn in range(2000):
        first, second = dice.randint(1, 250), dice.randint(1, 250)
        parts = dice.randint(0, first), dice.randint(0, second)
        low, high = confint_proportions_2indep(
            parts[1], second, parts[0], first, method="newcomb", compare="diff", alpha=ALPHA
        )
        found = newcombe((parts[0], first), (parts[1], second))
        assert (found.low, found.high) == pytest.approx((low, high), abs=CLOSE), (parts, first, second)


def test_only_a_random_sample_has_an_interval():
    assert proportion_interval(40, 180, is_random_sample=False) is None
    assert proportion_interval(0, 0, is_random_sample=True) is None
    assert proportion_interval(40, 180, is_random_sample=True) == wilson(40, 180)


def test_two_groups_have_an_interval_only_when_both_are_random_samples_of_twenty():
    assert difference_interval((5, 20), (9, 20), are_random_samples=False) is None
    assert difference_interval((5, 19), (9, 20), are_random_samples=True) is None
    assert difference_interval((5, 20), (9, 19), are_random_samples=True) is None
    assert difference_interval((5, 20), (9, 20), are_random_samples=True) == newcombe((5, 20), (9, 20))


@pytest.mark.parametrize(("part", "whole", "population"), [(-1, 5, None), (6, 5, None), (0, 0, None), (2, 5, 4)])
def test_impossible_samples_are_refused(part, whole, population):
    with pytest.raises(ValueError):
        wilson(part, whole, population=population)
