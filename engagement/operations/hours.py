"""Hours that volunteers gave: said by themselves, confirmed by the host, corrected by a new entry (P3, R-V6)."""

from datetime import date, time
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from engagement.models import HoursEntry, Shift, Volunteer, VolunteerOpportunity
from engagement.operations.volunteer_mail import Occasion, mail_host, mail_volunteer
from engagement.operations.volunteer_opportunity import OpportunityRefusedError
from engagement.queries.volunteer import spans_of
from engagement.rules.volunteer import Span, can_settle_hours, hours_question

State, Source = HoursEntry.State, HoursEntry.Source


@transaction.atomic
def report_hours(
    *,
    volunteer: Volunteer,
    opportunity: VolunteerOpportunity,
    on: date,
    hours: Decimal,
    begins: time | None = None,
    shift: Shift | None = None,
    source: str = Source.SELF,
    corrects: HoursEntry | None = None,
    today: date | None = None,
) -> HoursEntry:
    """Write down hours and ask the host to confirm them; more than twelve a day or two at once are a query (R-V6).

    ``corrects`` is an entry of the same volunteer that this one replaces; the old one stays as not counted. Raises
    ValidationError for a day to come and hours beyond a day, OpportunityRefusedError for confirmed hours.
    """
    locked: Volunteer = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    if on > (today or timezone.localdate()):
        raise ValidationError({"on": _("This day is still to come.")})
    if corrects is not None:
        old = HoursEntry.objects.select_for_update().get(pk=corrects.pk, volunteer=locked)
        if not (verdict := can_settle_hours(old.state)):
            raise OpportunityRefusedError(verdict.reason)
        HoursEntry.objects.filter(pk=old.pk).update(state=State.REJECTED, settled_on=today or timezone.localdate())
    entry = HoursEntry(
        volunteer=locked, opportunity=opportunity, shift=shift, on=on, begins=begins, hours=hours, source=source,
        corrects=corrects,
    )  # fmt: skip
    entry.full_clean(exclude={"volunteer", "opportunity", "shift", "corrects"})
    entry.question = hours_question(
        Span(on, hours, begins), spans_of(locked, without=[corrects.pk] if corrects else [])
    )
    if entry.question:
        entry.state = State.QUERIED
    entry.save()
    mail_host(entry)
    return entry


@transaction.atomic
def confirm_hours(*, entry: HoursEntry, by: User | None = None, today: date | None = None) -> HoursEntry:
    """The host says the hours are right; once confirmed, again changes nothing. Raises OpportunityRefusedError.

    ``by`` is None for who comes from the link in the mail.
    """
    locked = _locked(entry)
    if locked.state == State.VERIFIED:
        return locked
    return _settle(locked, State.VERIFIED, by, today=today)


@transaction.atomic
def query_hours(*, entry: HoursEntry, note: str, by: User | None = None, today: date | None = None) -> HoursEntry:
    """The host asks about hours; the volunteer gets the question. Raises OpportunityRefusedError, ValidationError."""
    locked = _locked(entry)
    if not note.strip():
        raise ValidationError({"note": _("Write what you want to know.")})
    locked.note = note
    locked.full_clean(exclude={"volunteer", "opportunity", "shift", "corrects"})
    found = _settle(locked, State.QUERIED, by, today=None)
    mail_volunteer(locked.volunteer, Occasion.HOURS_QUERIED, about=f"{locked.pk}:{len(note)}", note=note)
    return found


@transaction.atomic
def reject_hours(*, entry: HoursEntry, by: User, today: date | None = None) -> HoursEntry:
    """Do not count hours. Raises OpportunityRefusedError."""
    return _settle(_locked(entry), State.REJECTED, by, today=today)


def _settle(entry: HoursEntry, state: str, by: User | None, *, today: date | None) -> HoursEntry:
    if not (verdict := can_settle_hours(entry.state)):
        raise OpportunityRefusedError(verdict.reason)
    entry.state = state
    entry.settled_on = None if state == State.QUERIED else today or timezone.localdate()
    entry.save(update_fields=["state", "settled_on", "note"])
    opportunity = entry.opportunity
    record(
        f"volunteering.hours_{state}", opportunity, by=by, actor_label="" if by else "link",
        scope_id=opportunity.partnership.scope_id,
    )  # fmt: skip
    return entry


def _locked(entry: HoursEntry) -> HoursEntry:
    rows = HoursEntry.objects.select_for_update(of=("self",))
    locked: HoursEntry = rows.select_related("volunteer__partnership", "opportunity__partnership").get(pk=entry.pk)
    return locked
