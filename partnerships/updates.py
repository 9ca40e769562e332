"""What an update begins with, and whom it is mailed to, as the apps know it (registries, filled in ``ready``)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import QuerySet

from partnerships.models import Partnership
from stakeholders.models import Stakeholder


class Part(StrEnum):
    """The parts of an update that data can begin."""

    WENT_WELL = "went_well"
    NOT_GOING_WELL = "not_going_well"
    NEXT_DATES = "next_dates"


@dataclass(frozen=True)
class Period:
    """What an update covers: from a day to today, for readers of a level. Nothing hidden from them may be told."""

    partnership: Partnership
    since: date
    today: date
    level: int


UpdateLines = Callable[[Period], list[str]]
AudiencePeople = Callable[[Partnership], QuerySet[Stakeholder]]
MOST_LINES = 8
_sources: dict[str, tuple[int, Part, UpdateLines]] = {}
_audiences: dict[int, AudiencePeople] = {}


def register_update_source(code: str, order: int, part: Part, lines: UpdateLines) -> None:
    """Have ``lines(period)`` begin a part of an update drawn from data. The same code again replaces it."""
    _sources[code] = (order, part, lines)


def registered_update_sources() -> dict[str, UpdateLines]:
    """All sources by code."""
    return {code: lines for code, (_order, _part, lines) in _sources.items()}


def register_update_audience(level: int, people: AudiencePeople) -> None:
    """Have ``people(partnership)`` name who is mailed an update for readers of a level and above."""
    _audiences[level] = people


def registered_update_audiences() -> dict[int, AudiencePeople]:
    """Who is mailed, by level."""
    return dict(_audiences)


def parts_from_data(period: Period) -> dict[str, str]:
    """The parts of an update as the data tells them, a line for each fact, at most eight of a source."""
    found: dict[str, list[str]] = {part.value: [] for part in Part}
    for _order, part, lines in sorted(_sources.values(), key=lambda source: source[0]):
        found[part] += [f"- {line}" for line in lines(period)[:MOST_LINES]]
    return {part: "\n".join(lines) for part, lines in found.items()}
