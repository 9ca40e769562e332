"""What maps are missing, each with what to do about it and where."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.web.space import space_url
from stakeholders.rules.map_gap import Gap, GapKind


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


def as_gap_row(gap: Gap, map_id: uuid.UUID) -> GapRow:
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
            return [add, GapStep(_("Read the need"), gap.about)]
        case GapKind.ENGAGEMENT:
            talk = space_url("interaction_new", stakeholder_id=gap.about)
            return [GapStep(_("Talk to them and write it down"), talk)]
        case GapKind.PROMISE:
            ask = GapStep(_("Ask the raters again"), space_url("map_raters", map_id=map_id))
            return [ask, GapStep(_("Read the promise"), gap.about)]
    return [GapStep(_("Add a second person"), space_url("stakeholder_person_new", stakeholder_id=gap.about))]
