"""What higher apps know of the means planned for goals, for the check whether a goal can be reached (A1)."""

import uuid
from collections.abc import Callable, Collection

from goals.models import Goal

# Cents planned by goal: money expected and secured, and the value of gifts in kind, in the tenant's currency.
type MeansSource = Callable[[Collection[Goal]], dict[uuid.UUID, int]]

_sources: dict[str, MeansSource] = {}


def register_means_source(code: str, source: MeansSource) -> None:
    """Add a source; called from ``AppConfig.ready``. The same code again replaces it."""
    _sources[code] = source


def planned_cents(goals: Collection[Goal]) -> dict[uuid.UUID, int]:
    """What is planned for each of some goals; one for which nothing is planned stands not in it."""
    found: dict[uuid.UUID, int] = {}
    for _code, source in sorted(_sources.items()):
        for key, cents in source(goals).items():
            found[key] = found.get(key, 0) + cents
    return found
