"""When a signal is raised, rests and is over, and the thresholds of partnerships' own rules."""

from datetime import date, timedelta

import pytest

from partnerships.rules.signal import (
    absent_in_a_row,
    can_choose_action,
    can_dismiss_signal,
    can_see_signal,
    has_worsened,
    minutes_late,
    quiet_since,
    state_after_look,
)

TODAY = date(2026, 11, 29)
LATELY = TODAY - timedelta(days=89)


@pytest.mark.parametrize(
    ("state", "facts", "after"),
    [
        (None, {"is_found": False}, None),
        (None, {"is_found": True}, "raised"),
        ("raised", {"is_found": True}, "raised"),
        ("seen", {"is_found": True, "has_worsened": True}, "seen"),
        ("action_chosen", {"is_found": True}, "action_chosen"),
        ("dismissed", {"is_found": True, "dismissed_on": LATELY}, "dismissed"),
        ("dismissed", {"is_found": True, "dismissed_on": LATELY, "has_worsened": True}, "raised"),
        ("dismissed", {"is_found": True, "dismissed_on": LATELY - timedelta(days=1)}, "raised"),
        *((state, {"is_found": False}, "cleared") for state in ("raised", "seen", "action_chosen", "dismissed")),
    ],
)
def test_state_after_a_look(state, facts, after):
    assert state_after_look(state, today=TODAY, **facts) == after


def test_worse_is_a_whole_step_worse():
    assert has_worsened(30, before=20, step=10)
    assert not has_worsened(29, before=20, step=10)
    assert not has_worsened(-90, before=-60, step=30)
    assert has_worsened(-60, before=-90, step=30)
    assert not has_worsened(99, before=0, step=0)
    assert not has_worsened(99, before=None, step=1)


def test_only_what_is_open_can_be_acted_on_and_never_without_words():
    assert can_see_signal(state="raised")
    assert not can_see_signal(state="seen")
    for state in ("raised", "seen", "action_chosen"):
        assert can_choose_action(state=state, action="Call them")
        assert can_dismiss_signal(state=state, reason="They are on leave")
    for state in ("dismissed", "cleared"):
        assert not can_choose_action(state=state, action="Call them")
        assert not can_dismiss_signal(state=state, reason="They are on leave")
    assert not can_choose_action(state="raised", action="  ")
    assert not can_dismiss_signal(state="raised", reason="  ")


def test_minutes_are_late_from_the_eleventh_day_after_they_should_have_gone_round():
    met_on = date(2026, 11, 2)
    should_go = date(2026, 11, 9)
    assert minutes_late([(met_on, should_go + timedelta(days=10))], today=TODAY) == 0
    assert minutes_late([(met_on, should_go + timedelta(days=11))], today=TODAY) == 1
    assert minutes_late([(met_on, None)], today=should_go + timedelta(days=10)) == 0
    assert minutes_late([(met_on, None)] * 2, today=should_go + timedelta(days=11)) == 2


def test_absence_counts_back_from_the_newest_meeting():
    assert absent_in_a_row([]) == 0
    assert absent_in_a_row([True, False, False, False]) == 0
    assert absent_in_a_row([False, False, True, False]) == 2
    assert absent_in_a_row([False, False, False]) == 3


def test_quiet_is_counted_from_the_last_sign_of_life_and_never_from_before_joining():
    joined = date(2026, 9, 1)
    assert quiet_since([], since=joined) == joined
    assert quiet_since([None, date(2026, 10, 3), date(2026, 10, 1)], since=joined) == date(2026, 10, 3)
    assert quiet_since([date(2025, 1, 1)], since=joined) == joined
