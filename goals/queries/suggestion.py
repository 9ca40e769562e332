"""Reading suggestions: those of the goals somebody sees, and their own organisation's."""

from django.db.models import Q, QuerySet

from core.access.viewer import Viewer, visible_records
from goals.models import Goal, GoalSuggestion
from goals.queries.goal import goals_visible_to
from partnerships.models import Partnership


def suggestions_visible_to(viewer: Viewer) -> QuerySet[GoalSuggestion]:
    """What partners suggested, the newest first: of goals the viewer sees, and for new goals all of a partnership."""
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["partnership__visibility"])
    of_goals = Q(goal=None) | Q(goal__in=goals_visible_to(viewer))
    rows = GoalSuggestion.objects.filter(seen & of_goals).select_related("partnership", "goal", "member__organisation")
    return rows.order_by("-made_at", "id")


def suggestions_of_goal(viewer: Viewer, goal: Goal) -> list[GoalSuggestion]:
    """The suggestions for one goal."""
    return list(suggestions_visible_to(viewer).filter(goal=goal))


def open_suggestions(viewer: Viewer, partnership: Partnership) -> list[GoalSuggestion]:
    """The goals somebody misses in a partnership that wait for an answer."""
    rows = suggestions_visible_to(viewer).filter(partnership=partnership, goal=None, state=GoalSuggestion.State.OPEN)
    return list(rows)
