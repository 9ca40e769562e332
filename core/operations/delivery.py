"""Emptying a tenant's outbox: claim a batch, send over one connection, store each outcome at once."""

import smtplib
from collections import deque
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
        batch = deque(mail for mail in mails if mail.bulk == bulk)
        if not batch:
            continue
        connection = mailer_for(bulk=bulk)
        try:
            taken, batch_is_away = _send_batch(tenant_id, batch, connection)
        finally:
            # Saying goodbye to a server that is gone fails again, and matters no more.
            with suppress(OSError):
                connection.close()
        sent, is_away = sent + taken, is_away or batch_is_away
    return sent, is_away


def _send_batch(tenant_id: int, batch: deque[OutboxMail], connection: BaseEmailBackend) -> tuple[int, bool]:
    """Send claimed mails one by one, each outside any transaction; how many were taken, and whether the server is away.

    That a mail was taken is stored right after the server's answer, in the transaction that checks the next. A sender
    that dies in between leaves one mail that is sent again, with the same Message-ID.
    """
    sent, taken = 0, None
    try:
        while batch:
            mail = batch.popleft()
            is_wanted = _store_and_check(tenant_id, taken, mail)
            taken = mail if is_wanted and _send_one(tenant_id, mail, connection) else None
            sent += taken is not None
    except ServerAwayError:
        with tenant_scope(tenant_id):
            release_mails(batch)
        return sent, True
    if taken:
        with tenant_scope(tenant_id):
            store_sent(taken, now=timezone.now())
    return sent, False


def _store_and_check(tenant_id: int, taken: OutboxMail | None, following: OutboxMail) -> bool:
    if taken is None:
        with tenant_scope(tenant_id):
            return may_send(following, now=timezone.now())
    try:
        with tenant_scope(tenant_id):
            store_sent(taken, now=timezone.now())
            return may_send(following, now=timezone.now())
    except Exception:
        # What is wrong with one mail must not send the one before it again.
        with tenant_scope(tenant_id):
            store_sent(taken, now=timezone.now())
        raise


def _send_one(tenant_id: int, mail: OutboxMail, connection: BaseEmailBackend) -> bool:
    """Whether the server took the mail; a refusal is stored. Raises ServerAwayError when it does not answer."""
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
    return True


def _is_away(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPServerDisconnected | smtplib.SMTPConnectError):
        return True
    return isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException)
