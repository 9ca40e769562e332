"""Needs that somebody on the maps of their partnership should live (R-S5)."""

import uuid
from collections.abc import Sequence

from core.access.viewer import Viewer
from goals.queries.need import need_url, needs_visible_to
from goals.rules.need import SETTLED
from stakeholders.rules.map_gap import LivedNeed


def lived_needs(viewer: Viewer, map_ids: Sequence[uuid.UUID]) -> list[LivedNeed]:
    """The unsettled needs of the partnerships some maps belong to, as far as the viewer sees them."""
    rows = needs_visible_to(viewer).exclude(state__in=SETTLED)
    there = rows.filter(partnership__map_links__map__in=map_ids).distinct()
    return [LivedNeed(need.pk, need.statement, need.affected, need_url(need)) for need in there]
