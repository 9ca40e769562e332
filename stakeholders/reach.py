"""What of the register belongs to places of work, as higher apps know it (registry, filled in ``AppConfig.ready``).

The register is one for a space; whoever coordinates one partnership keeps of it what that partnership has to do with.
"""

import uuid
from collections.abc import Callable, Collection
from typing import Any

from django.db.models import QuerySet

# The ids of stakeholders, or of maps, that belong to some scopes, as a query set of one column.
ReachSource = Callable[[Collection[uuid.UUID]], QuerySet[Any, Any]]
_stakeholders: list[ReachSource] = []
_maps: list[ReachSource] = []


def register_reach(*, stakeholders: ReachSource | None = None, maps: ReachSource | None = None) -> None:
    """Name stakeholders and maps that belong to scopes; called from ``AppConfig.ready``."""
    for sources, source in ((_stakeholders, stakeholders), (_maps, maps)):
        if source is not None and source not in sources:
            sources.append(source)


def stakeholders_within(scope_ids: Collection[uuid.UUID]) -> list[QuerySet[Any, Any]]:
    """The stakeholders of some scopes, by source."""
    return [source(scope_ids) for source in _stakeholders]


def maps_within(scope_ids: Collection[uuid.UUID]) -> list[QuerySet[Any, Any]]:
    """The maps of some scopes, by source."""
    return [source(scope_ids) for source in _maps]
