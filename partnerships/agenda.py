"""Agendas propose themselves: each app offers what the next meeting should talk about."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from partnerships.models import AgendaItem, Meeting

DEFAULT_MINUTES = 10


@dataclass(frozen=True)
class Suggestion:
    """A subject for a meeting, and why. ``code`` stays the same for the same thing, so that it is offered once.

    ``url`` is the page inside the space that tells more; ``task_id`` or ``item_id`` say what the item belongs to.
    """

    code: str
    title: str
    why: str
    kind: str = AgendaItem.Kind.DISCUSS.value
    minutes: int = DEFAULT_MINUTES
    url: str = ""
    member_id: uuid.UUID | None = None
    task_id: uuid.UUID | None = None
    item_id: uuid.UUID | None = None


AgendaSource = Callable[[Meeting, date], Iterable[Suggestion]]
_sources: list[AgendaSource] = []


def register_agenda_source(source: AgendaSource) -> None:
    """Have ``source(meeting, today)`` offer subjects for a meeting's agenda; called from ``AppConfig.ready``."""
    if source not in _sources:
        _sources.append(source)


def registered_agenda_sources() -> list[AgendaSource]:
    """All sources in the order of their registration: lower apps first."""
    return list(_sources)


def suggestions_for(meeting: Meeting, *, today: date) -> list[Suggestion]:
    """What a meeting could talk about: neither on its agenda already nor put aside for it."""
    known = set(AgendaItem.objects.filter(meeting=meeting).values_list("source_code", flat=True))
    known |= set(meeting.put_aside)
    found = (suggestion for source in _sources for suggestion in source(meeting, today))
    return [suggestion for suggestion in found if suggestion.code not in known]
