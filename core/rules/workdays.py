"""Working days: Monday to Friday. Public holidays differ by country and place and are not left out."""

from datetime import date, timedelta

SATURDAY = 5


def is_workday(day: date) -> bool:
    """Whether people usually work on a day."""
    return day.weekday() < SATURDAY


def workdays_after(day: date, count: int) -> date:
    """The working day that is ``count`` working days after (or, negative, before) a day."""
    step = timedelta(days=1 if count > 0 else -1)
    for _unused in range(abs(count)):
        day += step
        while not is_workday(day):
            day += step
    return day
