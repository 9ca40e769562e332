"""Residents who wait too long and shifts that stay empty, on both sides of what is too much."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engagement.models import Shift, Submission, Volunteer, VolunteerSignup
from engagement.queries.signal import RESIDENTS_WAITING, SHIFTS_EMPTY, empty_shifts, waiting_residents
from tests.factories.activities import make_work
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


def shift(work, days, *, state="accepted", **fields):
    starts = datetime(2026, 11, 27, 15, tzinfo=UTC) + timedelta(days=days)
    made = Shift.objects.create(opportunity=work, starts_at=starts, ends_at=starts + timedelta(hours=2), **fields)
    if state:
        volunteer = Volunteer.objects.create(
            partnership=work.partnership, name="Ada", language="en", notice_version=1, signed_up_hour=starts
        )
        VolunteerSignup.objects.create(shift=made, volunteer=volunteer, position=1, state=state)


def test_shifts_stay_empty_below_sixty_per_cent_of_three(partnership):
    work = make_work(partnership)
    shift(work, -10)
    shift(work, -5, state="no_show")
    shift(work, -90, state="")
    shift(work, 20, state="")
    shift(work, 3, state="", cancelled_reason="Rain")
    assert list(empty_shifts([partnership], today=TODAY)) == []
    shift(work, 5, capacity_min=2)
    [found] = empty_shifts([partnership], today=TODAY)
    assert found.facts == {"filled": 1, "shifts": 3, "percent": 67}
    assert SHIFTS_EMPTY.sentence(found.facts, "") == "1 of 3 shifts have as many volunteers as they need."
    shift(work, 1, state="confirmed")
    shift(work, 2, state="attended")
    assert list(empty_shifts([partnership], today=TODAY)) == []
