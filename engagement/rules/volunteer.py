"""What protects volunteers and those they meet, and how hours count (domain 7.6; R-V1 to R-V8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.rules.membership import ALLOWED, Verdict
from engagement.models import HoursEntry, Shift, Volunteer, VolunteerOpportunity, VolunteerSignup
from partnerships.rules.severity import Finding

Opportunity, Signup = VolunteerOpportunity, VolunteerSignup
# Six months: how long a criminal-record check speaks for somebody (domain 12.6).
CHECK_VALID = timedelta(days=183)
MOST_HOURS_A_DAY = Decimal(12)
TWO = 2
# Of a worry about somebody's safety.
MOST_WORDS = 4000
ADULT = 18
# A shift is repeated for a year at most.
MOST_WEEKS = 51
# Open to everybody; a full one still takes names for its waiting lists.
OPEN_STATES = (Opportunity.State.PUBLISHED, Opportunity.State.FULL)
# They count against the capacity of a shift.
HOLDING = (Signup.State.ACCEPTED, Signup.State.CONFIRMED, Signup.State.CHECKED_IN, Signup.State.ATTENDED)
# Taken on, and not there yet.
EXPECTED = (Signup.State.ACCEPTED, Signup.State.CONFIRMED)
LISTED = (Signup.State.APPLIED, Signup.State.WAITLISTED, *HOLDING)
# Nobody settled them yet.
WAITING_HOURS = (HoursEntry.State.SUBMITTED, HoursEntry.State.QUERIED)
COUNTED_HOURS = (HoursEntry.State.SUBMITTED, HoursEntry.State.VERIFIED, HoursEntry.State.QUERIED)

OPPORTUNITY_TONES: dict[str, str] = {
    Opportunity.State.DRAFT: "draft",
    Opportunity.State.PUBLISHED: "ok",
    Opportunity.State.FULL: "info",
    Opportunity.State.PAUSED: "idle",
    Opportunity.State.CLOSED: "done",
    Opportunity.State.ARCHIVED: "idle",
}
SIGNUP_TONES: dict[str, str] = {
    Signup.State.APPLIED: "now",
    Signup.State.ACCEPTED: "info",
    Signup.State.WAITLISTED: "soon",
    Signup.State.DECLINED: "idle",
    Signup.State.CONFIRMED: "ok",
    Signup.State.CHECKED_IN: "ok",
    Signup.State.ATTENDED: "done",
    Signup.State.NO_SHOW: "late",
    Signup.State.CANCELLED: "idle",
}
HOURS_TONES: dict[str, str] = {
    HoursEntry.State.DRAFT: "draft",
    HoursEntry.State.SUBMITTED: "now",
    HoursEntry.State.VERIFIED: "done",
    HoursEntry.State.QUERIED: "soon",
    HoursEntry.State.REJECTED: "idle",
}


@dataclass(frozen=True)
class Guard:
    """What an opportunity asks of a day's work: insurance, checks, and how people at risk are met."""

    is_insured: bool
    insured_until: date | None
    check_policy: str
    needs_training: bool
    needs_agreement: bool
    contact: str
    minor_hours_a_day: int
    min_age: int


def waits_for_guardian(volunteer: Volunteer) -> bool:
    """Whether a parent or guardian has still to agree (R-V3)."""
    return volunteer.is_minor and volunteer.guardian_consent_on is None


def guard_of(opportunity: VolunteerOpportunity) -> Guard:
    """The guard of a stored opportunity."""
    return Guard(
        is_insured=opportunity.is_insured,
        insured_until=opportunity.insured_until,
        check_policy=opportunity.check_policy,
        needs_training=opportunity.needs_training,
        needs_agreement=opportunity.needs_agreement,
        contact=opportunity.contact_with_people_at_risk,
        minor_hours_a_day=opportunity.minor_hours_a_day,
        min_age=opportunity.min_age,
    )


def is_check_valid(outcome: str, checked_on: date | None, *, on: date) -> bool:
    """Whether a check speaks for somebody on a day: nothing stood against it, and it is not older than six months."""
    return (
        outcome == Volunteer.Outcome.CLEAR and checked_on is not None and checked_on <= on <= checked_on + CHECK_VALID
    )


def insurance_findings(guard: Guard, *, on: date) -> list[Finding]:
    """Nobody works without insurance (R-V1)."""
    if not guard.is_insured:
        return [Finding("R-V1-insurance", _("Say that volunteers are insured: without it there is no shift."))]
    if guard.insured_until is not None and guard.insured_until < on:
        return [Finding("R-V1-insurance", _("The insurance ends before that day."))]
    return []


def person_findings(guard: Guard, volunteer: Volunteer, *, starts_at: datetime, ends_at: datetime) -> list[Finding]:
    """What a volunteer lacks for a shift: checks valid on that day, a minor also consent and hours (R-V1, R-V3)."""
    on, found = starts_at.date(), []
    checked = is_check_valid(volunteer.check_outcome, volunteer.check_on, on=on)
    if volunteer.check_outcome == Volunteer.Outcome.NOT_CLEAR:
        found.append(Finding("R-V1-check", _("The check says: not for this work.")))
    elif guard.check_policy == Opportunity.CheckPolicy.REQUIRED and not checked:
        found.append(Finding("R-V1-check", _("A check valid on that day is missing.")))
    if guard.needs_training and (volunteer.trained_on is None or volunteer.trained_on > on):
        found.append(Finding("R-V1-training", _("The training is missing.")))
    if guard.needs_agreement and (volunteer.agreed_on is None or volunteer.agreed_on > on):
        found.append(Finding("R-V1-agreement", _("The agreement is not signed.")))
    if volunteer.is_minor:
        found += _minor_findings(guard, volunteer, length=ends_at - starts_at)
    return found


