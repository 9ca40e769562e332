"""What people do without an account: register, take an offered place, cancel.

No audit event is written for what a resident does: it would hold the exact moment.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.operations.link import store_links
from engagement.models import ActivityRegistration, EngagementActivity, RegistrationNeed
from engagement.operations.activity import locked_activity
from engagement.operations.activity_mail import OCCASION_OF, Occasion, forget_mails_to, manage_link, write_mails
from engagement.operations.public_use import count_sending
from engagement.operations.waiting_list import move_waiting_list
from engagement.queries.activity_registration import listed_registrations, newest_position
from engagement.rules.activity_notice import ACTIVITY_NOTICE_VERSION
from engagement.rules.door_code import door_code_of, hash_of_door_code
from engagement.rules.submission import hour_of
from engagement.rules.waiting_list import (
    MOST_PEOPLE,
    can_accept,
    can_cancel_registration,
    can_register,
    first_state,
    room_of,
)

State = ActivityRegistration.State


class RegistrationRefusedError(Exception):
    """Nobody can register, or the place cannot be taken or given back; the text says why."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))


@dataclass(frozen=True)
class Registered:
    """What whoever registered is told. ``manage_url`` and ``code`` are for who left no mail address: here, once."""

    state: str
    by_mail: bool
    manage_url: str = ""
    code: str = ""


@transaction.atomic
def register(
    *,
    activity: EngagementActivity,
    name: str,
    people: int,
    language: str,
    nonce: str,
    sent_from: str,
    email: str = "",
    phone: str = "",
    access_needs: str = "",
    has_guardian: bool = False,
    now: datetime | None = None,
) -> Registered:
    """A place, or one on the waiting list when all are taken; who left an address gets one mail with a link.

    The same page sent twice, and the same address again, keep one registration. Whoever sends an address that is on
    the list is told what a newcomer would be told; how it stands with them goes to that address, once a day. However
    many register at once, never more people have a place than fit. Raises RegistrationRefusedError, TooOftenError,
    ValidationError without any way to reach the person or for a wrong number of people.
    """
    now = now or timezone.now()
    count_sending("registration", activity.pk, sent_from=sent_from, now=now)
    locked = locked_activity(activity)
    if not (verdict := can_register(locked, now=now)):
        raise RegistrationRefusedError(verdict.reason)
    if not email and not phone:
        raise ValidationError({"email": _("Leave an address or a number, so that we can reach you.")})
    if not 1 <= people <= MOST_PEOPLE:
        raise ValidationError({"people": _("From 1 to %(most)d people.") % {"most": MOST_PEOPLE}})
    places = list(listed_registrations(locked))
    key = _key_of(nonce, locked.pk)
    waits = any(one.state == State.WAITING for one in places)
    newcomers = first_state(room_of(locked.capacity, places), people=people, somebody_waits=waits)
    found = next((one for one in places if one.pk == key), None)
    known = next((one for one in places if email and one.email == email), None)
    if found is None and known is not None:
        write_mails(locked, [known], OCCASION_OF[known.state], again_on=timezone.localdate(now))
        return Registered(newcomers, by_mail=True)
    if found is None:
        found = ActivityRegistration(
            pk=key,
            activity=locked,
            position=newest_position(locked) + 1,
            name=name,
            email=email,
            phone=phone,
            people=people,
            language=language,
            state=newcomers,
            code_hash=hash_of_door_code(door_code_of(key), locked.pk),
            has_guardian=has_guardian,
            notice_version=ACTIVITY_NOTICE_VERSION,
            registered_hour=hour_of(now),
        )
        found.full_clean(exclude={"activity"})
        found.save(force_insert=True)
        if access_needs:
            need = RegistrationNeed(registration=found, text=access_needs)
            need.full_clean(exclude={"registration"})
            need.save()
        write_mails(locked, [found], Occasion.GOING if found.state == State.GOING else Occasion.WAITING)
    if email:
        return Registered(found.state, by_mail=True)
    link, url = manage_link(found, now=now)
    store_links([link])
    return Registered(found.state, by_mail=False, manage_url=url, code=door_code_of(found.pk))


@transaction.atomic
def accept_place(*, registration: ActivityRegistration, now: datetime | None = None) -> ActivityRegistration:
    """Take the place that is offered; once taken, again changes nothing. Raises RegistrationRefusedError."""
    now = now or timezone.now()
    activity, locked = _locked(registration)
    if locked.state == State.GOING:
        return locked
    if not (verdict := can_accept(locked.state, locked.offered_until, now=now)):
        raise RegistrationRefusedError(verdict.reason)
    locked.state = State.GOING
    locked.save(update_fields=["state"])
    write_mails(activity, [locked], Occasion.ACCEPTED)
    return locked


@transaction.atomic
def cancel_registration(
    *, registration: ActivityRegistration, by: User | None = None, now: datetime | None = None
) -> ActivityRegistration:
    """Give a place or a wait back: name, contact and needs are deleted, and the next on the list is offered the place.

    ``by`` is set when staff do it for somebody who called. Raises RegistrationRefusedError.
    """
    now = now or timezone.now()
    activity, locked = _locked(registration)
    has_begun = activity.starts_at is not None and activity.starts_at <= now
    if not (verdict := can_cancel_registration(locked.state, has_begun=has_begun)):
        raise RegistrationRefusedError(verdict.reason)
    forget_mails_to([locked])
    locked.state, locked.offered_until = State.CANCELLED, None
    locked.name = locked.email = locked.phone = ""
    locked.save(update_fields=["state", "offered_until", "name", "email", "phone"])
    RegistrationNeed.objects.filter(registration=locked).delete()
    if by is not None:
        record("activity.registration_cancelled", activity, by=by, scope_id=activity.partnership.scope_id)
    move_waiting_list(activity=activity, now=now)
    return locked


@transaction.atomic
def forget_registered(*, registration: ActivityRegistration) -> ActivityRegistration:
    """Delete somebody's name and contact once the activity has begun; how many came stays. Twice changes nothing.

    Raises RegistrationRefusedError before: then they give their place back.
    """
    activity, locked = _locked(registration)
    if activity.starts_at is None or activity.starts_at > timezone.now():
        raise RegistrationRefusedError(_("It has not begun yet: give your place back instead."))
    forget_mails_to([locked])
    locked.name = locked.email = locked.phone = ""
    locked.save(update_fields=["name", "email", "phone"])
    RegistrationNeed.objects.filter(registration=locked).delete()
    return locked


def _locked(registration: ActivityRegistration) -> tuple[EngagementActivity, ActivityRegistration]:
    activity = locked_activity(registration.activity)
    return activity, ActivityRegistration.objects.select_for_update(of=("self",)).select_related("activity").get(
        pk=registration.pk
    )


def _key_of(nonce: str, activity_id: uuid.UUID) -> uuid.UUID:
    """The same page has the same key; nobody can tell one from the other, or when it was made."""
    digest = salted_hmac("telaio.registration", f"{activity_id}:{nonce}", algorithm="sha256").digest()
    return uuid.UUID(bytes=digest[:16], version=4)
