"""What maps are missing, each with what to do about it and where."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.access.viewer import Viewer
from core.web.space import space_url
from stakeholders.lived_needs import needs_behind
from stakeholders.models import MapEntry, Stakeholder, StakeholderMap
from stakeholders.promises import promises_to
from stakeholders.queries.map_score import entries_on, given_on, said_of
from stakeholders.rules.assessment import Standing, standing_of
from stakeholders.rules.map_gap import Gap, GapKind, Placed, gaps_in
from stakeholders.rules.promise import PublicPromise
from stakeholders.rules.stakeholder import names_of


@dataclass(frozen=True)
class GapStep:
    """Something to do, in words, and the page it is done on."""

    label: str
    url: str


@dataclass(frozen=True)
class GapRow:
    """A gap as pages tell it, with its next steps."""

    kind: str
    text: str
    steps: Sequence[GapStep]


def gaps_of(viewer: Viewer, maps: Sequence[StakeholderMap], *, today: date) -> list[GapRow]:
    """What some maps are missing together: who is on one of them is missing on none (R-S5, R-S6)."""
    map_ids = [found.pk for found in maps]
    entries, given = entries_on(viewer, map_ids), given_on(map_ids)
    said = said_of(entries)
    promises = promises_to(entries, said)
    placed = [
        as_placed(
            entry,
            standing_of((one.scored for one in given.get(entry.pk, [])), today=today),
            promises.get(entry.pk),
            said.get(entry.pk, {}),
        )
        for entry in entries
    ]
    return gap_rows(viewer, placed, map_ids)


def gap_rows(viewer: Viewer, placed: Sequence[Placed], map_ids: Sequence[uuid.UUID]) -> list[GapRow]:
    """The gaps of those on some maps; an empty map has none yet."""
    if not placed:
        return []
    return [_row(gap, map_ids[0]) for gap in gaps_in(placed, needs_behind(viewer, map_ids))]


def as_placed(
    entry: MapEntry, standing: Standing, promise: PublicPromise | None, said: Mapping[uuid.UUID, bool]
) -> Placed:
    """One of ``entries_on`` as gaps are looked for."""
    one = entry.stakeholder
    return Placed(
        id=str(one.pk),
        map_id=str(entry.map_id),
        name=one.name,
        sector=one.sector,
        status=one.status,
        ring=entry.ring,
        people=getattr(entry, "people_known", 0),
        is_person=one.kind == Stakeholder.Kind.PERSON,
        standing=standing,
        names=names_of(one),
        words=f"{one.subtype} {one.description}",
        is_affected=Stakeholder.Stake.AFFECTED in one.stakes,
        promise=promise,
        said=said,
    )


def _row(gap: Gap, map_id: uuid.UUID) -> GapRow:
    """A gap with its steps; what stands on no map in particular leads to ``map_id``."""
    return GapRow(gap.kind.value, gap.text, _steps(gap, uuid.UUID(gap.map_id) if gap.map_id else map_id))


def _steps(gap: Gap, map_id: uuid.UUID) -> list[GapStep]:
    match gap.kind:
        case GapKind.SECTOR:
            return [GapStep(_("Look in the register"), f"{space_url('stakeholder_list')}?sector={gap.about}")]
        case GapKind.CENTRE:
            return [GapStep(_("Say who lives it"), f"{space_url('map_detail', map_id=map_id)}#rings")]
        case GapKind.NEED:
            add = GapStep(_("Put on the map who lives it"), space_url("map_add", map_id=map_id))
            say = GapStep(_("Say who on the map lives it"), _meant(map_id, gap))
            return [say, add, GapStep(_("Read the need"), gap.about)]
        case GapKind.ENGAGEMENT:
            talk = space_url("interaction_new", stakeholder_id=gap.about)
            return [GapStep(_("Talk to them and write it down"), talk)]
        case GapKind.PROMISE:
            ask = GapStep(_("Ask the raters again"), space_url("map_raters", map_id=map_id))
            say = GapStep(_("Say to whom it is promised"), _meant(map_id, gap))
            return [ask, say, GapStep(_("Read the promise"), gap.about)]
    return [GapStep(_("Add a second person"), space_url("stakeholder_person_new", stakeholder_id=gap.about))]


def _meant(map_id: uuid.UUID, gap: Gap) -> str:
    return space_url("map_meant_edit", map_id=map_id, subject_id=uuid.UUID(gap.subject))
