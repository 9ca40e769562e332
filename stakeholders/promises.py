"""What was promised publicly to those on a map, as higher apps know it (registry, filled in ``AppConfig.ready``)."""

import uuid
from collections.abc import Callable, Mapping, Sequence

from stakeholders.models import MapEntry
from stakeholders.rules.promise import MadePromise, PublicPromise

# Every promise that binds, beside some entries, which come with their stakeholder.
PromiseSource = Callable[[Sequence[MapEntry]], Sequence[MadePromise]]
# What was said by hand, by entry and then by the promise's id.
Said = Mapping[uuid.UUID, Mapping[uuid.UUID, bool]]
_sources: list[PromiseSource] = []


def register_promise_source(source: PromiseSource) -> None:
    """Have ``source(entries)`` tell what is promised publicly; called from ``AppConfig.ready``."""
    if source not in _sources:
        _sources.append(source)


def promises_made(entries: Sequence[MapEntry]) -> list[MadePromise]:
    """Every promise that binds, with those on the maps its words seem to mean."""
    return [made for source in _sources for made in source(entries)] if entries else []


def promises_to(entries: Sequence[MapEntry], said: Said) -> dict[uuid.UUID, PublicPromise]:
    """The furthest promise to each stakeholder on a map, by entry; those nothing was promised to are left out."""
    furthest: dict[uuid.UUID, PublicPromise] = {}
    for made in promises_made(entries):
        for entry in entries:
            is_further = entry.pk not in furthest or made.promise.level > furthest[entry.pk].level
            if is_further and made.means(entry.pk, said.get(entry.pk, {})):
                furthest[entry.pk] = made.promise
    return furthest
