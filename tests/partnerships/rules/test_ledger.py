from datetime import date

import pytest

from partnerships.rules.ledger import KeptRate, ledger_status

TODAY = date(2026, 6, 10)
BEFORE, AFTER = date(2026, 6, 9), date(2026, 6, 11)


@pytest.mark.parametrize(
    ("due_on", "first", "kept_on", "is_released", "status"),
    [
        (AFTER, AFTER, None, False, "open"),
        (TODAY, TODAY, None, False, "open"),
        (None, None, None, False, "open"),
        (BEFORE, BEFORE, None, False, "late"),
        (AFTER, BEFORE, None, False, "open"),
        (AFTER, AFTER, TODAY, False, "kept"),
        (BEFORE, None, TODAY, False, "kept"),
        (TODAY, BEFORE, TODAY, False, "kept_late"),
        (BEFORE, BEFORE, None, True, "released"),
    ],
)
def test_status_of_a_promise(due_on, first, kept_on, is_released, status):
    found = ledger_status(due_on=due_on, first_agreed_on=first, kept_on=kept_on, is_released=is_released, today=TODAY)
    assert found == status


@pytest.mark.parametrize(("kept", "due", "percent"), [(0, 0, None), (4, 4, None), (4, 5, 80), (2, 6, 33)])
def test_share_is_given_from_five_on(kept, due, percent):
    assert KeptRate(kept, due).percent == percent
