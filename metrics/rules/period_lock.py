"""Settled periods: what may be locked, and what a locked one refuses."""

from collections.abc import Iterable
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext as _

from metrics.models import Measurement, PeriodLock
from metrics.rules.period import Period, period_words
from partnerships.rules.severity import Finding

RULE = "period settled"
# What somebody still has to look at before a period is settled.
OPEN = (Measurement.State.DRAFT, Measurement.State.SUBMITTED, Measurement.State.QUERIED)


def lock_over(ends_on: date, locks: Iterable[PeriodLock]) -> PeriodLock | None:
    """The lock in force over a value whose period ends on a day; None when it is free."""
    return next(
        (lock for lock in locks if lock.unlocked_at is None and lock.starts_on <= ends_on <= lock.ends_on), None
    )


def locked_sentence(lock: PeriodLock) -> str:
    """What somebody is told who wants to change a value of a locked period."""
    words = period_words(Period(lock.starts_on, lock.ends_on), (get_language() or "en")[:2])
    return _("%(period)s is locked: its values are settled. Coordination can open it again, with a reason.") % {
        "period": words
    }


def findings_before_locking(open_count: int) -> list[Finding]:
    """What speaks against locking a period in which so many values are not settled."""
    if not open_count:
        return []
    message: str | Promise = ngettext_lazy(
        "%(number)d value of this period is not verified yet.",
        "%(number)d values of this period are not verified yet.",
        "number",
    ) % {"number": open_count}
    return [Finding(RULE, message)]
