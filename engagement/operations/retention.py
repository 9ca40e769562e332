"""Forgetting addresses in time (R-E11, PRI-10)."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.rules.retention import Keeping
from engagement.models import Submission
from engagement.operations.resident_mail import forget_mails_about
from engagement.rules.notice import CONTACT_DAYS


def due_contacts(last_day: date) -> int:
    """How many messages closed by a day still have an address."""
    return _due(last_day).count()


@transaction.atomic
def forget_contacts(last_day: date) -> int:
    """Delete the addresses of messages closed by a day, and empty the mails sent to them.

    Safe to run at any time; returns how many addresses went.
    """
    submissions = list(_due(last_day).select_for_update().order_by("pk"))
    if submissions:
        forget_mails_about(submissions)
        Submission.objects.filter(pk__in=[submission.pk for submission in submissions]).update(contact_email="")
    return len(submissions)


def _due(last_day: date) -> QuerySet[Submission]:
    return Submission.objects.filter(closed_on__lte=last_day).exclude(contact_email="")


RESIDENT_CONTACT = Keeping(
    code="resident_contact",
    label=_("Residents' addresses"),
    clock=_("Counted from the day their message was closed"),
    effect=_("Then the address and the mails sent to it are emptied; the message stays without a name"),
    default_days=CONTACT_DAYS,
    least_days=1,
    due=due_contacts,
    forget=forget_contacts,
)
