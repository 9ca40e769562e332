"""Recording values, having them checked by a second person, and correcting them without losing the first ones."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import changed_fields, record
from metrics.models import GroupValue, Indicator, Measurement
from metrics.operations.breakdown import keep_parts
from metrics.operations.period_lock import refuse_locked
from metrics.queries.period_lock import lock_for
from metrics.rules.measurement import (
    MISSING,
    NOT_COUNTED,
    Reported,
    can_correct,
    can_verify,
    checked_bounds,
    reported_value,
)
from metrics.rules.period_lock import locked_sentence
from partnerships.models import PartnershipMember
from stakeholders.models import Stakeholder

State = Measurement.State
# Keys are checked by the walls of the database, and what is not given has its default.
KEYS = {"tenant", "indicator", "member", "entered_by", "entered_by_person", "verified_by", "verified_at", "corrects"}


class MeasurementRefusedError(Exception):
    """The value's state, or who asks, does not allow this; ``str()`` says why in words for the page."""


@transaction.atomic
def record_measurement(
    *,
    indicator: Indicator,
    period_starts_on: date,
    period_ends_on: date,
    by: User | None,
    value: Decimal | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    missing_reason: str = "",
    note: str = "",
    source: str = "",
    is_estimate: bool = False,
    method_deviation: str = "",
    story: str = "",
    member: PartnershipMember | None = None,
    by_person: Stakeholder | None = None,
) -> Measurement:
    """Enter the value of a period, or say why there is none; it waits for a second person.

    ``member`` is the organisation whose value it is, None for the partnership as a whole; ``by_person`` entered it by
    an e-mailed link. A percentage takes its two numbers, never a value. Raises ValidationError for a value outside
    its bounds, one that is neither given nor explained, a period out of order or locked, and a second value for the
    same period.
    """
    # Two values for the same period at once would otherwise meet in the database only.
    locked = Indicator.objects.select_for_update().select_related("partnership").get(pk=indicator.pk)
    refuse_locked(locked, period_ends_on, "period_ends_on")
    # What was only a draft is said now.
    cell = {"indicator": locked, "member": member, "period_starts_on": period_starts_on}
    drafts = Measurement.objects.filter(**cell, period_ends_on=period_ends_on, state=State.DRAFT)
    GroupValue.objects.filter(measurement__in=drafts).delete()
    drafts.delete()
    fields = {
        "period_starts_on": period_starts_on,
        "period_ends_on": period_ends_on,
        "note": note,
        "source": source,
        "is_estimate": is_estimate,
        "method_deviation": method_deviation,
        "member": member,
        "version": locked.version,
        **reported_fields(locked, Reported(value, numerator, denominator), missing_reason, story),
    }
    return _added(locked, "measurement.recorded", by=by, by_person=by_person, **fields)


@transaction.atomic
def correct_measurement(
    *,
    measurement: Measurement,
    by: User | None,
    value: Decimal | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    missing_reason: str = "",
    note: str = "",
    source: str = "",
    is_estimate: bool = False,
    method_deviation: str = "",
    story: str = "",
    by_person: Stakeholder | None = None,
) -> Measurement:
    """Put a new value in the place of one, which stays readable; the new one waits for a second person (P3).

    Its parts by groups go along where the figure is the same. Refuses a value that was corrected already and one of a
    locked period (MeasurementRefusedError). Raises ValidationError like ``record_measurement``.
    """
    old = _locked(measurement)
    if not (verdict := can_correct(state=old.state)):
        raise MeasurementRefusedError(str(verdict.reason))
    _refuse_settled(old)
    reported = reported_fields(old.indicator, Reported(value, numerator, denominator), missing_reason, story)
    old.state = State.CORRECTED
    old.save(update_fields=["state"])
    fields = {
        "period_starts_on": old.period_starts_on,
        "period_ends_on": old.period_ends_on,
        "note": note,
        "source": source or old.source,
        "is_estimate": is_estimate,
        "method_deviation": method_deviation,
        "member": old.member,
        "corrects": old,
        "version": old.version,
        **reported,
    }
    new = _added(old.indicator, "measurement.corrected", by=by, by_person=by_person, before=str(old.value), **fields)
    keep_parts([new])
    return new


@transaction.atomic
def verify_measurement(*, measurement: Measurement, by: User) -> Measurement:
    """Confirm a value as a second person.

    Refuses whoever entered it, signed in or by link, and a value that is not waiting (MeasurementRefusedError, R-I7).
    """
    locked = _checkable(measurement, by)
    locked.state = State.VERIFIED
    locked.verified_by = by
    locked.verified_at = timezone.now()
    locked.save(update_fields=["state", "verified_by", "verified_at"])
    record("measurement.verified", locked, by=by, scope_id=locked.indicator.partnership.scope_id)
    return locked


