"""Forgetting who came to an activity once its loop is closed (R-D6, PRI-10)."""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.rules.retention import Keeping
from engagement.models import ActivityRegistration, RegistrationNeed
from engagement.operations.activity_mail import forget_mails_to
from engagement.rules.activity_notice import ACTIVITY_CONTACT
from engagement.rules.notice import CONTACT_DAYS


def due_registrations(last_day: date) -> int:
    """How many registrations of loops closed by a day still name somebody."""
    return _due(last_day).count()


@transaction.atomic
def forget_registrations(last_day: date) -> int:
    """Empty names and contacts of activities closed by a day, and the mails sent to them; how many came stays.

    Safe to run at any time; returns how many were emptied.
    """
    registrations = list(_due(last_day).select_for_update().order_by("pk"))
    if registrations:
        forget_mails_to(registrations)
        keys = [registration.pk for registration in registrations]
        RegistrationNeed.objects.filter(registration__in=keys).delete()
        ActivityRegistration.objects.filter(pk__in=keys).update(name="", email="", phone="")
    return len(registrations)


def _due(last_day: date) -> QuerySet[ActivityRegistration]:
    named = ~Q(name="") | ~Q(email="") | ~Q(phone="")
    return ActivityRegistration.objects.filter(named, activity__closed_on__lte=last_day)


ACTIVITY_CONTACTS = Keeping(
    code=ACTIVITY_CONTACT,
    label=_("Who registered for activities"),
    clock=_("Counted from the day the loop was closed or the activity called off"),
    effect=_("Then names, addresses and numbers are emptied; how many came stays"),
    default_days=CONTACT_DAYS,
    least_days=1,
    due=due_registrations,
    forget=forget_registrations,
)
