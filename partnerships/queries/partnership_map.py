"""Maps of who matters as a partnership sees them."""

from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from core.access.viewer import Viewer
from partnerships.models import Partnership
from stakeholders.models import MapEntry, StakeholderMap
from stakeholders.queries.map_gap import GapRow, gaps_of
from stakeholders.queries.stakeholder_map import maps_visible_to


def maps_of(viewer: Viewer, partnership: Partnership) -> QuerySet[StakeholderMap]:
    """A partnership's maps, each with ``on_map``, ``affected`` and ``assessed_on``: the day its last round ended."""
    return (
        maps_visible_to(viewer)
        .filter(partnership_links__partnership=partnership)
        .annotate(
            on_map=Count("entries", distinct=True),
            affected=Count("entries", filter=Q(entries__ring=MapEntry.Ring.LIVING_IT), distinct=True),
            assessed_on=Max("rounds__closed_on"),
        )
        .order_by("-created_at")
    )


def partnership_gaps(viewer: Viewer, partnership: Partnership, *, today: date) -> list[GapRow]:
    """What the partnership's maps are missing together (R-S5, R-S6); those put away are not looked at."""
    return gaps_of(viewer, list(maps_of(viewer, partnership).filter(is_archived=False)), today=today)


def maps_to_connect(viewer: Viewer, partnership: Partnership) -> QuerySet[StakeholderMap]:
    """Maps the viewer may see that the partnership has not taken along."""
    return (
        maps_visible_to(viewer)
        .filter(is_archived=False)
        .exclude(partnership_links__partnership=partnership)
        .order_by("-created_at")
    )
