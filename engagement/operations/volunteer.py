"""Signing up without a password, and what becomes of it: accepted, confirmed, there, or not."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.operations.link import revoke_links_to
from core.rules.membership import Verdict
from engagement.models import Shift, Volunteer, VolunteerOpportunity, VolunteerSignup
from engagement.operations.public_use import count_public_use, count_sending
from engagement.operations.volunteer_mail import Occasion, mail_guardian, mail_signups, mail_volunteer
from engagement.operations.volunteer_opportunity import OpportunityRefusedError, follow_capacity, locked_opportunity
from engagement.queries.volunteer import GUARDIAN, findings_of, signups_on, team_findings_on
from engagement.rules.activity import words_of
from engagement.rules.limits import GUARDIANS_ASKED
from engagement.rules.submission import hour_of
from engagement.rules.volunteer import (
    ADULT,
    HOLDING,
    LISTED,
    can_accept,
    can_cancel,
    can_check_in,
    can_confirm,
    can_sign_up,
    room_on,
    waits_for_guardian,
)
from engagement.rules.volunteer_notice import VOLUNTEER_NOTICE_VERSION

State = VolunteerSignup.State


@dataclass(frozen=True)
class VolunteerTerms:
    """Who signs up, as they say it. A minor names a parent or guardian, who is asked by mail."""

    name: str
    email: str
    phone: str = ""
    is_minor: bool = False
    guardian_name: str = ""
    guardian_email: str = ""


@transaction.atomic
def sign_up(
    *,
    opportunity: VolunteerOpportunity,
    shifts: Collection[uuid.UUID],
    terms: VolunteerTerms,
    language: str,
    sent_from: str,
    now: datetime | None = None,
) -> Volunteer:
    """Ask for shifts; everything further goes through the link mailed to the address.

    The same address again is the same volunteer, whose name and number stay as they were, and from outside it looks
    alike. Raises OpportunityRefusedError, TooOftenError, ValidationError for no shift, and for a minor without a
    guardian of another address or below the age.
    """
    now = now or timezone.now()
    count_sending("volunteer", opportunity.pk, sent_from=sent_from, now=now)
    locked = locked_opportunity(opportunity)
    if not (verdict := can_sign_up(locked)):
        raise OpportunityRefusedError(verdict.reason)
    wanted = list(
        Shift.objects.select_for_update(of=("self",))
        .filter(opportunity=locked, pk__in=list(shifts), starts_at__gt=now, cancelled_reason="")
        .order_by("pk")
    )
    if not wanted:
        raise ValidationError({"shifts": _("Choose at least one shift.")})
    if terms.is_minor and (locked.min_age >= ADULT or not terms.guardian_name or not terms.guardian_email):
        raise ValidationError({"guardian_email": _("Under eighteen, name a parent or guardian we can ask.")})
    if terms.is_minor:
        _check_guardian(terms.guardian_email, of=terms.email)
    volunteer = _volunteer(locked, terms, language=language, now=now)
    for shift in wanted:
        position = (shift.signups.aggregate(newest=Max("position"))["newest"] or 0) + 1
        signup, is_new = VolunteerSignup.objects.get_or_create(
            shift=shift, volunteer=volunteer, defaults={"position": position}
        )
        if not is_new and signup.state == State.CANCELLED:
            signup.state = State.APPLIED
            signup.save(update_fields=["state"])
    # Once a day, so that who lost the link finds it again by signing up, and nobody is flooded.
    about = f"{locked.pk}:{timezone.localdate(now)}"
    mail_volunteer(volunteer, Occasion.SIGNED_UP, about=about, when=locked.title)
    if volunteer.is_minor and volunteer.guardian_consent_on is None:
        mail_guardian(volunteer)
    return volunteer


def _volunteer(opportunity: VolunteerOpportunity, terms: VolunteerTerms, *, language: str, now: datetime) -> Volunteer:
    rows = Volunteer.objects.filter(partnership=opportunity.partnership, email=terms.email)
    known = rows.exclude(state=Volunteer.State.FORMER).first()
    if known is not None:
        return known
    volunteer = Volunteer(
        partnership=opportunity.partnership,
        name=terms.name,
        email=terms.email,
        phone=terms.phone,
        language=language,
        is_minor=terms.is_minor,
        guardian_name=terms.guardian_name if terms.is_minor else "",
        guardian_email=terms.guardian_email if terms.is_minor else "",
        notice_version=VOLUNTEER_NOTICE_VERSION,
        signed_up_hour=hour_of(now),
    )
    volunteer.full_clean(exclude={"partnership"})
    volunteer.save()
    return volunteer


def _check_guardian(email: str, *, of: str) -> None:
    """Nobody agrees in the place of their own parent."""
    if email == of:
        raise ValidationError({"guardian_email": _("Write another address than your own: they are asked there.")})


@transaction.atomic
def ask_another_guardian(*, volunteer: Volunteer, name: str, email: str, now: datetime | None = None) -> Volunteer:
    """Ask somebody else while nobody agreed, as when the first address was wrong; whoever was asked first cannot agree.

    Raises OpportunityRefusedError once somebody agreed, ValidationError for the volunteer's own address, TooOftenError.
    """
    count_public_use(f"guardian:{volunteer.pk}", GUARDIANS_ASKED, now=now or timezone.now())
    locked: Volunteer = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    if not waits_for_guardian(locked):
        raise OpportunityRefusedError(_("Nobody needs to be asked any more."))
    _check_guardian(email, of=locked.email)
    locked.guardian_name, locked.guardian_email = name, email
    locked.full_clean(exclude={"partnership"})
    locked.save(update_fields=["guardian_name", "guardian_email"])
    revoke_links_to(locked.pk, purpose=GUARDIAN)
    mail_guardian(locked, about=str(uuid.uuid4()))
    return locked


@transaction.atomic
def agree_as_guardian(*, volunteer: Volunteer, today: date | None = None) -> Volunteer:
    """A parent or guardian agrees (R-V3); again changes nothing."""
    locked: Volunteer = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    if locked.guardian_consent_on is None and locked.is_minor:
        locked.guardian_consent_on = today or timezone.localdate()
        locked.save(update_fields=["guardian_consent_on"])
    return locked


@transaction.atomic
def accept_signup(*, signup: VolunteerSignup, by: User) -> VolunteerSignup:
    """Take somebody onto a shift, or onto its waiting list when it is full.

    Raises OpportunityRefusedError for what R-V1, R-V3 and R-V4 stop: those rules protect people, so no mode softens
    them.
    """
    shift, locked = _locked(signup)
    _require(can_accept(locked.state))
    if findings := findings_of(locked):
        raise OpportunityRefusedError(words_of(findings))
    if not room_on(shift, shift.signups.values_list("state", flat=True)):
        return _move(locked, State.WAITLISTED, Occasion.WAITLISTED, by)
    alone = [one for one in team_findings_on(shift, plus=locked.volunteer) if one.code == "R-V3-alone"]
    if alone:
        raise OpportunityRefusedError(words_of(alone))
    volunteer = locked.volunteer
    if volunteer.state == Volunteer.State.APPLICANT:
        volunteer.state = Volunteer.State.ONBOARDING
        volunteer.save(update_fields=["state"])
    moved = _move(locked, State.ACCEPTED, Occasion.ACCEPTED, by)
    follow_capacity(shift.opportunity)
    return moved


@transaction.atomic
def decline_signup(*, signup: VolunteerSignup, by: User) -> VolunteerSignup:
    """Say no, with thanks. Raises OpportunityRefusedError."""
    _shift, locked = _locked(signup)
    _require(can_accept(locked.state))
    return _move(locked, State.DECLINED, Occasion.DECLINED, by)


@transaction.atomic
def confirm_signup(*, signup: VolunteerSignup) -> VolunteerSignup:
    """The volunteer says that they come. Raises OpportunityRefusedError."""
    _shift, locked = _locked(signup)
    if locked.state == State.CONFIRMED:
        return locked
    _require(can_confirm(locked.state))
    locked.state = State.CONFIRMED
    locked.save(update_fields=["state"])
    return locked


@transaction.atomic
def cancel_signup(*, signup: VolunteerSignup, by: User | None = None) -> VolunteerSignup:
    """Give a shift back; the first who waits and may take it has it. Raises OpportunityRefusedError.

    Whom somebody else (``by``) takes off is told, so that nobody comes for nothing.
    """
    shift, locked = _locked(signup)
    _require(can_cancel(locked.state))
    held = locked.state in HOLDING
    locked.state = State.CANCELLED
    locked.save(update_fields=["state"])
    if by is not None:
        _record("signup_cancelled", shift, by)
        mail_signups([locked], Occasion.TAKEN_OFF)
    if held:
        _let_next_in(shift)
        follow_capacity(shift.opportunity)
    return locked


@transaction.atomic
def check_in_volunteer(*, signup: VolunteerSignup, by: User, today: date | None = None) -> VolunteerSignup:
    """Somebody is here, insured and checked on this day, in a team that protects everybody (R-V1, R-V3, R-V4).

    Raises OpportunityRefusedError.
    """
    shift, locked = _locked(signup)
    if locked.state == State.CHECKED_IN:
        return locked
    _require(can_check_in(locked.state))
    if findings := [*findings_of(locked), *team_findings_on(shift)]:
        raise OpportunityRefusedError(words_of(findings))
    locked.state = State.CHECKED_IN
    locked.save(update_fields=["state"])
    volunteer = locked.volunteer
    if volunteer.state in {Volunteer.State.APPLICANT, Volunteer.State.ONBOARDING}:
        volunteer.state = Volunteer.State.ACTIVE
        volunteer.save(update_fields=["state"])
    return locked


@transaction.atomic
def settle_signup(*, signup: VolunteerSignup, was_there: bool, by: User) -> VolunteerSignup:
    """After a shift: was there, or did not come. Who was there is asked for their hours by mail.

    Raises OpportunityRefusedError for somebody who was not on the roster.
    """
    shift, locked = _locked(signup)
    if locked.state not in HOLDING:
        raise OpportunityRefusedError(_("This person is not on the roster."))
    locked.state = State.ATTENDED if was_there else State.NO_SHOW
    locked.save(update_fields=["state"])
    if was_there:
        mail_signups([locked], Occasion.HOURS_ASKED)
    _record("attendance_noted", shift, by)
    return locked


@transaction.atomic
def change_file(*, volunteer: Volunteer, by: User, **fields: object) -> Volunteer:
    """Write down training, agreement, pause, or outcome and date of a check, never the certificate itself (R-V2).

    Raises ValidationError for an outcome without its day.
    """
    locked: Volunteer = (
        Volunteer.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=volunteer.pk)
    )
    for name, value in fields.items():
        setattr(locked, name, value)
    if bool(locked.check_outcome) != (locked.check_on is not None):
        raise ValidationError({"check_on": _("Write outcome and day, or neither.")})
    locked.full_clean(exclude={"partnership"})
    locked.save()
    record(
        "volunteering.file_changed", locked.partnership, by=by, scope_id=locked.partnership.scope_id,
        changes={"fields": sorted(fields)},
    )  # fmt: skip
    return locked


@transaction.atomic
def leave_volunteering(*, volunteer: Volunteer, exit_answer: str = "", today: date | None = None) -> Volunteer:
    """End somebody's volunteering with thanks (R-V8); again changes nothing.

    Shifts to come are given back, and the time until the file is deleted begins.
    """
    locked: Volunteer = (
        Volunteer.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=volunteer.pk)
    )
    if locked.state == Volunteer.State.FORMER:
        return locked
    for signup in locked.signups.filter(state__in=LISTED):
        if can_cancel(signup.state):
            cancel_signup(signup=signup)
    locked.state, locked.left_on = Volunteer.State.FORMER, today or timezone.localdate()
    locked.exit_answer = exit_answer
    locked.full_clean(exclude={"partnership"})
    locked.save()
    mail_volunteer(locked, Occasion.THANKS)
    return locked


def _let_next_in(shift: Shift) -> None:
    for waiting in signups_on(shift).filter(state=State.WAITLISTED):
        waiting.shift = shift
        if findings_of(waiting) or team_findings_on(shift, plus=waiting.volunteer):
            continue
        waiting.state = State.ACCEPTED
        waiting.save(update_fields=["state"])
        mail_signups([waiting], Occasion.ACCEPTED)
        return


def _locked(signup: VolunteerSignup) -> tuple[Shift, VolunteerSignup]:
    """The shift first, so that everybody who changes its roster waits in one line."""
    rows = Shift.objects.select_for_update(of=("self",)).select_related("opportunity__partnership")
    shift: Shift = rows.get(pk=signup.shift_id)
    found = VolunteerSignup.objects.select_for_update(of=("self",)).select_related("volunteer__partnership")
    locked: VolunteerSignup = found.get(pk=signup.pk)
    locked.shift = shift
    return shift, locked


def _move(signup: VolunteerSignup, state: str, occasion: Occasion, by: User) -> VolunteerSignup:
    signup.state = state
    signup.save(update_fields=["state"])
    mail_signups([signup], occasion)
    _record(f"signup_{occasion.value}", signup.shift, by)
    return signup


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise OpportunityRefusedError(verdict.reason)


def _record(what: str, shift: Shift, by: User) -> None:
    opportunity = shift.opportunity
    record(f"volunteering.{what}", opportunity, by=by, scope_id=opportunity.partnership.scope_id)
