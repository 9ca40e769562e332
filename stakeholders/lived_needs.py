"""Needs somebody on a map should live, as higher apps know them (registry, filled in ``AppConfig.ready``)."""

import uuid
from collections.abc import Callable, Sequence

from core.access.viewer import Viewer
from stakeholders.rules.map_gap import LivedNeed

# The needs of what the maps were made for, as far as the viewer sees them.
LivedNeedSource = Callable[[Viewer, Sequence[uuid.UUID]], Sequence[LivedNeed]]
_sources: list[LivedNeedSource] = []


def register_lived_need_source(source: LivedNeedSource) -> None:
    """Have ``source(viewer, map_ids)`` name needs; called from ``AppConfig.ready``."""
    if source not in _sources:
        _sources.append(source)


def needs_behind(viewer: Viewer, map_ids: Sequence[uuid.UUID]) -> list[LivedNeed]:
    """The needs behind some maps."""
    return [need for source in _sources for need in source(viewer, map_ids)] if map_ids else []
