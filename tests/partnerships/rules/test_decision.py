from datetime import date

import pytest

from partnerships.models import Decision, DecisionMethod
from partnerships.rules.decision import (
    Quorum,
    can_edit_decision,
    can_revoke,
    can_supersede,
    decision_findings,
    dissent_of,
    is_review_due,
    is_told,
    state_after,
    subject_of,
)
from partnerships.rules.severity import blocking

State = Decision.State
TODAY = date(2026, 5, 10)
MET, MISSED = Quorum(2, 4, 50), Quorum(1, 4, 50)


def codes(**changes):
    asked = {
        "method": "consent",
        "allowed": ["consent"],
        "affects_residents": False,
        "public_note": "",
        "not_public_reason": "",
    }
    return [finding.code for finding in decision_findings(**(asked | changes))]


def test_method_must_be_one_the_agreement_allows():
    assert codes() == []
    assert codes(method="majority") == ["R-C8"]
    assert codes(method="") == ["R-C8"]
    assert codes(method="", allowed=list(DecisionMethod)) == []


def test_agreement_with_ways_by_subject_wants_to_know_the_subject():
    assert codes(asks_subject=True) == ["R-C8"]
    assert codes(asks_subject=True, method="majority") == ["R-C8", "R-C8"]
    assert (subject_of(subject="", about="review"), subject_of(subject="money", about="review")) == ("future", "money")
    assert subject_of(subject="", about="") == ""


def test_what_concerns_residents_is_told_to_them_or_says_why_not():
    assert codes(affects_residents=True) == ["R-C7"]
    assert codes(affects_residents=True, public_note="The bus runs later") == []
    assert codes(affects_residents=True, not_public_reason="A family could be recognised") == []


def test_light_partnership_is_only_told():
    found = decision_findings(
        method="majority", allowed=["consent"], affects_residents=True, public_note=" ", not_public_reason=""
    )
    assert len(blocking(found, "full")) == 2
    assert blocking(found, "light") == []


@pytest.mark.parametrize(
    ("present", "percent", "met"), [(3, 60, True), (2, 60, False), (0, None, True), (4, 100, False)]
)
def test_quorum_is_a_share_of_who_may_decide_rounded_up(present, percent, met):
    assert Quorum(present, 5, percent).is_met is met


def test_without_quorum_it_is_a_recommendation():
    assert state_after("decided", MISSED, effective_from=None, today=TODAY) == State.RECOMMENDED
    assert state_after("rejected", MISSED, effective_from=None, today=TODAY) == State.REJECTED


def test_decision_is_in_force_from_its_day_on():
    assert state_after("decided", MET, effective_from=None, today=TODAY) == State.IN_FORCE
    assert state_after("decided", MET, effective_from=TODAY, today=TODAY) == State.IN_FORCE
    assert state_after("decided", MET, effective_from=date(2026, 6, 1), today=TODAY) == State.DECIDED


def test_decision_taken_is_never_edited_but_replaced():
    assert can_edit_decision(state=State.PROPOSED)
    assert can_edit_decision(state=State.DEFERRED)
    assert not any(can_edit_decision(state=state) for state in (State.IN_FORCE, State.RECOMMENDED, State.REJECTED))
    assert can_supersede(state=State.IN_FORCE)
    assert can_supersede(state=State.RECOMMENDED)
    assert not can_supersede(state=State.SUPERSEDED)
    assert can_revoke(state=State.REVIEWED)
    assert not can_revoke(state=State.RECOMMENDED)


def test_review_is_due_from_its_day_on_while_the_decision_counts():
    assert is_review_due(state=State.IN_FORCE, review_on=TODAY, today=TODAY)
    assert not is_review_due(state=State.IN_FORCE, review_on=date(2026, 5, 11), today=TODAY)
    assert not is_review_due(state=State.SUPERSEDED, review_on=TODAY, today=TODAY)


def test_dissent_is_whoever_was_not_for_it():
    assert dissent_of([5, 4, 3, 2, 1, None]) == 2


def test_public_is_told_of_what_counts_for_everybody_with_words_for_it():
    asked = {"state": State.IN_FORCE, "level": 4, "cap": 4, "public_note": "Later buses", "had_quorum": True}
    assert is_told(**asked)
    assert is_told(**(asked | {"state": State.REVOKED}))
    assert is_told(**(asked | {"state": State.SUPERSEDED}))
    for hidden in (
        {"level": 3},
        {"cap": 3},
        {"public_note": " "},
        {"state": State.PROPOSED},
        {"state": State.RECOMMENDED},
        {"state": State.SUPERSEDED, "had_quorum": False},
    ):
        assert not is_told(**(asked | hidden))
