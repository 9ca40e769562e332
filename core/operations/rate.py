"""Counting uses of a key in a window, atomically in Postgres."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from core.models import RateCount
from core.queries.rate import row_of

COUNT_SQL = """
INSERT INTO core_ratecount (key, window_starts_at, count) VALUES (%s, %s, 1)
ON CONFLICT (key, window_starts_at) DO UPDATE SET count = core_ratecount.count + 1
RETURNING count
"""


class TooOftenError(Exception):
    """A limit was reached; ``wait`` tells for how long."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("Too many attempts.")
        self.wait = wait


def count_use_of(key: str, *, limit: int, per: timedelta, now: datetime | None = None) -> None:
    """Count one use of ``key``; raises TooOftenError above ``limit`` uses in the running window.

    Each tenant counts for itself: what somebody does in one space tells nothing and uses up nothing in another
    (TEN-12). The key is stored as a keyed hash whose salt changes each day, so no address can be read back or followed.
    """
    now = now or timezone.now()
    hashed, starts = row_of(key, per=per, now=now)
    with connection.cursor() as cursor:
        cursor.execute(COUNT_SQL, [hashed, starts])
        (count,) = cursor.fetchone()
    if count > limit:
        raise TooOftenError(starts + per - now)


def forget_old_counts(*, now: datetime) -> int:
    """Remove counts of windows that ended at least a day ago; returns how many."""
    removed, _by_model = RateCount.objects.filter(window_starts_at__lt=now - timedelta(days=2)).delete()
    return removed
