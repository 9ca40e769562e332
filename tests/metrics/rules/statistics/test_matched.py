import random
from decimal import Decimal
from fractions import Fraction

import pytest
from scipy.stats import binomtest
from statsmodels.stats.descriptivestats import sign_test as their_sign_test

from metrics.rules.statistics.matched import Matched, matched, sign_test


def test_the_sign_test_is_scipys_for_every_split_of_up_to_fifty():
    cases = [(better, changed - better) for changed in range(1, 51) for better in range(changed + 1)]
    assert len(cases) > 1300
    for better, worse in cases:
        assert float(sign_test(better, worse)) == pytest.approx(binomtest(better, better + worse).pvalue, abs=1e-12)


def test_pairs_are_counted_and_tested_as_statsmodels_does():
    dice = random.Random(6)
    tested = 0
    for _turn in range(800):
        pairs = [(Decimal(dice.randint(0, 6)), Decimal(dice.randint(0, 7))) for _one in range(dice.randint(1, 60))]
        found = matched(pairs)
        differences = [float(after - before) for before, after in pairs]
        if found.better + found.worse < 10:
            assert found.chance is None
            continue
        tested += 1
        statistic, chance = their_sign_test(differences)
        assert (found.better - found.worse) / 2 == statistic
        assert float(found.chance) == pytest.approx(chance, abs=1e-12)
        assert found.is_beyond_chance == (chance < 0.05)
    assert tested > 500


def test_who_was_measured_once_does_not_count_and_less_may_be_better():
    pairs = [(Decimal(3), Decimal(2)), (Decimal(3), None), (None, Decimal(3)), (Decimal(3), Decimal(3))]
    assert matched(pairs) == Matched(better=0, same=1, worse=1)
    assert matched(pairs, wants_increase=False) == Matched(better=1, same=1, worse=0)


def test_nine_who_changed_are_not_tested_however_many_stayed_the_same():
    assert Matched(9, 40, 0).chance is None
    assert not Matched(9, 40, 0).is_beyond_chance
    assert Matched(10, 0, 0).chance == Fraction(1, 512)


def test_an_even_split_is_no_surprise():
    assert Matched(8, 3, 8).chance == 1
