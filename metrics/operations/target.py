"""Agreeing which value is wanted by when; a replaced target stays (R-G3)."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from core.models import User
from core.operations.audit import record
from metrics.models import Indicator, Target
from metrics.rules.measurement import checked_value


@transaction.atomic
def set_target(*, indicator: Indicator, value: Decimal, due_on: date, by: User | None, today: date) -> Target:
    """Make a value the target in force; the one before is kept as replaced, and the same again changes nothing.

    Raises ValidationError for a value outside the bounds of the unit.
    """
    locked = Indicator.objects.select_for_update().select_related("partnership").get(pk=indicator.pk)
    checked_value(value, unit=locked.unit)
    in_force = Target.objects.filter(indicator=locked, replaced_on=None).order_by("-created_at", "-id")
    current = in_force.first()
    if current is not None and (current.value, current.due_on) == (value, due_on):
        return current
    in_force.update(replaced_on=today)
    target = Target.objects.create(indicator=locked, value=value, due_on=due_on)
    changes = {"value": str(value), "due_on": due_on.isoformat()}
    record("target.set", target, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return target


@transaction.atomic
def retire_targets(*, indicator: Indicator, by: User | None, today: date) -> int:
    """Keep an indicator's targets as replaced, with none in force; returns how many were."""
    locked = Indicator.objects.select_for_update().select_related("partnership").get(pk=indicator.pk)
    count = Target.objects.filter(indicator=locked, replaced_on=None).update(replaced_on=today)
    if count:
        record("target.retired", locked, by=by, scope_id=locked.partnership.scope_id)
    return count
