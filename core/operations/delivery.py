"""Emptying a tenant's outbox: claim a batch, send over one connection, store each outcome at once."""

from django.utils import timezone

from core.models import OutboxMail
from core.operations.mail import claim_mails, mailer_for, send_one
from core.tenancy.context import tenant_scope


def deliver_due(tenant_id: int, *, most: int = 500) -> int:
    """Send what is due in one tenant, at most ``most`` mails; returns how many the server took.

    Any number of senders may run at once. Killed half-way, unsent mails are claimed again when their lease ends.
    """
    sent = handled = 0
    while handled < most:
        with tenant_scope(tenant_id):
            mails = claim_mails(now=timezone.now())
        if not mails:
            break
        handled += len(mails)
        for bulk in (False, True):
            sent += _send_batch(tenant_id, [mail for mail in mails if mail.bulk == bulk])
    return sent


def _send_batch(tenant_id: int, mails: list[OutboxMail]) -> int:
    if not mails:
        return 0
    sent = 0
    connection = mailer_for(mails[0])
    try:
        for mail in mails:
            with tenant_scope(tenant_id):
                sent += send_one(mail, connection=connection, now=timezone.now())
    finally:
        connection.close()
    return sent
