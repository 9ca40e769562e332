"""How high a risk is, and when something is done about it."""

from datetime import date

import pytest

from goals.rules.risk import Height, can_move_risk, has_response, height_of, is_review_overdue


@pytest.mark.parametrize(
    ("likelihood", "impact", "height"),
    [
        (1, 1, Height.LOW), (2, 2, Height.LOW), (1, 5, Height.MEDIUM), (3, 3, Height.MEDIUM), (2, 5, Height.HIGH),
        (3, 4, Height.HIGH), (3, 5, Height.VERY_HIGH), (5, 5, Height.VERY_HIGH),
    ],
)  # fmt: skip
def test_height_is_likelihood_times_impact_in_four_words(likelihood, impact, height):
    assert height_of(likelihood, impact) == height
    assert height_of(impact, likelihood) == height


@pytest.mark.parametrize(
    ("response", "actions", "answered"),
    [("", "", False), ("", "We look for a room", False), ("reduce", " ", False), ("reduce", "We look for a room", True),
     ("accept", "", True)],
)  # fmt: skip
def test_a_response_says_what_is_done_unless_the_risk_is_accepted(response, actions, answered):
    assert has_response(response=response, actions=actions) == answered


def move(state, to, response="reduce", actions="We look for a room"):
    return can_move_risk(state=state, to=to, response=response, actions=actions)


def test_a_risk_is_dealt_with_and_then_over_or_it_happened():
    assert move("open", "treated")
    assert move("treated", "closed")
    assert move("treated", "occurred")
    assert move("occurred", "open")
    assert not move("closed", "occurred")
    assert not move("open", "open")


def test_a_risk_without_a_response_is_not_being_dealt_with():
    refused = move("open", "treated", response="")
    assert not refused
    assert "how you answer" in str(refused.reason)
    assert move("open", "closed", response="", actions="")


def test_a_review_is_overdue_the_day_after_and_never_once_it_is_over():
    day = date(2026, 5, 1)
    assert not is_review_overdue(state="open", review_on=day, today=day)
    assert is_review_overdue(state="treated", review_on=day, today=date(2026, 5, 2))
    assert not is_review_overdue(state="closed", review_on=day, today=date(2026, 5, 2))
    assert not is_review_overdue(state="open", review_on=None, today=day)
