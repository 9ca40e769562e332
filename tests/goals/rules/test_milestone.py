from datetime import date

import pytest

from goals.rules.milestone import milestone_standing

DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("today", "reached_on", "dropped_on", "standing"),
    [
        (date(2026, 5, 30), None, None, "planned"),
        (date(2026, 5, 31), None, None, "due_soon"),
        (DUE, None, None, "due_soon"),
        (date(2026, 7, 1), None, None, "late"),
        (date(2026, 7, 9), DUE, None, "reached"),
        (date(2026, 7, 9), date(2026, 7, 1), None, "reached_late"),
        (date(2026, 7, 9), None, date(2026, 7, 1), "dropped"),
    ],
)
def test_milestone_stands_where_its_dates_say(today, reached_on, dropped_on, standing):
    assert milestone_standing(due_on=DUE, reached_on=reached_on, dropped_on=dropped_on, today=today) == standing
