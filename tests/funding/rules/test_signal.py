from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from funding.rules.signal import (
    Say,
    covered_percent,
    has_the_say,
    herfindahl,
    is_concentrated,
    is_short,
    shares_percent,
)


def test_short_is_below_eighty_per_cent():
    assert is_short(secured_cents=79_99, need_cents=100_00)
    assert not is_short(secured_cents=80_00, need_cents=100_00)
    assert not is_short(secured_cents=0, need_cents=0)
    assert covered_percent(secured_cents=79_99, need_cents=100_00) == 79


def test_concentration_is_the_sum_of_squared_shares():
    assert herfindahl([]) == 0
    assert herfindahl([500]) == 1
    assert herfindahl([200, 200]) == Fraction(1, 2)
    assert herfindahl([600, 300, 100]) == Fraction(46, 100)


def test_concentrated_is_above_two_equal_sources():
    assert not is_concentrated([])
    assert is_concentrated([100])
    assert not is_concentrated([100, 100])
    assert is_concentrated([101, 99])
    assert not is_concentrated([600, 300, 100])
    assert is_concentrated([700, 200, 100])
    assert shares_percent([100, 700, 200]) == [70, 20, 10]


@given(st.lists(st.integers(min_value=1, max_value=10**9), min_size=1, max_size=12))
def test_concentration_stays_between_equal_shares_and_one(amounts):
    assert Fraction(1, len(amounts)) <= herfindahl(amounts) <= 1


def say(money=51, chaired=2, proposed=6, meetings=3):
    return Say(money, 100, chaired, meetings, proposed, 11)


def test_one_has_the_say_only_with_over_half_of_all_three():
    assert has_the_say(say())
    assert say().percents == (51, 66, 54)
    assert not has_the_say(say(money=50))
    assert not has_the_say(say(chaired=1))
    assert not has_the_say(say(chaired=2, meetings=4))
    assert not has_the_say(say(proposed=5))


def test_two_meetings_say_nothing_and_nothing_is_no_share():
    assert not has_the_say(say(chaired=2, meetings=2))
    assert Say(0, 0, 0, 0, 0, 0).percents == (0, 0, 0)
