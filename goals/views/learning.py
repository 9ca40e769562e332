"""What was learned around a goal: a part of the goal's page, or a page of its own without script."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.pages import page
from goals.queries.learning import learning_of
from goals.rules.goal import FINAL_STATES, OPEN_STATES
from goals.views.doors import visible_goal
from partnerships.models import Partnership


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def goal_learning(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """From numbers to action: the reviews of a goal and what followed."""
    goal = visible_goal(request, slug, number)
    context = {
        "partnership": goal.partnership,
        "goal": goal,
        "learning": learning_of(request.viewer, goal, today=timezone.localdate()),
        "is_light": goal.partnership.mode == Partnership.Mode.LIGHT,
        "is_open": goal.state in OPEN_STATES,
        "is_closed": goal.state in FINAL_STATES,
        "can_take_part": request.viewer.can(Permission.TAKE_PART, goal.partnership.scope_id),
        "can_edit": request.viewer.can(Permission.EDIT_GOALS, goal.partnership.scope_id),
    }
    return page(request, "goals/goal_learning.html", context, partial="panel")
