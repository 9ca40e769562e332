"""Forgetting addresses in time (R-E11, PRI-10)."""

from datetime import date, timedelta

from django.db import transaction

from core.operations.audit import record
from core.queries.tenant import root_scope, tenant_at_work
from engagement.models import Submission
from engagement.operations.resident_mail import forget_mails_about
from engagement.rules.notice import contact_days_of


@transaction.atomic
def forget_contacts(*, today: date) -> int:
    """Delete the addresses of messages closed long enough ago, and empty the mails sent to them.

    ``retention_days["resident_contact"]`` of the tenant at work says how long (default 90). Safe to run at any time;
    returns how many addresses went.
    """
    last_day = today - timedelta(days=contact_days_of(tenant_at_work().retention_days))
    due = Submission.objects.select_for_update().filter(closed_on__lte=last_day).exclude(contact_email="")
    submissions = list(due.order_by("pk"))
    if not submissions:
        return 0
    forget_mails_about(submissions)
    Submission.objects.filter(pk__in=[submission.pk for submission in submissions]).update(contact_email="")
    record("submission.contacts_forgotten", root_scope(), by=None, changes={"count": len(submissions)})
    return len(submissions)
