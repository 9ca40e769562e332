"""Mails to residents who left an address: written with an answer, forgotten with the address."""

from collections.abc import Iterable
from datetime import timedelta

from core.models import OutboxMail, User
from core.operations.link import make_link
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.web.space import absolute, space_url
from engagement.models import Submission, SubmissionReply
from engagement.rules.notice import contact_days_of

KIND = "resident_reply"
STOP_PURPOSE = "feedback_contact"
STOP_LINK_LASTS = timedelta(days=365)


def write_reply_mail(reply: SubmissionReply, *, by: User | None) -> None:
    """Mail an answer to the address the person left, in the language they wrote in; nothing without an address."""
    submission = reply.submission
    if not submission.contact_email:
        return
    tenant = tenant_at_work()
    _link, token = make_link(purpose=STOP_PURPOSE, subject_id=submission.pk, lasts=STOP_LINK_LASTS, by=by)
    stop_url = absolute(space_url("feedback_contact_stop", token=token))
    write_mail(
        to=submission.contact_email,
        kind=KIND,
        dedup_key=_key_of(reply),
        language=submission.language,
        template=KIND,
        context={
            "space": tenant,
            "partnership": submission.partnership,
            "submission": submission,
            "reply": reply,
            "follow_url": absolute(space_url("feedback_status")),
            "stop_url": stop_url,
            "contact_days": contact_days_of(tenant.retention_days),
        },
        unsubscribe_url=stop_url,
    )


def forget_mails_about(submissions: Iterable[Submission]) -> None:
    """Empty address and text of every mail about some messages; those not sent yet never leave (TSK-07)."""
    replies = SubmissionReply.objects.filter(submission__in=list(submissions))
    mails = OutboxMail.objects.filter(kind=KIND, dedup_key__in=[_key_of(reply) for reply in replies])
    mails.filter(state=OutboxMail.State.WAITING).update(state=OutboxMail.State.DROPPED)
    mails.update(to="", text="", html="")


def _key_of(reply: SubmissionReply) -> str:
    return f"{KIND}:{reply.pk}"
