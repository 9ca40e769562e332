"""Mails to residents who left an address: written with an answer, forgotten with the address."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from core.models import OutboxMail, User
from core.operations.link import make_link
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.web.space import absolute, space_url
from engagement.models import Submission, SubmissionReply
from engagement.queries.public_phrase import address_in, read_in, written_language
from engagement.rules.notice import contact_days_of

KIND = "resident_reply"
STOP_PURPOSE = "feedback_contact"
STOP_LINK_LASTS = timedelta(days=365)


def write_reply_mail(reply: SubmissionReply, *, by: User | None) -> None:
    """Mail an answer to the address the person left, in the language they wrote in; nothing without an address."""
    submission = reply.submission
    if not submission.contact_email:
        return
    _link, token = make_link(purpose=STOP_PURPOSE, subject_id=submission.pk, lasts=STOP_LINK_LASTS, by=by)
    stop_url = address_in(submission.language, absolute(space_url("feedback_contact_stop", token=token)))
    with read_in(submission.language, submission.partnership.slug):
        write_mail(
            to=submission.contact_email,
            kind=KIND,
            dedup_key=_key_of(reply),
            language=written_language(submission.language),
            template=KIND,
            context=reply_context(reply, stop_url=stop_url),
            unsubscribe_url=stop_url,
        )


def reply_context(reply: SubmissionReply, *, stop_url: str) -> dict[str, Any]:
    """What the mail with an answer says."""
    submission, tenant = reply.submission, tenant_at_work()
    return {
        "space": tenant,
        "partnership": submission.partnership,
        "submission": submission,
        "reply": reply,
        "follow_url": address_in(submission.language, absolute(space_url("feedback_status"))),
        "stop_url": stop_url,
        "contact_days": contact_days_of(tenant.retention_days),
    }


def forget_mails_about(submissions: Iterable[Submission]) -> None:
    """Empty address and text of every mail about some messages; those not sent yet never leave (TSK-07)."""
    replies = SubmissionReply.objects.filter(submission__in=list(submissions))
    mails = OutboxMail.objects.filter(kind=KIND, dedup_key__in=[_key_of(reply) for reply in replies])
    mails.filter(state=OutboxMail.State.WAITING).update(state=OutboxMail.State.DROPPED)
    mails.update(to="", text="", html="")


def _key_of(reply: SubmissionReply) -> str:
    return f"{KIND}:{reply.pk}"
