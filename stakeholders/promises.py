"""What was promised publicly to those on a map, as higher apps know it (registry, filled in ``AppConfig.ready``)."""

import uuid
from collections.abc import Callable, Mapping, Sequence

from stakeholders.models import MapEntry
from stakeholders.rules.promise import PublicPromise

# For each entry, by its id, what was promised; the entries come with their stakeholder.
PromiseSource = Callable[[Sequence[MapEntry]], Mapping[uuid.UUID, Sequence[PublicPromise]]]
_sources: list[PromiseSource] = []


def register_promise_source(source: PromiseSource) -> None:
    """Have ``source(entries)`` tell what is promised publicly; called from ``AppConfig.ready``."""
    if source not in _sources:
        _sources.append(source)


def promises_to(entries: Sequence[MapEntry]) -> dict[uuid.UUID, PublicPromise]:
    """The furthest promise to each stakeholder on a map, by entry; those nothing was promised to are left out."""
    furthest: dict[uuid.UUID, PublicPromise] = {}
    for source in _sources if entries else ():
        for entry_id, promises in source(entries).items():
            for promise in promises:
                if entry_id not in furthest or promise.level > furthest[entry_id].level:
                    furthest[entry_id] = promise
    return furthest
