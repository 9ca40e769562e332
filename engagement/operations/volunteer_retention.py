"""Forgetting who volunteered, some time after they left, and the words of settled concerns (R-V8, R-D6)."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.rules.retention import Keeping
from engagement.models import SafeguardingConcern, Volunteer, VolunteerCertificate
from engagement.operations.volunteer_mail import forget_mails_to
from engagement.rules.volunteer_notice import NOTHING_KNOWN, VOLUNTEER, VOLUNTEER_DAYS
from stakeholders.personal_data.records import forget_bytes


def due_volunteers(last_day: date) -> int:
    """How many who left by a day are still named."""
    return _due(last_day).count()


@transaction.atomic
def forget_volunteers(last_day: date) -> int:
    """Empty the files of those who left by a day, with their mails and documents; confirmed hours stay without a name.

    Lines of the register of the law stay (domain 12.6). Safe to run twice; returns how many were emptied.
    """
    volunteers = list(_due(last_day).select_for_update().order_by("pk"))
    if volunteers:
        forget_mails_to(volunteers)
        keys = [volunteer.pk for volunteer in volunteers]
        certificates = VolunteerCertificate.objects.filter(volunteer__in=keys, pdf__isnull=False).select_related("pdf")
        for certificate in certificates:
            stored, certificate.pdf = certificate.pdf, None
            certificate.save(update_fields=["pdf"])
            forget_bytes(stored)
            stored.delete()
        Volunteer.objects.filter(pk__in=keys).update(**NOTHING_KNOWN)
    return len(volunteers)


def _due(last_day: date) -> QuerySet[Volunteer]:
    return Volunteer.objects.filter(left_on__lte=last_day).exclude(name="", email="")


def due_concerns(last_day: date) -> int:
    """How many concerns closed by a day still hold words."""
    return _old_concerns(last_day).count()


def forget_concerns(last_day: date) -> int:
    """Destroy the words; code, state and days stay."""
    return _old_concerns(last_day).update(sealed_words=b"")


def _old_concerns(last_day: date) -> QuerySet[SafeguardingConcern]:
    return SafeguardingConcern.objects.filter(closed_on__lte=last_day).exclude(sealed_words=b"")


VOLUNTEER_FILES = Keeping(
    code=VOLUNTEER,
    label=_("Volunteers' files"),
    clock=_("Counted from the day they left"),
    effect=_("Then name, contact, checks and documents go; confirmed hours stay without a name"),
    default_days=VOLUNTEER_DAYS,
    least_days=30,
    due=due_volunteers,
    forget=forget_volunteers,
    why_least=_("At least thirty days: hours are still confirmed and costs refunded."),
)
CONCERNS = Keeping(
    code="concern",
    label=_("Worries about people's safety"),
    clock=_("Counted from the day they were settled"),
    effect=_("Then the words go; code and days stay"),
    default_days=VOLUNTEER_DAYS,
    least_days=0,
    due=due_concerns,
    forget=forget_concerns,
)
