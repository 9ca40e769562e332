from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.workdays import is_workday, workdays_after

FRIDAY = date(2026, 5, 8)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (FRIDAY, 1, date(2026, 5, 11)),
        (FRIDAY, 5, date(2026, 5, 15)),
        (date(2026, 5, 9), 1, date(2026, 5, 11)),
        (date(2026, 5, 11), -1, FRIDAY),
        (FRIDAY, 0, FRIDAY),
    ],
)
def test_weekends_do_not_count(day, count, expected):
    assert workdays_after(day, count) == expected


@given(st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.integers(1, 40))
def test_as_many_workdays_lie_between_as_were_added(day, count):
    later = workdays_after(day, count)
    assert is_workday(later)
    assert sum(is_workday(day + timedelta(days=ahead)) for ahead in range(1, (later - day).days + 1)) == count
    assert later - day >= timedelta(days=count)
