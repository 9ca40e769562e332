"""By hand what beat and the workers do."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from core.jobs import daily, enqueue
from core.models import Job, OutboxMail
from core.tenancy.context import tenant_scope
from tests.core.conftest import outside_any_tenant


def deliver(*arguments: str) -> str:
    """One round, with what it printed."""
    out = StringIO()
    outside_any_tenant(lambda: call_command("deliver_due", "--once", *arguments, stdout=out))
    return out.getvalue()


@pytest.fixture
def waiting(space: Any) -> OutboxMail:
    """A mail that is due, and beside it a job."""
    from django.utils import timezone

    enqueue(daily.JOB, today=date(2026, 11, 2))
    return OutboxMail.objects.create(
        to="anna@casa.example",
        subject="Your tasks",
        text="Two.",
        kind="digest",
        dedup_key="one",
        message_id="<one@telaio.example>",
        send_after=timezone.now(),
    )


def test_deliver_due_runs_jobs_and_sends_mail_of_every_tenant(waiting: OutboxMail, neighbour: Any) -> None:
    assert deliver("--today", "2026-11-02") == "tenants=2 jobs=1 mails=1\n"

    waiting.refresh_from_db()
    assert waiting.state == OutboxMail.State.SENT
    assert [sent.to for sent in mail.outbox] == [["anna@casa.example"]]
    assert Job.objects.get().state == Job.State.DONE


def test_deliver_due_a_second_time_does_nothing_again(waiting: OutboxMail) -> None:
    deliver("--today", "2026-11-02")

    assert deliver("--today", "2026-11-02") == "tenants=2 jobs=0 mails=0\n"
    assert len(mail.outbox) == 1


def test_deliver_due_does_the_daily_work_of_the_day_named(space: Any, neighbour: Any) -> None:
    kept, daily._daily[:] = list(daily._daily), []
    days: list[date] = []
    daily.register_daily(lambda *, today: days.append(today))
    try:
        deliver("--today", "2026-02-28")
    finally:
        daily._daily[:] = kept

    assert days == [date(2026, 2, 28)] * 2


def test_deliver_due_passes_over_a_tenant_that_is_closed(waiting: OutboxMail, space: Any) -> None:
    space.is_active = False
    space.save()

    assert deliver() == "tenants=1 jobs=0 mails=0\n"
    with tenant_scope(space.pk):
        assert OutboxMail.objects.get().state == OutboxMail.State.WAITING
