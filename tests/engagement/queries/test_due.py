"""Reminders of what residents wait for (R-E6, R-E8, R-E13)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from engagement.models import Submission
from engagement.operations.triage import assign_submission
from engagement.operations.volunteer import accept_signup
from engagement.queries.due import message_due_items, theme_due_items
from engagement.queries.volunteer_due import signup_due_items
from partnerships.queries.due import Step
from stakeholders.models import Affiliation
from tests.factories.activities import make_shift, make_signup, publish
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership, make_submission, make_theme
from tests.factories.partnerships import make_member, make_partner, make_person

# A Monday: the answer is due on Monday the 7th of December, and three days before is Friday the 4th.
RECEIVED = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def orti(space, coordinator):
    return make_public_partnership(coordinator=coordinator)


@pytest.fixture
def message(orti):
    return make_submission(orti, "A bench", now=RECEIVED)


@pytest.mark.parametrize(("day", "reminded"), [(3, False), (4, True), (7, True), (20, True)])
def test_reminder_comes_three_days_before_the_answer_is_due(message, coordinator, day, reminded):
    items = message_due_items(today=date(2026, 12, day))
    expected = [(coordinator.pk, Step.RESIDENT, date(2026, 12, 7))] if reminded else []
    assert [(item.person_id, item.step, item.due_on) for item in items] == expected


def test_danger_is_reminded_of_at_once(orti, coordinator):
    make_submission(orti, "There is violence", now=RECEIVED)
    (item,) = message_due_items(today=RECEIVED.date())
    assert (item.person_id, item.step) == (coordinator.pk, Step.RESIDENT_URGENT)
    Submission.objects.update(wants_reply=False)
    assert [one.step for one in message_due_items(today=RECEIVED.date())] == [Step.RESIDENT_URGENT]


@pytest.mark.parametrize("change", [{"state": "answered"}, {"wants_reply": False}, {"state": "spam"}])
def test_what_needs_no_answer_is_not_reminded_of(message, change):
    Submission.objects.update(**change)
    assert message_due_items(today=date(2026, 12, 20)) == []


def test_whoever_has_it_in_hand_is_reminded_alone(orti, message, coordinator):
    lead = make_partner(make_member(orti, "Riva", state="member"))
    assign_submission(submission=message, to=lead, by=coordinator)
    (item,) = message_due_items(today=date(2026, 12, 7))
    assert item.person_id != coordinator.pk
    assert "bench" not in item.title


def test_complaint_never_reminds_people_of_whom_it_is_about(orti, coordinator, admin):
    member = make_member(orti, "Riva", state="member")
    person = make_person("Giulia", coordinator.email, user=coordinator)
    Affiliation.objects.create(person=person, organisation=member.organisation)
    make_submission(orti, "They shout", about_member=member, now=RECEIVED)
    items = message_due_items(today=date(2026, 12, 7))
    assert [item.person_id for item in items] == [admin.pk]


def test_promise_whose_day_is_over_reminds_until_it_is_worded_anew(orti, coordinator):
    theme = make_theme(orti, outcome="planned", outcome_on=date(2026, 11, 22), published_on=date(2026, 11, 1))
    (item,) = theme_due_items(today=date(2026, 11, 23))
    assert (item.item_id, item.person_id, item.step) == (theme.pk, coordinator.pk, Step.THEME)
    assert theme_due_items(today=date(2026, 11, 22)) == []


def test_neighbours_messages_remind_nobody_here(orti, in_neighbour):
    in_neighbour(lambda: make_submission(make_public_partnership("orti"), now=RECEIVED))
    make_user("x@borgo.example")
    assert message_due_items(today=date(2026, 12, 20)) == []


def test_whoever_offered_time_and_waits_is_told_to_coordination_until_answered(orti, coordinator):
    shift = make_shift(publish(orti, coordinator), coordinator)
    asking = make_signup(shift)
    (item,) = signup_due_items(today=timezone.localdate())
    assert (item.person_id, item.step, item.due_on) == (
        coordinator.pk, Step.VOLUNTEER, timezone.localdate(shift.starts_at)
    )  # fmt: skip
    assert item.title.startswith("1 volunteer waits")
    assert asking.volunteer.name not in item.title
    assert signup_due_items(today=timezone.localdate(shift.starts_at) + timedelta(days=1)) == []
    accept_signup(signup=asking, by=coordinator)
    assert signup_due_items(today=timezone.localdate()) == []
