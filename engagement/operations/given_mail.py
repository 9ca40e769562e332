"""Telling somebody that a resident's message was given to them."""

from django.utils import timezone

from core.models import User
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.web.space import absolute, space_url
from engagement.models import Submission

KIND = "submission_given"


def write_given_mail(submission: Submission, *, to: User, by: User) -> None:
    """One mail a day and partnership with the way to what is in their hands; nothing of the message stands in it."""
    write_mail(
        to=to.email,
        kind=KIND,
        dedup_key=f"{KIND}:{to.pk}:{submission.partnership_id}:{timezone.localdate()}",
        language=to.language or tenant_at_work().default_language,
        template=KIND,
        context={
            "name": str(to),
            "by": str(by),
            "partnership": submission.partnership,
            "url": absolute(f"{space_url('inbox')}?who=me"),
        },
    )
