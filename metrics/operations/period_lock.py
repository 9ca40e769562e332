"""Settling a period: its values stay as they are until it is opened with a reason."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from metrics.models import Indicator, PeriodLock
from metrics.queries.period_lock import count_unsettled, lock_for
from metrics.rules.period_lock import findings_before_locking, locked_sentence
from partnerships.models import Partnership
from partnerships.rules.severity import blocking


class PeriodNotSettledError(Exception):
    """Values of the period still wait for somebody; ``str()`` says how many."""


class PeriodOpenError(Exception):
    """The period is open already."""


@transaction.atomic
def lock_period(*, partnership: Partnership, starts_on: date, ends_on: date, by: User) -> PeriodLock:
    """Lock a period: no value that ends in it can be entered, imported or corrected any more.

    Refuses, in a full partnership, a period with values nobody verified (PeriodNotSettledError); raises
    ValidationError for a period out of order, one that is not over, and one that is locked.
    """
    if ends_on >= timezone.localdate():
        raise ValidationError({"ends_on": _("This period is not over yet.")})
    # Whoever enters a value holds its indicator: they are done, or they see the lock.
    list(Indicator.objects.select_for_update().filter(partnership=partnership).order_by("pk").values_list("pk"))
    findings = findings_before_locking(count_unsettled(partnership, starts_on=starts_on, ends_on=ends_on))
    if blocked := blocking(findings, partnership.mode):
        raise PeriodNotSettledError(str(blocked[0].message))
    lock = PeriodLock(partnership=partnership, starts_on=starts_on, ends_on=ends_on, locked_by=by)
    lock.validate_constraints()
    lock.save()
    changes = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    record("measurement.period_locked", lock, by=by, scope_id=partnership.scope_id, changes=changes)
    return lock


@transaction.atomic
def open_period(*, lock: PeriodLock, reason: str, by: User) -> PeriodLock:
    """Open a locked period again; who did it, when and why stays. Raises PeriodOpenError, ValidationError."""
    locked = PeriodLock.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=lock.pk)
    if locked.unlocked_at is not None:
        raise PeriodOpenError
    if not reason.strip():
        raise ValidationError({"reason": _("Write why the period is opened again.")})
    locked.unlocked_by, locked.unlocked_at, locked.unlock_reason = by, timezone.now(), reason.strip()
    locked.save(update_fields=["unlocked_by", "unlocked_at", "unlock_reason"])
    record("measurement.period_opened", locked, by=by, scope_id=locked.partnership.scope_id)
    return locked


def refuse_locked(indicator: Indicator, ends_on: date, field: str) -> None:
    """Raise ValidationError at a field when a value ending on a day may not change. Part of an operation."""
    if lock := lock_for(indicator.partnership_id, ends_on):
        raise ValidationError({field: locked_sentence(lock)})
