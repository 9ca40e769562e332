"""Writing mails into the outbox, and what becomes of them there."""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from email.message import MIMEPart
from typing import Any, NotRequired, TypedDict, Unpack
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.models import OutboxMail, User
from core.operations.audit import record
from core.queries.tenant import tenant_at_work
from core.rules.parts import with_parts_marked
from core.rules.phrases import phrases_spoken, speaking
from core.rules.text import header_safe
from core.tenancy.keys import new_id

BATCH = 50
LEASE = timedelta(minutes=5)
# With pauses of 2, 4, 8 ... minutes up to four hours, twelve attempts fill a day.
LONGEST_PAUSE = timedelta(hours=4)
MOST_ATTEMPTS = 12
log = structlog.get_logger("telaio.mail")

StillWanted = Callable[[OutboxMail], bool]
_checks: dict[str, StillWanted] = {}


def register_mail_check(kind: str, still_wanted: StillWanted) -> None:
    """Ask ``still_wanted`` right before a mail of this kind leaves; on False it is dropped (TSK-07)."""
    _checks[kind] = still_wanted


class MailTerms(TypedDict):
    """To whom a mail goes, what it says, and by which key it is known to have been written.

    ``mail/<template>.txt`` gives the subject in its first line, then the text, and is not escaped;
    ``mail/<template>.html`` is optional and inherits the mail layout. Both know ``space_name`` and
    ``unsubscribe_url``. ``calendar`` is an invitation as ``core.documents.calendar`` writes it.
    """

    to: str
    kind: str
    dedup_key: str
    language: str
    template: str
    context: dict[str, Any]
    unsubscribe_url: NotRequired[str]
    calendar: NotRequired[str]
    bulk: NotRequired[bool]
    send_after: NotRequired[datetime | None]


def draft_mail(**terms: Unpack[MailTerms]) -> OutboxMail:
    """One mail of the tenant at work, worded but in no outbox before ``store_mails``.

    In a further language only where the caller writes in it already; what nobody translated is marked in its HTML.
    """
    unsubscribe_url, further = terms.get("unsubscribe_url", ""), phrases_spoken()
    said: dict[str, Any] = {
        "template": terms["template"],
        "context": terms["context"],
        "unsubscribe_url": unsubscribe_url,
    }
    if further and further.code == terms["language"]:
        subject, text, html = worded(**said)
        html = with_parts_marked(html, further)
    else:
        with speaking(None), translation.override(terms["language"]):
            subject, text, html = worded(**said)
    return OutboxMail(
        to=terms["to"],
        subject=subject,
        text=text,
        html=html,
        calendar=terms.get("calendar", ""),
        # A script is no part of what the column holds: zh for zh-hans.
        language=terms["language"].partition("-")[0],
        kind=terms["kind"],
        unsubscribe_url=unsubscribe_url,
        dedup_key=terms["dedup_key"],
        message_id=f"<{new_id()}@{urlsplit(settings.BASE_URL).hostname}>",
        bulk=terms.get("bulk", False),
        send_after=terms.get("send_after") or timezone.now(),
    )


def store_mails(mails: list[OutboxMail]) -> list[OutboxMail]:
    """Put drafted mails into the outbox; returns those whose ``dedup_key`` had not been written before.

    They leave after commit, from a worker.
    """
    OutboxMail.objects.bulk_create(mails, ignore_conflicts=True)
    stored = set(OutboxMail.objects.filter(pk__in=[mail.pk for mail in mails]).values_list("pk", flat=True))
    return [mail for mail in mails if mail.pk in stored]


def write_mail(**terms: Unpack[MailTerms]) -> OutboxMail | None:
    """Put one mail into the outbox of the tenant at work; None when this ``dedup_key`` was written before.

    The mail leaves after commit, from a worker.
    """
    stored = store_mails([draft_mail(**terms)])
    return stored[0] if stored else None


