"""Who on a map lives which need, and to whom what was promised publicly: by words, or as somebody said."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from core.access.viewer import Viewer
from stakeholders.lived_needs import needs_behind
from stakeholders.models import StakeholderMap
from stakeholders.promises import promises_made
from stakeholders.queries.map_gap import as_placed
from stakeholders.queries.map_score import entries_on, said_of
from stakeholders.rules.assessment import standing_of
from stakeholders.rules.map_gap import lives

NEED, PROMISE = "need", "promise"


@dataclass(frozen=True)
class Candidate:
    """Somebody on the map; ``is_meant`` as it holds now, ``is_said`` when somebody said so by hand."""

    entry_id: uuid.UUID
    name: str
    is_meant: bool
    is_said: bool


@dataclass(frozen=True)
class Meant:
    """A need or a promise with everybody on the map. ``words`` are whom it speaks of, or what it promises."""

    id: uuid.UUID
    kind: str
    title: str
    words: str
    url: str
    candidates: Sequence[Candidate]

    @property
    def names(self) -> list[str]:
        """Who is meant, by name."""
        return [one.name for one in self.candidates if one.is_meant]


def meant_on(viewer: Viewer, found: StakeholderMap) -> list[Meant]:
    """The needs behind a map, then the promises of its partnerships and those that mean or meant somebody on it."""
    entries = entries_on(viewer, [found.pk])
    said = said_of(entries)
    nobody = standing_of([])
    placed = {entry.pk: as_placed(entry, nobody, None, said.get(entry.pk, {})) for entry in entries}

    def candidates(subject_id: uuid.UUID, meant: set[uuid.UUID]) -> list[Candidate]:
        return [
            Candidate(entry.pk, entry.stakeholder.name, entry.pk in meant, subject_id in said.get(entry.pk, {}))
            for entry in entries
        ]

    needs = [
        Meant(need.id, NEED, need.statement, need.affected, need.url, candidates(need.id, living))
        for need in (needs_behind(viewer, [found.pk]) if entries else [])
        for living in [{pk for pk, one in placed.items() if lives(need, one)}]
    ]
    promises = [
        Meant(told.id, PROMISE, told.title, told.words, told.url, candidates(told.id, to))
        for made in promises_made(entries)
        for told, to in [(made.promise, {pk for pk in placed if made.means(pk, said.get(pk, {}))})]
        if to or found.pk in made.maps or any(told.id in spoken for spoken in said.values())
    ]
    return needs + promises
