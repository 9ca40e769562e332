"""Residents who wait too long, on both sides of a fifth and of ten working days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engagement.models import Submission
from engagement.queries.signal import RESIDENTS_WAITING, waiting_residents
from tests.factories.engagement import make_public_partnership, make_submission

# A Friday; what came in on Thursday the 12th should have been answered by Thursday the 26th.
TODAY = date(2026, 11, 27)
LAST_LATE = datetime(2026, 11, 12, 9, tzinfo=UTC)


@pytest.fixture
def partnership(space):
    return make_public_partnership("own")


def received(partnership, moment, *, state="received"):
    submission = make_submission(partnership)
    Submission.objects.filter(pk=submission.pk).update(received_hour=moment, state=state)
    return submission


def facts(partnership, today=TODAY):
    return [one.facts for one in waiting_residents([partnership], today=today)]


def test_too_many_wait_above_a_fifth(partnership):
    received(partnership, LAST_LATE)
    for _number in range(4):
        received(partnership, LAST_LATE, state="answered")
    assert facts(partnership) == []
    received(partnership, LAST_LATE, state="triaged")
    assert facts(partnership) == [{"overdue": 2, "due": 6, "percent": 33}]
    assert "2 of 6 messages" in RESIDENTS_WAITING.sentence(facts(partnership)[0], "")


def test_nobody_waits_too_long_within_ten_working_days(partnership):
    received(partnership, LAST_LATE + timedelta(days=1))
    assert facts(partnership) == []
    assert facts(partnership, TODAY + timedelta(days=3)) == [{"overdue": 1, "due": 1, "percent": 100}]


def test_old_answers_count_no_more_but_old_messages_that_wait_do(partnership):
    for _number in range(9):
        received(partnership, LAST_LATE - timedelta(days=100), state="answered")
    received(partnership, LAST_LATE - timedelta(days=100))
    assert facts(partnership) == [{"overdue": 1, "due": 1, "percent": 100}]


def test_what_is_no_message_or_said_twice_does_not_wait(partnership):
    first = received(partnership, LAST_LATE, state="answered")
    received(partnership, LAST_LATE, state="spam")
    second = received(partnership, LAST_LATE)
    Submission.objects.filter(pk=second.pk).update(duplicate_of=first)
    assert facts(partnership) == []


def test_rule_is_one_statement(partnership, django_assert_num_queries):
    other = make_public_partnership("other")
    received(partnership, LAST_LATE)
    received(other, LAST_LATE)
    with django_assert_num_queries(1):
        assert len(list(waiting_residents([partnership, other], today=TODAY))) == 2
