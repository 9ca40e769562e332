from datetime import date

import pytest

from core.tenancy.keys import new_id
from partnerships.models import Task
from partnerships.rules.authority import Authority
from partnerships.rules.task import (
    BADGES,
    can_confirm_task,
    can_say_of_task,
    is_due_soon,
    is_overdue,
    is_unconfirmed,
    missing_evidence,
    missing_words,
    sayable_states,
    task_standing,
)

State = Task.State
LEAD = Authority(is_own=True, may_commit=True, coordinates=False)
STAFF = Authority(is_own=True, may_commit=False, coordinates=False)
COORDINATOR = Authority(is_own=False, may_commit=False, coordinates=True)
STRANGER = Authority(is_own=False, may_commit=False, coordinates=False)
TODAY = date(2026, 5, 10)


@pytest.mark.parametrize("to", [State.ACCEPTED, State.DECLINED, State.COUNTER_PROPOSED])
@pytest.mark.parametrize("who", [STAFF, COORDINATOR, STRANGER])
def test_only_who_may_commit_answers_a_proposal(to, who):
    assert can_say_of_task(state=State.PROPOSED, to=to, authority=LEAD)
    assert not can_say_of_task(state=State.PROPOSED, to=to, authority=who)


def test_staff_updates_what_was_accepted():
    assert sayable_states(state=State.ACCEPTED, authority=STAFF) == [
        State.ACCEPTED,
        State.IN_PROGRESS,
        State.BLOCKED,
        State.IN_REVIEW,
        State.DONE,
    ]


def test_coordination_says_nothing_of_a_partners_running_task():
    assert sayable_states(state=State.IN_PROGRESS, authority=COORDINATOR) == []


def test_coordination_confirms_or_sends_back_what_was_handed_over():
    assert sayable_states(state=State.IN_REVIEW, authority=COORDINATOR) == [State.IN_PROGRESS, State.DONE]


@pytest.mark.parametrize("state", [State.CANCELLED, State.DECLINED])
def test_closed_task_goes_nowhere(state):
    assert sayable_states(state=state, authority=LEAD) == []


@pytest.mark.parametrize(
    ("state", "to", "note", "due_on", "field"),
    [
        (State.PROPOSED, State.DECLINED, " ", None, "note"),
        (State.PROPOSED, State.COUNTER_PROPOSED, "", None, "due_on"),
        (State.PROPOSED, State.COUNTER_PROPOSED, "", date(2026, 5, 9), "due_on"),
        (State.PROPOSED, State.ACCEPTED, "", date(2026, 7, 1), "state"),
        (State.IN_PROGRESS, State.IN_PROGRESS, "", date(2026, 7, 1), "note"),
    ],
)
def test_word_without_its_reason_or_date_does_not_count(state, to, note, due_on, field):
    missing = missing_words(state=state, to=to, note=note, due_on=due_on, agreed_due_on=date(2026, 6, 1), today=TODAY)
    assert list(missing) == [field]


def test_same_date_needs_no_note():
    day = date(2026, 6, 1)
    assert (
        missing_words(state=State.IN_PROGRESS, to=State.DONE, note="", due_on=day, agreed_due_on=day, today=TODAY) == {}
    )


@pytest.mark.parametrize(
    ("state", "due_on", "late", "soon", "tone"),
    [
        (State.ACCEPTED, date(2026, 5, 9), True, False, "late"),
        (State.ACCEPTED, date(2026, 5, 10), False, True, "soon"),
        (State.ACCEPTED, date(2026, 5, 17), False, True, "soon"),
        (State.ACCEPTED, date(2026, 5, 18), False, False, "ok"),
        (State.ACCEPTED, None, False, False, "ok"),
        (State.PROPOSED, date(2026, 5, 9), False, False, "info"),
        (State.DONE, date(2026, 5, 9), False, False, "done"),
        (State.BLOCKED, date(2026, 5, 9), True, False, "late"),
    ],
)
def test_badge_follows_the_date_of_promises_only(state, due_on, late, soon, tone):
    task = Task(state=state, due_on=due_on, tenant_id=1, member_id=new_id())
    assert (is_overdue(task, today=TODAY), is_due_soon(task, today=TODAY)) == (late, soon)
    assert BADGES[task_standing(task, today=TODAY)][0] == tone


def test_proposal_nobody_was_asked_for_is_a_draft():
    assert task_standing(Task(state=State.PROPOSED, due_on=TODAY, tenant_id=1), today=TODAY) == "draft"


@pytest.mark.parametrize(
    ("to", "needs", "has", "missing"),
    [
        ("done", True, False, {"evidence"}),
        ("done", True, True, set()),
        ("done", False, False, set()),
        ("in_review", True, False, set()),
    ],
)
def test_evidence_is_asked_for_at_the_end_only(to, needs, has, missing):
    assert set(missing_evidence(to=to, needs_evidence=needs, has_evidence=has)) == missing


@pytest.mark.parametrize(
    ("state", "needs", "confirmed_on", "finished_on", "unconfirmed"),
    [
        ("done", True, None, date(2026, 6, 1), True),
        ("done", True, None, date(2026, 6, 2), False),
        ("done", True, date(2026, 6, 3), date(2026, 6, 1), False),
        ("done", False, None, date(2026, 6, 1), False),
        ("in_progress", True, None, None, False),
    ],
)
def test_ten_days_to_confirm(state, needs, confirmed_on, finished_on, unconfirmed):
    task = Task(state=state, needs_evidence=needs, confirmed_on=confirmed_on, finished_on=finished_on, tenant_id=1)
    assert is_unconfirmed(task, today=date(2026, 6, 12)) is unconfirmed


def test_coordination_or_who_answers_for_the_result_confirms_and_nobody_their_own_work():
    facts = {"state": "done", "needs_evidence": True, "confirmed_on": None}
    assert not can_confirm_task(**facts, authority=LEAD)
    assert can_confirm_task(**facts, authority=COORDINATOR)
    assert not can_confirm_task(**facts, authority=LEAD, answers_for_result=True)
    assert can_confirm_task(**facts, authority=STRANGER, answers_for_result=True)
    assert not can_confirm_task(**{**facts, "confirmed_on": date(2026, 6, 1)}, authority=COORDINATOR)