@transaction.atomic
def question_measurement(*, measurement: Measurement, question: str, by: User) -> Measurement:
    """Send a value back with a question; the answer is a correction, or the same value with a note.

    Refuses like ``verify_measurement``; raises ValidationError without a question.
    """
    locked = _checkable(measurement, by)
    _refuse_settled(locked)
    if not question.strip():
        raise ValidationError({"question": _("Write what you would like to know.")})
    locked.state = State.QUERIED
    locked.query_note = question
    locked.clean_fields(exclude=KEYS)
    locked.save(update_fields=["state", "query_note"])
    record("measurement.questioned", locked, by=by, scope_id=locked.indicator.partnership.scope_id)
    return locked


@transaction.atomic
def grade_measurement(*, measurement: Measurement, by: User, **grades: str) -> Measurement:
    """Say how well a value is shown and how good it is, by the names of its columns; the value itself stays.

    Refuses whoever entered it (MeasurementRefusedError); raises ValidationError for a grade that does not exist.
    """
    locked = _locked(measurement)
    if locked.state in NOT_COUNTED:
        raise MeasurementRefusedError(_("This value does not count."))
    if by.pk in entered_by(locked):
        raise MeasurementRefusedError(_("You entered this value: someone else must judge it."))
    changes = changed_fields(locked, grades)
    for name, grade in grades.items():
        setattr(locked, name, grade)
    locked.clean_fields(exclude=KEYS)
    locked.save(update_fields=[*grades])
    record("measurement.graded", locked, by=by, scope_id=locked.indicator.partnership.scope_id, changes=changes)
    return locked


def entered_by(measurement: Measurement) -> set[uuid.UUID | None]:
    """The accounts of whoever entered a value, signed in or by link."""
    person = measurement.entered_by_person
    return {measurement.entered_by_id, person.user_id if person else None} - {None}


def _refuse_settled(measurement: Measurement) -> None:
    if lock := lock_for(measurement.indicator.partnership_id, measurement.period_ends_on):
        raise MeasurementRefusedError(locked_sentence(lock))


def _locked(measurement: Measurement) -> Measurement:
    rows = Measurement.objects.select_for_update(of=("self",)).select_related("indicator__partnership")
    return rows.get(pk=measurement.pk)


def _checkable(measurement: Measurement, by: User) -> Measurement:
    locked = _locked(measurement)
    verdict = can_verify(
        state=locked.state,
        entered_by_id=locked.entered_by_id,
        link_user_id=locked.entered_by_person.user_id if locked.entered_by_person else None,
        verifier_id=by.pk,
    )
    if not verdict:
        raise MeasurementRefusedError(str(verdict.reason))
    if GroupValue.objects.filter(measurement=locked, entered_by=by).exists():
        raise MeasurementRefusedError(_("You entered parts of this value: someone else must check it."))
    return locked


def reported_fields(indicator: Indicator, said: Reported, missing_reason: str, story: str = "") -> dict[str, Any]:
    """The columns of a value as it is stored; raises ValidationError by field. Part of an operation that locked."""
    if indicator.formula:
        raise ValidationError({"value": _("This value is computed from others: enter those.")})
    reported = reported_value(
        unit=indicator.unit, value=said.value, numerator=said.numerator, denominator=said.denominator
    )
    checked_bounds(reported.value, indicator)
    if story and indicator.unit != Indicator.Unit.STORY:
        raise ValidationError({"story": _("This indicator is measured in figures.")})
    if (reported != MISSING or story) and missing_reason:
        raise ValidationError({"missing_reason": _("There is a value: leave the reason empty.")})
    return {
        "value": reported.value,
        "numerator": reported.numerator,
        "denominator": reported.denominator,
        "missing_reason": missing_reason,
        "story": story,
    }


def _added(
    indicator: Indicator,
    verb: str,
    *,
    by: User | None,
    by_person: Stakeholder | None,
    before: str = "",
    **fields: Any,
) -> Measurement:
    measurement = Measurement(indicator=indicator, entered_by=by, entered_by_person=by_person, **fields)
    measurement.clean_fields(exclude=KEYS)
    measurement.validate_constraints()
    measurement.save()
    changes = {"period_ends_on": measurement.period_ends_on.isoformat(), "value": str(measurement.value)}
    if before:
        changes["before"] = before
    actor = "link" if by is None and by_person is not None else ""
    scope_id = indicator.partnership.scope_id
    record(verb, measurement, by=by, scope_id=scope_id, changes=changes, actor_label=actor)
    return measurement
