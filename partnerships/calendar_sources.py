"""Dates of a partnership that higher apps know (registry, filled in ``AppConfig.ready``)."""

from collections.abc import Callable, Iterable, Iterator

from core.access.viewer import Viewer
from core.documents.calendar import CalendarEntry
from partnerships.models import Partnership

CalendarSource = Callable[[Viewer, Partnership], Iterable[CalendarEntry]]
_sources: list[CalendarSource] = []


def register_calendar_source(source: CalendarSource) -> None:
    """Have ``source(viewer, partnership)`` give dates for a partnership's calendar, as far as the viewer sees them."""
    if source not in _sources:
        _sources.append(source)


def entries_of(viewer: Viewer, partnership: Partnership) -> Iterator[CalendarEntry]:
    """What all sources know."""
    return (entry for source in _sources for entry in source(viewer, partnership))
