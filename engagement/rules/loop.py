"""How residents are answered: periods, and medians by area (R-E14)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from core.rules.text import mask_for_search

MONTHS = 3
# An area with fewer messages is told together with the others (domain 14.1).
FEWEST_IN_AREA = 5


@dataclass(frozen=True)
class Quarter:
    """Three months of the calendar, both days in."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Waited:
    """How long one message waited, in days; None while it waits. ``place`` as somebody typed it."""

    place: str
    days: int | None


@dataclass(frozen=True)
class Area:
    """The messages of one area; no ``place`` for those that name none or one that few name."""

    place: str
    received: int
    answered: int
    median_days: float | None


def quarter_before(today: date) -> Quarter:
    """The last quarter that is over."""
    first = date(today.year, today.month - (today.month - 1) % MONTHS, 1)
    ends_on = first - timedelta(days=1)
    return Quarter(date(ends_on.year, ends_on.month - 2, 1), ends_on)


def median_of(days: Sequence[int]) -> float | None:
    """The middle of some waits; none of none."""
    return median(days) if days else None


def by_area(messages: Iterable[Waited]) -> list[Area]:
    """Messages by area, the largest first; places count as one when only case, accents or signs differ."""
    groups: dict[str, list[Waited]] = {}
    for message in messages:
        groups.setdefault(mask_for_search(message.place), []).append(message)
    large = {key: found for key, found in groups.items() if key and len(found) >= FEWEST_IN_AREA}
    rest = [message for key, found in groups.items() if key not in large for message in found]
    named = [_area(_usual(found), found) for found in large.values()]
    return sorted(named, key=lambda area: (-area.received, area.place)) + ([_area("", rest)] if rest else [])


def is_place(place: str, named: str) -> bool:
    """Whether what somebody typed names this area."""
    return bool(named) and mask_for_search(place) == mask_for_search(named)


def is_told(messages: Sequence[Waited]) -> bool:
    """Whether an area has messages enough for figures of its own (domain 14.1)."""
    return len(messages) >= FEWEST_IN_AREA


def _usual(found: list[Waited]) -> str:
    """As most people write it."""
    return Counter(one.place for one in found).most_common(1)[0][0]


def _area(place: str, found: list[Waited]) -> Area:
    days = [one.days for one in found if one.days is not None]
    return Area(place, len(found), len(days), median_of(days))
