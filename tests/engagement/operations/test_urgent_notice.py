"""A mail on the same day when somebody writes of danger, which does not tell when (R-E6, PRI-04)."""

from datetime import UTC, datetime, timedelta

import pytest

from core.models import OutboxMail
from engagement.models import Submission
from engagement.operations.feedback import add_to_feedback
from engagement.operations.triage import refer_urgent_submission
from engagement.operations.urgent_notice import has_urgent_news, write_urgent_notices
from tests.factories.engagement import make_public_partnership, make_submission, send
from tests.factories.partnerships import make_member, make_partner

WROTE = datetime(2026, 11, 23, 9, 40, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 10, 5, tzinfo=UTC)


@pytest.fixture
def orti(space, coordinator):
    return make_public_partnership(coordinator=coordinator)


def test_danger_is_mailed_once_when_the_hour_is_over_and_no_words_are_told(orti, coordinator):
    make_submission(orti, "There is violence", now=WROTE)
    make_submission(orti, "A bench", now=WROTE)
    assert not has_urgent_news(now=WROTE + timedelta(minutes=10))
    assert write_urgent_notices(now=WROTE + timedelta(minutes=10)) == 0
    assert has_urgent_news(now=LATER)
    assert write_urgent_notices(now=LATER) == 1
    assert write_urgent_notices(now=LATER + timedelta(hours=1)) == 0
    mail = OutboxMail.objects.get()
    assert mail.to == coordinator.email
    assert ("urgent=1" in mail.text, "violence." in mail.text, "There is violence" in mail.text) == (True, True, False)
    assert str(Submission.objects.get(text="There is violence").pk) not in mail.text + mail.dedup_key
    assert write_urgent_notices(now=LATER + timedelta(days=2)) == 0


def test_what_was_taken_up_is_not_mailed_and_danger_added_later_is(orti, coordinator):
    submission = make_submission(orti, "There is violence", now=WROTE)
    refer_urgent_submission(submission=submission, to="112", by=coordinator)
    assert not has_urgent_news(now=LATER)
    code = send(orti, "A bench", now=WROTE - timedelta(days=5)).code
    add_to_feedback(code=code, text="Now there is a fire", asked_from="10.0.0.0/24", now=WROTE)
    assert write_urgent_notices(now=LATER) == 1


def test_people_a_complaint_is_about_are_not_mailed(orti, coordinator):
    member = make_member(orti, "Riva", state="member")
    theirs = make_partner(member)
    make_submission(orti, "They threaten me", now=WROTE, about_member=member)
    write_urgent_notices(now=LATER)
    assert not OutboxMail.objects.filter(to=theirs.email).exists()
    assert OutboxMail.objects.get().to == coordinator.email
