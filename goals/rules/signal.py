"""When a member promised too much, and when a milestone is late enough to be told (domain 11)."""

from datetime import date

LATE_DAYS = 30
# Per cent of the hours an organisation said it has.
OVERLOAD_PERCENT = 110
# Of those asked, from which share on a goal is in dispute.
QUARTER = 4


def load_percent(*, needed_hours: int, stated_hours: int) -> int:
    """Promised hours as whole per cent of stated ones, rounded down; 0 where nothing was stated."""
    return 100 * needed_hours // stated_hours if stated_hours else 0


def is_overloaded(*, needed_hours: int, stated_hours: int) -> bool:
    """Whether promises ask for more than 110 per cent of the hours stated; never where nothing was stated."""
    return stated_hours > 0 and 100 * needed_hours > OVERLOAD_PERCENT * stated_hours


def is_long_late(due_on: date, *, today: date) -> bool:
    """Whether a day passed more than thirty days ago."""
    return (today - due_on).days > LATE_DAYS


def is_contested(*, objections: int, against: int, asked: int) -> bool:
    """Whether somebody objects to a goal, or a quarter of those asked or more stand at "not yet" or below."""
    return objections > 0 or (asked > 0 and QUARTER * against >= asked)
