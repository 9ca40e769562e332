"""Milestones reached, as something that may explain a turn in an indicator's values."""

from core.access.viewer import Viewer
from goals.models import Milestone
from goals.queries.goal import goals_visible_to
from metrics.happenings import Happened
from metrics.models import Indicator


def milestones_beside(viewer: Viewer, indicator: Indicator) -> list[Happened]:
    """The milestones reached of an indicator's goals that a viewer may see."""
    goals = goals_visible_to(viewer).filter(indicator=indicator).order_by()
    rows = Milestone.objects.filter(goal__in=goals, reached_on__isnull=False).order_by("reached_on", "id")
    return [Happened(row.reached_on, row.title) for row in rows if row.reached_on is not None]
