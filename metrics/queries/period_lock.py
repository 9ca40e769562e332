"""Reading settled periods."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from metrics.models import Measurement, PeriodLock
from metrics.rules.period import Period, period_words
from metrics.rules.period_lock import OPEN, lock_over
from partnerships.models import Partnership


def locks_of(partnership: Partnership) -> QuerySet[PeriodLock]:
    """All locks of a partnership, opened ones too, the latest period first."""
    rows = PeriodLock.objects.filter(partnership=partnership).select_related("locked_by", "unlocked_by")
    return rows.order_by("-ends_on", "-locked_at", "-id")


def locks_in_force(partnership_id: uuid.UUID) -> list[PeriodLock]:
    """The periods of a partnership that are locked today."""
    return list(PeriodLock.objects.filter(partnership=partnership_id, unlocked_at=None).order_by("starts_on", "id"))


def locks_of_all(partnership_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[PeriodLock]]:
    """The periods that are locked today, by partnership."""
    found: dict[uuid.UUID, list[PeriodLock]] = {}
    for lock in PeriodLock.objects.filter(partnership__in=partnership_ids, unlocked_at=None).order_by(
        "starts_on", "id"
    ):
        found.setdefault(lock.partnership_id, []).append(lock)
    return found


def lock_for(partnership_id: uuid.UUID, ends_on: date) -> PeriodLock | None:
    """The lock over a value whose period ends on a day."""
    return lock_over(ends_on, locks_in_force(partnership_id))


def count_unsettled(partnership: Partnership, *, starts_on: date, ends_on: date) -> int:
    """How many values of a period nobody verified yet, drafts and questions among them."""
    rows = Measurement.objects.filter(indicator__partnership=partnership, state__in=OPEN)
    return rows.filter(period_ends_on__range=(starts_on, ends_on)).count()


@dataclass(frozen=True)
class LockRow:
    """A settled period as its list shows it."""

    lock: PeriodLock
    period: str

    @property
    def is_open(self) -> bool:
        """Whether it was opened again."""
        return self.lock.unlocked_at is not None


def as_lock_row(lock: PeriodLock, language: str) -> LockRow:
    """What the list shows of a lock of ``locks_of``."""
    return LockRow(lock, period_words(Period(lock.starts_on, lock.ends_on), language))