def _minor_findings(guard: Guard, volunteer: Volunteer, *, length: timedelta) -> list[Finding]:
    found = []
    if guard.min_age >= ADULT:
        found.append(Finding("R-V3-age", _("This work is for adults.")))
    if volunteer.guardian_consent_on is None:
        found.append(Finding("R-V3-consent", _("A parent or guardian has not agreed yet.")))
    if length > timedelta(hours=guard.minor_hours_a_day):
        found.append(Finding("R-V3-hours", _("The shift is longer than a minor may work in a day.")))
    return found


def team_findings(guard: Guard, *, adults: int, minors: int) -> list[Finding]:
    """Whether those who work together protect each other: no minor alone, two adults with minors (R-V3, R-V4)."""
    found = []
    if minors and not adults:
        found.append(Finding("R-V3-alone", _("A minor never works alone: an adult has to be on the shift.")))
    if guard.contact == Opportunity.Contact.REGULAR and adults + minors > 0 and adults < TWO:
        found.append(Finding("R-V4", _("With minors or people at risk two adults have to be there.")))
    return found


def can_publish(opportunity: VolunteerOpportunity, *, on: date) -> Verdict:
    """With insurance, somebody to turn to, and, where people at risk are met, a named lead (R-V1, R-V5)."""
    if opportunity.state not in {Opportunity.State.DRAFT, Opportunity.State.PAUSED}:
        return Verdict(False, _("It is published already, or over."))
    if insurance := insurance_findings(guard_of(opportunity), on=on):
        return Verdict(False, insurance[0].message)
    if opportunity.contact_with_people_at_risk != Opportunity.Contact.NONE and opportunity.safeguarding_lead_id is None:
        return Verdict(False, _("Name who is told of worries about people's safety."))
    return ALLOWED


def can_sign_up(opportunity: VolunteerOpportunity) -> Verdict:
    """While it is published."""
    if opportunity.state not in OPEN_STATES:
        return Verdict(False, _("Nobody can sign up for this at the moment."))
    return ALLOWED


def room_on(shift: Shift, states: Iterable[str]) -> int:
    """How many more a shift takes."""
    return max(0, shift.capacity_max - sum(state in HOLDING for state in states))


def can_accept(state: str) -> Verdict:
    """Who asked or waits."""
    if state in {Signup.State.APPLIED, Signup.State.WAITLISTED}:
        return ALLOWED
    return Verdict(False, _("This was answered before."))


def can_confirm(state: str) -> Verdict:
    """Who was accepted."""
    return ALLOWED if state == Signup.State.ACCEPTED else Verdict(False, _("There is nothing to confirm."))


def can_cancel(state: str) -> Verdict:
    """Until the shift."""
    if state in {Signup.State.APPLIED, Signup.State.WAITLISTED, Signup.State.ACCEPTED, Signup.State.CONFIRMED}:
        return ALLOWED
    return Verdict(False, _("This cannot be cancelled any more."))


def can_check_in(state: str) -> Verdict:
    """Who was accepted or confirmed."""
    if state in {Signup.State.ACCEPTED, Signup.State.CONFIRMED}:
        return ALLOWED
    return Verdict(False, _("This person is not on the roster."))


@dataclass(frozen=True)
class Span:
    """Hours somebody gave on a day; ``begins`` None where nobody said when."""

    on: date
    hours: Decimal
    begins: time | None = None


def hours_question(new: Span, others: Sequence[Span]) -> HoursEntry.Question:
    """What to ask about hours: more than twelve on a day, or two at once (R-V6)."""
    same_day = [one for one in others if one.on == new.on]
    total = new.hours + sum((one.hours for one in same_day), Decimal(0))
    if total > MOST_HOURS_A_DAY:
        return HoursEntry.Question.TOO_MANY
    if any(_overlap(new, one) for one in same_day):
        return HoursEntry.Question.OVERLAP
    return HoursEntry.Question.NONE


def _overlap(first: Span, second: Span) -> bool:
    if first.begins is None or second.begins is None:
        return False
    starts = [datetime.combine(one.on, one.begins) for one in (first, second) if one.begins]
    ends = [begun + timedelta(hours=float(one.hours)) for begun, one in zip(starts, (first, second), strict=True)]
    return starts[0] < ends[1] and starts[1] < ends[0]


def can_settle_hours(state: str) -> Verdict:
    """What waits for the host."""
    if state in WAITING_HOURS:
        return ALLOWED
    return Verdict(False, _("These hours were answered before."))


def total_in_words(hours: Decimal) -> str:
    """Hours without needless zeros."""
    shown = localize(Decimal(f"{hours.normalize():f}"))
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if hours == 1 else 2) % {"hours": shown}
