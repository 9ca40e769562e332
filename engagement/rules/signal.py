"""When too many residents wait too long for an answer (domain 11, R-E6)."""

from datetime import date, timedelta

from engagement.rules.submission import answer_due_on

OVERDUE_PERCENT = 20


def received_before(today: date) -> date:
    """The first day of receipt whose answer is not overdue yet: what came in before waits longer than promised."""
    day = today
    while answer_due_on(day) >= today:
        day -= timedelta(days=1)
    return day + timedelta(days=1)


def too_many_wait(*, overdue: int, due: int) -> bool:
    """Whether more than a fifth of the messages whose answer was due wait for it still."""
    return 100 * overdue > OVERDUE_PERCENT * due
