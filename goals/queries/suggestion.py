"""Reading suggestions: those of the goals somebody sees, and their own organisation's."""

from django.db.models import Q, QuerySet

from core.access.viewer import Viewer, visible_records
from core.web.space import space_url
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
    """What waits for an answer in a partnership: goals somebody misses, and changes of those there are."""
    rows = suggestions_visible_to(viewer).filter(partnership=partnership, state=GoalSuggestion.State.OPEN)
    return list(rows)


def place_of(suggestion: GoalSuggestion) -> str:
    """The page on which a suggestion is read: its goal's, or the list for one that is missing."""
    slug = suggestion.partnership.slug
    if suggestion.goal is None:
        return space_url("goal_list", slug=slug)
    return space_url("goal_detail", slug=slug, number=suggestion.goal.number)
