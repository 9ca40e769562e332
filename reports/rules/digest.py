"""When somebody is reminded, and of what (R-T15: gently, once a week at most unless they ask for more)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from partnerships.queries.due import DueItem, Step
from reports.models import ReminderPreference

LOOK_AHEAD = timedelta(days=7)
WEEK = timedelta(days=7)
Said = tuple[UUID, date | None, str]


@dataclass(frozen=True)
class Told:
    """What a person was told before: which items at which step, and when last."""

    said: frozenset[Said]
    last_on: date | None


def step_of(item: DueItem, *, today: date) -> str:
    """The step at which an item is said: once while it comes near, then once for each week it is late."""
    if item.step == Step.OVERDUE and item.due_on is not None:
        return f"late-{(today - item.due_on).days // WEEK.days}"
    return item.step.value


def key_of(item: DueItem, *, today: date) -> Said:
    """By what an item is known to have been said: its date, or the day since which nobody spoke of it."""
    return item.item_id, item.since or item.due_on, step_of(item, today=today)


def has_news(items: Iterable[DueItem], told: Told, *, today: date) -> bool:
    """Whether anything among the items was not said yet at its present step."""
    return any(key_of(item, today=today) not in told.said for item in items)


def may_write(told: Told, rhythm: str, *, today: date) -> bool:
    """Whether the person's rhythm allows a mail today."""
    if rhythm == ReminderPreference.Rhythm.NEVER:
        return False
    if rhythm == ReminderPreference.Rhythm.DAILY or told.last_on is None:
        return told.last_on != today
    return today - told.last_on >= WEEK
