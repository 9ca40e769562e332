import uuid
from datetime import UTC, datetime, timedelta

import pytest

from engagement.rules.stamp import StampError, TooFastError, TooOldError, new_stamp, nonce_of

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FORM = uuid.uuid4()


def test_stamp_gives_a_nonce_that_no_other_page_has():
    later = NOW + timedelta(seconds=3)
    nonces = {nonce_of(new_stamp(FORM, now=NOW), FORM, now=later) for _ in range(50)}
    assert len(nonces) == 50
    assert all(len(nonce) == 32 for nonce in nonces)


@pytest.mark.parametrize(
    ("age", "error"),
    [
        (timedelta(seconds=2), TooFastError),
        (timedelta(seconds=-60), TooFastError),
        (timedelta(hours=24, seconds=1), TooOldError),
    ],
)
def test_stamp_too_fresh_or_too_old_is_refused(age, error):
    with pytest.raises(error):
        nonce_of(new_stamp(FORM, now=NOW), FORM, now=NOW + age)


def test_stamp_of_a_day_is_still_good():
    assert nonce_of(new_stamp(FORM, now=NOW), FORM, now=NOW + timedelta(hours=24))


@pytest.mark.parametrize("stamp", ["", "x", "1.2.3:sig", "\x00", "\ud800"])
def test_stamp_that_is_not_ours_is_refused(stamp):
    with pytest.raises(StampError):
        nonce_of(stamp, FORM, now=NOW)


def test_stamp_of_another_form_is_refused():
    with pytest.raises(StampError):
        nonce_of(new_stamp(uuid.uuid4(), now=NOW), FORM, now=NOW + timedelta(seconds=5))
