from datetime import UTC, datetime, timedelta

import pytest

from core.models import RateCount
from core.operations.rate import TooOftenError, count_use_of, forget_old_counts

NOON = datetime(2026, 5, 4, 12, 1, tzinfo=UTC)
FIVE_MINUTES = timedelta(minutes=5)


def use(key="form", now=NOON, limit=3):
    count_use_of(key, limit=limit, per=FIVE_MINUTES, now=now)


def test_use_above_the_limit_is_refused_and_says_how_long(db):
    for _time in range(3):
        use()
    with pytest.raises(TooOftenError) as refusal:
        use()
    assert refusal.value.wait == timedelta(minutes=4)


def test_next_window_starts_anew(db):
    for _time in range(3):
        use()
    use(now=NOON + FIVE_MINUTES)


def test_keys_are_counted_apart_and_cannot_be_read_back(db):
    for _time in range(3):
        use("borgo:203.0.113.9")
    use("riverside:203.0.113.9")
    assert "203.0.113.9" not in str(list(RateCount.objects.values()))


def test_old_counts_are_forgotten(db):
    use()
    assert forget_old_counts(now=NOON) == 0
    assert forget_old_counts(now=NOON + timedelta(days=3)) == 1