def worded(template: str, context: dict[str, Any], *, unsubscribe_url: str = "") -> tuple[str, str, str]:
    """Subject, text and HTML of a mail in the language at work; no HTML where there is no template for it."""
    context = {"space_name": tenant_at_work().name, "unsubscribe_url": unsubscribe_url, **context}
    plain: Any = get_template(f"mail/{template}.txt")
    whole = plain.template.render(Context(context, autoescape=False))
    subject, _line, text = whole.lstrip().partition("\n")
    subject, text, html = header_safe(subject), text.strip() + "\n", ""
    further = phrases_spoken()
    note = _("A machine helped to translate parts of this mail.") if further and further.is_machine_helped else ""
    with suppress(TemplateDoesNotExist):
        html = render_to_string(f"mail/{template}.html", {**context, "subject": subject, "machine_note": note})
    return subject, f"{text}{note}\n" if note else text, html


def claim_mails(*, now: datetime, limit: int = BATCH) -> list[OutboxMail]:
    """Take up to ``limit`` due mails with a lease; other senders skip them until it ends."""
    due = (
        OutboxMail.objects.select_for_update(skip_locked=True)
        .filter(state=OutboxMail.State.WAITING, send_after__lte=now)
        .exclude(lease_until__gt=now)
        .order_by("send_after", "id")[:limit]
    )
    mails = list(due)
    for mail in mails:
        mail.lease_until = now + LEASE
    OutboxMail.objects.filter(pk__in=[mail.pk for mail in mails]).update(lease_until=now + LEASE)
    return mails


def may_send(mail: OutboxMail, *, now: datetime) -> bool:
    """Whether a claimed mail may leave now: still ours, still waiting, still wanted. Renews the lease.

    A mail nobody wants any more is dropped.
    """
    ours = OutboxMail.objects.filter(pk=mail.pk, state=OutboxMail.State.WAITING, lease_until=mail.lease_until)
    still_wanted = _checks.get(mail.kind)
    if still_wanted is not None and not still_wanted(mail):
        ours.update(state=OutboxMail.State.DROPPED, lease_until=None)
        return False
    mail.lease_until = now + LEASE
    return bool(ours.update(lease_until=mail.lease_until))


def store_sent(mail: OutboxMail, *, now: datetime) -> None:
    """Write down that the server took a mail."""
    OutboxMail.objects.filter(pk=mail.pk).update(state=OutboxMail.State.SENT, sent_at=now, lease_until=None, error="")


def store_failure(mail: OutboxMail, error: Exception, *, now: datetime) -> None:
    """After a refusal: try again with growing pauses, and give up after about a day."""
    attempts = mail.attempts + 1
    dead = attempts >= MOST_ATTEMPTS
    OutboxMail.objects.filter(pk=mail.pk).update(
        state=OutboxMail.State.DEAD if dead else OutboxMail.State.WAITING,
        attempts=attempts,
        send_after=now + min(timedelta(minutes=2**attempts), LONGEST_PAUSE),
        lease_until=None,
        error=type(error).__name__[:200],
    )
    log.warning("mail_failed", kind=mail.kind, attempts=attempts, error=type(error).__name__, dead=dead)


def release_mails(mails: Iterable[OutboxMail]) -> None:
    """Give claimed mails back untried."""
    waiting = OutboxMail.objects.filter(pk__in=[mail.pk for mail in mails], state=OutboxMail.State.WAITING)
    waiting.update(lease_until=None)


@transaction.atomic
def send_again(*, mail: OutboxMail, by: User) -> None:
    """Try a mail that was given up from the start; changes nothing for any other mail."""
    dead = OutboxMail.objects.filter(pk=mail.pk, state=OutboxMail.State.DEAD)
    if dead.update(state=OutboxMail.State.WAITING, attempts=0, send_after=timezone.now(), error=""):
        record("mail.sent_again", mail, by=by)


def message_for(mail: OutboxMail) -> EmailMultiAlternatives:
    """The mail as it is handed to the server, with a way to stop it in one click (RFC 8058)."""
    headers = {"Message-ID": mail.message_id, "Content-Language": mail.language}
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        message.attach(_invitation(mail.calendar))
    return message


def _invitation(calendar: str) -> MIMEPart:
    part = MIMEPart()
    method = re.search(r"^METHOD:(\w+)\r?$", calendar, re.MULTILINE)
    part.set_content(calendar, subtype="calendar", params={"method": method[1]} if method else {})
    part.add_header("Content-Disposition", "attachment", filename="invite.ics")
    return part


def mailer_for(*, bulk: bool) -> BaseEmailBackend:
    """The mailer of a kind of mail: bulk mail has its own server or rate."""
    return mailers["bulk" if bulk else "default"]
