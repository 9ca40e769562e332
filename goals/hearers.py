"""Who hears what becomes of a suggestion beyond who made it, as higher apps know it (filled in ``AppConfig.ready``)."""

from collections.abc import Callable
from dataclasses import dataclass

from core.models import User
from goals.models import GoalSuggestion


@dataclass(frozen=True)
class Hearers:
    """People whose words a suggestion was made from: how many would be written to, and telling them the answer."""

    count: Callable[[GoalSuggestion], int]
    tell: Callable[[GoalSuggestion, User], None]


_known: list[Hearers] = []


def register_hearers(hearers: Hearers) -> None:
    """Have ``hearers`` told when a suggestion is answered; called from ``AppConfig.ready``."""
    if hearers not in _known:
        _known.append(hearers)


def hearers_of(suggestion: GoalSuggestion) -> int:
    """How many people would be written to with the answer, beside who made it."""
    return sum(hearers.count(suggestion) for hearers in _known)


def tell_hearers(suggestion: GoalSuggestion, *, by: User) -> None:
    """Tell everybody whose words it was what became of it; part of the operation that answers."""
    for hearers in _known:
        hearers.tell(suggestion, by)
