"""Writing mails into the outbox and sending what is due."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.template import Context, engines
from django.template.loader import render_to_string
from django.utils import timezone, translation

from core.models import OutboxMail
from core.rules.text import header_safe
from core.tenancy.keys import new_id

BATCH = 50
LEASE = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(hours=24)
log = structlog.get_logger("telaio.mail")


def write_mail(
    *,
    to: str,
    kind: str,
    dedup_key: str,
    language: str,
    template: str,
    context: dict[str, object],
    unsubscribe_url: str = "",
    bulk: bool = False,
    send_after: datetime | None = None,
) -> OutboxMail | None:
    """Put one mail into the outbox of the tenant at work; None when this ``dedup_key`` was written before.

    ``mail/<template>.txt`` gives the subject in its first line, then the text; ``mail/<template>.html`` is optional
    and inherits the mail layout. The mail leaves after commit, from a worker.
    """
    with translation.override(language):
        # Plain text knows no entities: escaping would show them to the reader. Headers are made safe below.
        plain = engines["django"].engine.get_template(f"mail/{template}.txt").render(Context(context, autoescape=False))
        subject, _line, text = plain.lstrip().partition("\n")
        html = render_to_string(f"mail/{template}.html", {**context, "subject": subject, "unsubscribe_url": unsubscribe_url})
    host = urlsplit(settings.BASE_URL).hostname
    mail = OutboxMail(
        to=to,
        subject=header_safe(subject)[:200],
        text=text.strip() + "\n",
        html=html,
        language=language,
        kind=kind,
        unsubscribe_url=unsubscribe_url,
        dedup_key=dedup_key,
        message_id=f"<{new_id()}@{host}>",
        bulk=bulk,
        send_after=send_after or timezone.now(),
    )
    written = OutboxMail.objects.bulk_create([mail], ignore_conflicts=True)
    return written[0] if OutboxMail.objects.filter(pk=mail.pk).exists() else None


def claim_mails(*, now: datetime, limit: int = BATCH) -> list[OutboxMail]:
    """Take up to ``limit`` due mails with a lease; other senders skip them until it ends."""
    due = (
        OutboxMail.objects.select_for_update(skip_locked=True)
        .filter(state=OutboxMail.State.WAITING, send_after__lte=now)
        .exclude(lease_until__gt=now)
        .order_by("send_after")[:limit]
    )
    mails = list(due)
    OutboxMail.objects.filter(pk__in=[mail.pk for mail in mails]).update(lease_until=now + LEASE)
    return mails


def send_one(mail: OutboxMail, *, connection: BaseEmailBackend, now: datetime) -> bool:
    """Send a claimed mail and store the outcome; a refusal is tried again with growing pauses for a day.

    The row is committed right after the server's answer, so a duplicate is possible only in that instant; it would
    carry the same Message-ID.
    """
    try:
        # An open connection is reused by the next mail; a failed one is opened anew.
        connection.open()
        connection.send_messages([message_for(mail)])
    except Exception as error:  # noqa: BLE001 - one bad address or server answer must not stop the others
        _store_failure(mail, error, now=now)
        return False
    OutboxMail.objects.filter(pk=mail.pk).update(state=OutboxMail.State.SENT, sent_at=now, lease_until=None, error="")
    return True


def message_for(mail: OutboxMail) -> EmailMultiAlternatives:
    """The mail as it is handed to the server, with a way to stop it in one click (RFC 8058)."""
    headers = {"Message-ID": mail.message_id, "Content-Language": mail.language}
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def mailer_for(mail: OutboxMail) -> BaseEmailBackend:
    """The mailer of a mail's kind: bulk mail has its own server or rate."""
    return mailers["bulk" if mail.bulk else "default"]


def _store_failure(mail: OutboxMail, error: Exception, *, now: datetime) -> None:
    attempts = mail.attempts + 1
    dead = now - mail.created_at > GIVE_UP_AFTER
    pause = min(timedelta(minutes=2**attempts), timedelta(hours=4))
    OutboxMail.objects.filter(pk=mail.pk).update(
        state=OutboxMail.State.DEAD if dead else OutboxMail.State.WAITING,
        attempts=attempts,
        send_after=now + pause,
        lease_until=None,
        error=type(error).__name__[:200],
    )
    log.warning("mail_failed", kind=mail.kind, attempts=attempts, error=type(error).__name__, dead=dead)
