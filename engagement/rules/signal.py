"""When too many residents wait too long for an answer, and too many shifts stay empty (domain 11, R-E6)."""

from datetime import date, timedelta

from engagement.rules.submission import answer_due_on

OVERDUE_PERCENT = 20
LEAST_FILLED_PERCENT = 60
FEWEST_SHIFTS = 3


def received_before(today: date) -> date:
    """The first day of receipt whose answer is not overdue yet: what came in before waits longer than promised."""
    day = today
    while answer_due_on(day) >= today:
        day -= timedelta(days=1)
    return day + timedelta(days=1)


def too_many_wait(*, overdue: int, due: int) -> bool:
    """Whether more than a fifth of the messages whose answer was due wait for it still."""
    return 100 * overdue > OVERDUE_PERCENT * due


def too_few_come(*, filled: int, shifts: int) -> bool:
    """Whether fewer than 60 per cent of the shifts, three at least, have as many volunteers as they need."""
    return shifts >= FEWEST_SHIFTS and 100 * filled < LEAST_FILLED_PERCENT * shifts
