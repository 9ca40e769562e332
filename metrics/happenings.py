"""What happened beside an indicator's values and may explain a turn: its own notes, and facts that higher apps add.

A registry, filled in ``AppConfig.ready``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from core.access.viewer import Viewer
from metrics.models import Indicator


@dataclass(frozen=True)
class Happened:
    """Something on a day, in the page's language."""

    on: date
    title: str


HappeningSource = Callable[[Viewer, Indicator], list[Happened]]
_sources: dict[str, HappeningSource] = {}


def register_happening_source(code: str, source: HappeningSource) -> None:
    """Have ``source(viewer, indicator)`` add what that viewer may know of. The same code again replaces it."""
    _sources[code] = source


def registered_happenings(viewer: Viewer, indicator: Indicator) -> list[Happened]:
    """What all sources know."""
    return [found for source in _sources.values() for found in source(viewer, indicator)]
