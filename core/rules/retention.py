"""How long personal data is kept: classes with a clock, a default and what the law leaves free (R-D6, PRI-10)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise

# Ten years of accounts and agreements (civil code, art. 2220 and 2946) and some to spare.
MOST_DAYS = 7_300


@dataclass(frozen=True)
class Keeping:
    """One class of data. ``clock`` says from when days count; ``effect`` what happens when they are over.

    ``due(last_day)`` counts what goes when everything whose clock began on or before that day goes; ``forget`` does
    it and returns how many. Both work in the tenant at work; ``forget`` is safe to run twice.
    """

    code: str
    label: str | Promise
    clock: str | Promise
    effect: str | Promise
    default_days: int
    least_days: int
    due: Callable[[date], int]
    forget: Callable[[date], int]
    # Why it may not be shorter; empty where a space is free.
    why_least: str | Promise = ""
    most_days: int = MOST_DAYS


def days_of(keeping: Keeping, chosen: Mapping[str, int]) -> int:
    """The days in force: what the space chose, never less than the law asks."""
    return max(keeping.least_days, int(chosen.get(keeping.code, keeping.default_days)))


def last_day_of(keeping: Keeping, chosen: Mapping[str, int], *, today: date) -> date:
    """What began on or before this day goes today."""
    return today - timedelta(days=days_of(keeping, chosen))


def is_held(keeping: Keeping, holds: Iterable[str]) -> bool:
    """Whether nothing goes from a class for now."""
    return keeping.code in set(holds)
