import pytest

from goals.models import Goal
from goals.rules.goal import FINAL_STATES, TRANSITIONS, can_edit_goal, can_move_goal, is_reason_given


def test_every_state_has_its_transitions():
    assert set(TRANSITIONS) == set(Goal.State)


def test_draft_is_never_adopted_directly():
    assert not can_move_goal(state="draft", to="adopted")


@pytest.mark.parametrize("state", FINAL_STATES)
def test_closed_goal_stays_closed(state):
    assert not can_edit_goal(state=state)
    assert not any(can_move_goal(state=state, to=to) for to in Goal.State)


@pytest.mark.parametrize(("reason", "said"), [("", False), ("   because   ", False), ("Two firms closed", True)])
def test_reason_says_something(reason, said):
    assert is_reason_given(reason) is said
