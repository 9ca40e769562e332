from datetime import date

import pytest

from core.models import AuditEvent, OutboxMail
from core.operations.retention import run_retention
from engagement.models import Submission
from engagement.operations.submission import close_submission, reply_to_submission
from tests.factories.engagement import make_public_partnership, make_submission

CLOSED = date(2026, 3, 1)


@pytest.fixture
def closed(space, coordinator):
    submission = make_submission(make_public_partnership(), contact_email="anna@example.org")
    reply_to_submission(submission=submission, text="Dear Anna", by=coordinator)
    return close_submission(submission=submission, by=coordinator, today=CLOSED)


@pytest.mark.parametrize(("today", "gone"), [(date(2026, 5, 29), 0), (date(2026, 5, 30), 1), (date(2027, 1, 1), 1)])
def test_address_goes_ninety_days_after_closing_and_not_a_day_before(closed, today, gone):
    assert run_retention(today=today).get("resident_contact", 0) == gone
    closed.refresh_from_db()
    assert (closed.contact_email == "") == bool(gone)
    assert OutboxMail.objects.filter(to="anna@example.org").exists() != bool(gone)


def test_tenant_sets_its_own_time(closed, space):
    space.retention_days["resident_contact"] = 10
    space.save()
    from core.queries.tenant import remember_tenant

    remember_tenant(None)
    assert run_retention(today=date(2026, 3, 11)) == {"resident_contact": 1}


def test_second_run_changes_nothing(closed):
    run_retention(today=date(2026, 6, 1))
    assert run_retention(today=date(2026, 6, 1)) == {}
    told = AuditEvent.objects.get(verb="retention.run").changes
    assert told == {"today": "2026-06-01", "resident_contact": 1}


def test_address_of_an_open_message_stays(space):
    make_submission(make_public_partnership(), contact_email="anna@example.org")
    assert "resident_contact" not in run_retention(today=date(2099, 1, 1))
    assert Submission.objects.get().contact_email
