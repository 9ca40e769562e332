from datetime import UTC, date, datetime

import pytest

from engagement.models import Submission
from engagement.rules.submission import (
    STATE_TONES,
    STATE_WORDS,
    answer_due_on,
    can_close,
    can_mark_spam,
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
    ("state", "late"), [(State.RECEIVED, True), (State.READ, True), (State.ANSWERED, False), (State.SPAM, False)]
)
def test_only_what_waits_is_late(state, late):
    submission = Submission(tenant_id=1, state=state, received_hour=datetime(2026, 11, 2, 10, tzinfo=UTC))
    assert is_answer_late(submission, today=date(2026, 11, 17)) is late
    assert is_answer_late(submission, today=date(2026, 11, 16)) is False


def test_same_words_have_one_key_whatever_their_dress():
    assert key_of_text("Il parco è BUIO!") == key_of_text(" il parco e buio ")
    assert key_of_text("Il parco è buio") != key_of_text("Il parco è bello")
    assert key_of_text("???") != key_of_text("!!!")
    assert key_of_text("") == ""


ALLOWED = {
    can_read: {State.RECEIVED},
    can_reply: {State.RECEIVED, State.READ, State.ANSWERED},
    can_mark_spam: {State.RECEIVED, State.READ, State.ANSWERED},
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
        (State.READ, True, True),
        (State.READ, False, False),
        (State.RECEIVED, False, False),
        (State.CLOSED, True, False),
        (State.WITHDRAWN, True, False),
    ],
)
def test_only_what_was_answered_is_closed(state, in_public, allowed):
    assert bool(can_close(Submission(tenant_id=1, state=state), is_answered_in_public=in_public)) is allowed


def test_every_state_has_words_and_a_tone():
    assert set(STATE_WORDS) == set(STATE_TONES) == set(State)
