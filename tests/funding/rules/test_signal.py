import pytest

from funding.rules.signal import (
    Say,
    covered_percent,
    has_the_say,
    is_concentrated,
    is_short,
)
from metrics.rules.statistics.summaries import concentration


def test_short_is_below_eighty_per_cent():
    assert is_short(secured_cents=79_99, need_cents=100_00)
    assert not is_short(secured_cents=80_00, need_cents=100_00)
    assert not is_short(secured_cents=0, need_cents=0)
    assert covered_percent(secured_cents=79_99, need_cents=100_00) == 79


@pytest.mark.parametrize(
    ("amounts", "is_so"),
    [
        ([], False),
        ([100], True),
        ([100, 100], False),
        ([101, 99], True),
        ([600, 300, 100], False),
        ([700, 200, 100], True),
    ],
)
def test_concentrated_is_above_two_equal_sources(amounts, is_so):
    assert is_concentrated(concentration(amounts)) is is_so


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
