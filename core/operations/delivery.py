"""Emptying a tenant's outbox: claim a batch, send over one connection, store each outcome at once."""

import smtplib
from contextlib import suppress

from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from core.models import OutboxMail
from core.operations.mail import (
    claim_mails,
    mailer_for,
    may_send,
    message_for,
    release_mails,
    store_failure,
    store_sent,
)
from core.tenancy.context import tenant_scope


class ServerAwayError(Exception):
    """The mail server does not answer; the rest of the batch would only wait for it, too."""


def deliver_due(tenant_id: int, *, most: int = 500) -> int:
    """Send what is due in one tenant, at most ``most`` mails; returns how many the server took.

    Any number of senders may run at once. Killed half-way, unsent mails are claimed again when their lease ends.
    """
    sent = handled = 0
    while handled < most:
        with tenant_scope(tenant_id):
            mails = claim_mails(now=timezone.now())
        handled += len(mails)
        taken, is_away = _send_all(tenant_id, mails)
        sent += taken
        if not mails or is_away:
            break
    return sent


def _send_all(tenant_id: int, mails: list[OutboxMail]) -> tuple[int, bool]:
    sent, is_away = 0, False
    for bulk in (False, True):
        batch = [mail for mail in mails if mail.bulk == bulk]
        if not batch:
            continue
        connection = mailer_for(bulk=bulk)
        try:
            while batch:
                sent += _send_one(tenant_id, batch.pop(0), connection)
        except ServerAwayError:
            is_away = True
            with tenant_scope(tenant_id):
                release_mails(batch)
        finally:
            # Saying goodbye to a server that is gone fails again, and matters no more.
            with suppress(OSError):
                connection.close()
    return sent, is_away


def _send_one(tenant_id: int, mail: OutboxMail, connection: BaseEmailBackend) -> bool:
    """Send one claimed mail outside any transaction and store the outcome right after the server's answer.

    A duplicate is possible only between that answer and the commit; it would carry the same Message-ID.
    """
    with tenant_scope(tenant_id):
        if not may_send(mail, now=timezone.now()):
            return False
    try:
        # An open connection is used again; one that broke is opened anew.
        connection.open()
        connection.send_messages([message_for(mail)])
    except Exception as error:  # one bad address or answer must not stop the others
        with tenant_scope(tenant_id):
            store_failure(mail, error, now=timezone.now())
        if _is_away(error):
            raise ServerAwayError from error
        return False
    with tenant_scope(tenant_id):
        store_sent(mail, now=timezone.now())
    return True


def _is_away(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPServerDisconnected | smtplib.SMTPConnectError):
        return True
    return isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException)
