"""Messages by telephone, on paper and at a meeting."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from core.models import AuditEvent
from engagement.models import Submission
from engagement.operations.feedback import FeedbackRefusedError, follow_feedback
from engagement.operations.told_message import enter_told_message
from tests.factories.engagement import make_public_partnership

TODAY = date(2026, 11, 23)
TOLD = {
    "channel": "phone",
    "category": "need",
    "text": "A bench",
    "language": "it",
    "told_on": TODAY - timedelta(days=3),
}


@pytest.fixture
def orti(space):
    return make_public_partnership()


def test_told_message_counts_from_the_day_it_was_told_and_has_a_code(orti, coordinator):
    sent = enter_told_message(partnership=orti, by=coordinator, today=TODAY, **TOLD)
    kept = Submission.objects.get()
    assert (kept.channel, kept.state, kept.received_hour.date()) == ("phone", "received", date(2026, 11, 20))
    assert follow_feedback(code=sent.code, asked_from="x") == kept


def test_history_says_that_a_message_was_entered_and_not_which(orti, coordinator):
    enter_told_message(partnership=orti, by=coordinator, today=TODAY, **TOLD)
    event = AuditEvent.objects.get(verb="partnership.message_entered")
    assert (event.subject_id, event.changes) == (orti.pk, {"channel": "phone"})
    assert not AuditEvent.objects.filter(subject_id=Submission.objects.get().pk).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "web"},
        {"told_on": TODAY + timedelta(days=1)},
        {"told_on": TODAY - timedelta(days=367)},
        {"text": "x" * 2001},
        {"contact_email": "nobody"},
    ],
)
def test_told_message_that_cannot_be_is_refused(orti, coordinator, wrong):
    with pytest.raises(ValidationError):
        enter_told_message(partnership=orti, by=coordinator, today=TODAY, **{**TOLD, **wrong})
    assert not Submission.objects.exists()


def test_partnership_that_ended_takes_none(orti, coordinator):
    orti.state = "closed"
    with pytest.raises(FeedbackRefusedError):
        enter_told_message(partnership=orti, by=coordinator, today=TODAY, **TOLD)
