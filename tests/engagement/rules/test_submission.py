import itertools
from datetime import UTC, date, datetime

import pytest

from engagement.models import Submission
from engagement.rules.progress import STATE_WORDS
from engagement.rules.submission import (
    DECIDED,
    MOVES,
    OPEN_STATES,
    STATE_TONES,
    WAITING,
    answer_due_on,
    can_close,
    can_mark_spam,
    can_move,
    can_read,
    can_reopen,
    can_reply,
    can_withdraw,
    hour_of,
    is_answer_late,
    key_of_text,
)

State = Submission.State


def test_hour_keeps_no_minute():
    assert hour_of(datetime(2026, 11, 23, 10, 59, 59, 999, tzinfo=UTC)) == datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("received", "due"), [("2026-11-23", "2026-12-07"), ("2026-11-27", "2026-12-11"), ("2026-11-28", "2026-12-11")]
)
def test_answer_is_due_after_ten_working_days(received, due):
    assert answer_due_on(date.fromisoformat(received)) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("state", "late"),
    [
        (State.RECEIVED, True),
        (State.ASSIGNED, True),
        (State.ANSWERED, False),
        (State.MERGED, False),
        (State.SPAM, False),
    ],
)
def test_only_what_waits_is_late(state, late):
    submission = Submission(tenant_id=1, state=state, received_hour=datetime(2026, 11, 2, 10, tzinfo=UTC))
    assert is_answer_late(submission, today=date(2026, 11, 17)) is late
    assert is_answer_late(submission, today=date(2026, 11, 16)) is False
    submission.wants_reply = False
    assert is_answer_late(submission, today=date(2026, 11, 17)) is False


def test_same_words_have_one_key_whatever_their_dress():
    assert key_of_text("Il parco è BUIO!") == key_of_text(" il parco e buio ")
    assert key_of_text("Il parco è buio") != key_of_text("Il parco è bello")
    assert key_of_text("???") != key_of_text("!!!")
    assert key_of_text("") == ""


ALLOWED = {
    can_read: {State.RECEIVED},
    can_reply: set(OPEN_STATES),
    can_mark_spam: set(OPEN_STATES),
    can_reopen: {State.CLOSED, State.SPAM},
    can_withdraw: set(State) - {State.WITHDRAWN},
}


@pytest.mark.parametrize("rule", ALLOWED)
@pytest.mark.parametrize("state", State)
def test_each_state_allows_what_the_table_says_and_tells_why_not(rule, state):
    verdict = rule(Submission(tenant_id=1, state=state))
    assert bool(verdict) == (state in ALLOWED[rule])
    assert bool(verdict) or str(verdict.reason)


@pytest.mark.parametrize(
    ("state", "in_public", "allowed"),
    [
        (State.ANSWERED, False, True),
        (State.TRIAGED, True, True),
        (State.TRIAGED, False, False),
        (State.REDIRECTED, False, True),
        (State.RECEIVED, False, False),
        (State.CLOSED, True, False),
        (State.WITHDRAWN, True, False),
    ],
)
def test_only_what_was_answered_is_closed(state, in_public, allowed):
    assert bool(can_close(Submission(tenant_id=1, state=state), is_answered_in_public=in_public)) is allowed


def test_what_needs_no_answer_is_closed_once_it_was_read():
    for state, allowed in ((State.RECEIVED, False), (State.ACKNOWLEDGED, True)):
        submission = Submission(tenant_id=1, state=state, wants_reply=False)
        assert bool(can_close(submission, is_answered_in_public=False)) is allowed


def test_every_state_has_its_moves_and_no_way_leads_out_of_what_was_taken_back():
    assert set(MOVES) == set(State)
    assert MOVES[State.WITHDRAWN] == frozenset()
    assert all(State.WITHDRAWN in to for state, to in MOVES.items() if state != State.WITHDRAWN)
    assert all(state not in to for state, to in MOVES.items())


@pytest.mark.parametrize("state", State)
def test_nothing_comes_in_a_second_time_and_each_refusal_says_why(state):
    verdict = can_move(Submission(tenant_id=1, state=state), State.RECEIVED)
    assert not verdict
    assert str(verdict.reason)


def test_the_path_of_the_field_can_be_walked_step_by_step():
    path = [State.RECEIVED, State.ACKNOWLEDGED, State.TRIAGED, State.ASSIGNED, State.ANSWERED, State.PLANNED]
    path += [State.DONE, State.CLOSED]
    assert all(can_move(Submission(tenant_id=1, state=before), after) for before, after in itertools.pairwise(path))


def test_what_waits_and_what_was_decided_have_nothing_in_common():
    assert not set(WAITING) & set(DECIDED)
    assert set(OPEN_STATES) == set(WAITING) | set(DECIDED)


def test_every_state_has_words_and_a_tone():
    assert set(STATE_WORDS) == set(STATE_TONES) == set(State)
