"""The goals at work as a part of the partnership's page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from goals.queries.goal import as_goal_row, goal_list
from goals.rules.goal import RUNNING_STATES
from partnerships.views.doors import visible_partnership

MOST_GOALS = 5


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def partnership_goals(request: SpaceRequest, slug: str) -> HttpResponse:
    """Where each goal at work stands, and of how many there are more."""
    partnership = visible_partnership(request, slug)
    today, language = timezone.localdate(), request.LANGUAGE_CODE[:2]
    goals = list(goal_list(request.viewer, partnership).filter(state__in=RUNNING_STATES)[: MOST_GOALS + 1])
    context = {
        "partnership": partnership,
        "rows": [as_goal_row(goal, today=today, language=language) for goal in goals[:MOST_GOALS]],
        "has_more": len(goals) > MOST_GOALS,
    }
    return render(request, "goals/goal_panel.html", context)
