"""Offering volunteer work: preparing, publishing, its shifts, and its end."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import changed_fields, record
from core.queries.tenant import tenant_at_work
from core.rules.membership import Verdict
from engagement.models import Shift, VolunteerOpportunity, VolunteerSignup
from engagement.operations.volunteer_mail import Occasion, mail_signups
from engagement.rules.volunteer import HOLDING, LISTED, can_publish, guard_of, insurance_findings
from partnerships.models import Partnership

State = VolunteerOpportunity.State
NOT_TYPED = {"partnership", "goal", "host", "supervisor", "safeguarding_lead"}


class OpportunityRefusedError(Exception):
    """Rules or state do not allow this; the text says why."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))


@transaction.atomic
def offer_work(*, partnership: Partnership, by: User | None, **fields: Any) -> VolunteerOpportunity:
    """A draft with the next number of the partnership. Raises ValidationError, also for a host of elsewhere."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    rows = VolunteerOpportunity.objects.filter(partnership=partnership)
    newest = rows.aggregate(newest=Max("number"))["newest"] or 0
    opportunity = VolunteerOpportunity(partnership=partnership, number=newest + 1, **fields)
    _check(opportunity)
    opportunity.save()
    _record("offered", opportunity, by)
    return opportunity


@transaction.atomic
def change_work(*, opportunity: VolunteerOpportunity, by: User, **fields: Any) -> VolunteerOpportunity:
    """Change it; one that is published stays insured. Raises OpportunityRefusedError, ValidationError."""
    locked = locked_opportunity(opportunity)
    if locked.state in {State.CLOSED, State.ARCHIVED}:
        raise OpportunityRefusedError(_("This is over. What it says stays."))
    changes = changed_fields(locked, fields)
    for name, value in fields.items():
        setattr(locked, name, value)
    _check(locked)
    if locked.state in {State.PUBLISHED, State.FULL}:
        for finding in insurance_findings(guard_of(locked), on=timezone.localdate()):
            raise OpportunityRefusedError(finding.message)
    locked.save()
    _record("changed", locked, by, {"fields": sorted(changes)})
    return locked


@transaction.atomic
def publish_work(*, opportunity: VolunteerOpportunity, by: User, today: date | None = None) -> VolunteerOpportunity:
    """Let everybody sign up. Raises OpportunityRefusedError without insurance or a named lead (R-V1, R-V5)."""
    locked = locked_opportunity(opportunity)
    require(can_publish(locked, on=today or timezone.localdate()))
    return _move(locked, State.PUBLISHED, "published", by)


@transaction.atomic
def pause_work(*, opportunity: VolunteerOpportunity, by: User) -> VolunteerOpportunity:
    """Take no more names for now; who is on a shift stays. Raises OpportunityRefusedError."""
    locked = locked_opportunity(opportunity)
    if locked.state not in {State.PUBLISHED, State.FULL}:
        raise OpportunityRefusedError(_("Only what is published can be paused."))
    return _move(locked, State.PAUSED, "paused", by)


@transaction.atomic
def close_work(*, opportunity: VolunteerOpportunity, by: User) -> VolunteerOpportunity:
    """End it; hours can still be written down and confirmed. Raises OpportunityRefusedError."""
    locked = locked_opportunity(opportunity)
    if locked.state in {State.CLOSED, State.ARCHIVED}:
        raise OpportunityRefusedError(_("This is over. What it says stays."))
    return _move(locked, State.CLOSED, "closed", by)


@transaction.atomic
def archive_work(*, opportunity: VolunteerOpportunity, by: User) -> VolunteerOpportunity:
    """Put a closed one away. Raises OpportunityRefusedError."""
    locked = locked_opportunity(opportunity)
    if locked.state != State.CLOSED:
        raise OpportunityRefusedError(_("Close it first."))
    return _move(locked, State.ARCHIVED, "archived", by)


@transaction.atomic
def add_shift(*, opportunity: VolunteerOpportunity, by: User, **fields: Any) -> Shift:
    """One more shift; none without insurance on that day (R-V1). Raises OpportunityRefusedError, ValidationError."""
    locked = locked_opportunity(opportunity)
    if locked.state in {State.CLOSED, State.ARCHIVED}:
        raise OpportunityRefusedError(_("This is over. What it says stays."))
    shift = Shift(opportunity=locked, **fields)
    shift.full_clean(exclude={"opportunity"})
    for finding in insurance_findings(guard_of(locked), on=timezone.localdate(shift.starts_at)):
        raise OpportunityRefusedError(finding.message)
    shift.save()
    _record("shift_added", locked, by)
    return shift


@transaction.atomic
def add_shifts(
    *,
    opportunity: VolunteerOpportunity,
    by: User,
    starts_at: datetime,
    ends_at: datetime,
    weeks: int = 0,
    **fields: Any,
) -> list[Shift]:
    """A shift, and the same hours on each of the ``weeks`` after it, also when the clocks change: all or none.

    Raises OpportunityRefusedError, ValidationError.
    """
    zone = ZoneInfo(tenant_at_work().time_zone)
    first, last = timezone.localtime(starts_at, zone), timezone.localtime(ends_at, zone)
    return [
        add_shift(
            opportunity=opportunity,
            by=by,
            # Added to the clock on the wall, so that eight stays eight in winter.
            starts_at=first + timedelta(weeks=week),
            ends_at=last + timedelta(weeks=week),
            **fields,
        )
        for week in range(weeks + 1)
    ]


@transaction.atomic
def cancel_shift(*, shift: Shift, reason: str, by: User) -> Shift:
    """Call a shift off; everybody on it is mailed once. Raises ValidationError without a reason."""
    locked: Shift = (
        Shift.objects.select_for_update(of=("self",)).select_related("opportunity__partnership").get(pk=shift.pk)
    )
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: people planned to come.")})
    if locked.cancelled_reason:
        return locked
    locked.cancelled_reason = reason
    locked.full_clean(exclude={"opportunity"})
    locked.save(update_fields=["cancelled_reason"])
    signups = list(locked.signups.filter(state__in=LISTED).select_related("volunteer", "shift__opportunity"))
    mail_signups(signups, Occasion.SHIFT_CANCELLED)
    VolunteerSignup.objects.filter(pk__in=[one.pk for one in signups]).update(state=VolunteerSignup.State.CANCELLED)
    follow_capacity(locked.opportunity)
    _record("shift_cancelled", locked.opportunity, by)
    return locked


def follow_capacity(opportunity: VolunteerOpportunity) -> None:
    """Full when as many people as wanted are on shifts, and open again when one leaves."""
    if opportunity.capacity is None:
        return
    people = VolunteerSignup.objects.filter(shift__opportunity=opportunity, state__in=HOLDING)
    is_full = people.values("volunteer").distinct().count() >= opportunity.capacity
    Opportunity = VolunteerOpportunity.State  # noqa: N806 - a class
    before, after = (Opportunity.PUBLISHED, Opportunity.FULL) if is_full else (Opportunity.FULL, Opportunity.PUBLISHED)
    VolunteerOpportunity.objects.filter(pk=opportunity.pk, state=before).update(state=after)


def locked_opportunity(opportunity: VolunteerOpportunity) -> VolunteerOpportunity:
    """The opportunity as it is stored now, which nobody else changes until the transaction ends."""
    rows = VolunteerOpportunity.objects.select_for_update(of=("self",)).select_related("partnership")
    locked: VolunteerOpportunity = rows.get(pk=opportunity.pk)
    return locked


def require(verdict: Verdict) -> None:
    """Raise OpportunityRefusedError with the reason of a refusal."""
    if not verdict:
        raise OpportunityRefusedError(verdict.reason)


def _check(opportunity: VolunteerOpportunity) -> None:
    opportunity.full_clean(exclude=NOT_TYPED)
    if opportunity.host.partnership_id != opportunity.partnership_id:
        raise ValidationError({"host": _("This organisation is not in the partnership.")})
    if opportunity.goal is not None and opportunity.goal.partnership_id != opportunity.partnership_id:
        raise ValidationError({"goal": _("This goal belongs to another partnership.")})


def _move(opportunity: VolunteerOpportunity, state: str, what: str, by: User) -> VolunteerOpportunity:
    opportunity.state = state
    opportunity.save(update_fields=["state"])
    _record(what, opportunity, by)
    return opportunity


def _record(
    what: str, opportunity: VolunteerOpportunity, by: User | None, changes: dict[str, Any] | None = None
) -> None:
    record(f"volunteering.{what}", opportunity, by=by, scope_id=opportunity.partnership.scope_id, changes=changes)
