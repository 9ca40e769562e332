"""All goals of a partnership along a calendar."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.charts import timeline
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from goals.queries.goal_timeline import dated_goals, goal_timeline
from partnerships.views.doors import visible_partnership
from partnerships.views.tabs import partnership_tabs

GOALS_A_PAGE = 25


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def goals_timeline(request: SpaceRequest, slug: str) -> HttpResponse:
    """Goals and milestones as a drawing and as tables."""
    partnership = visible_partnership(request, slug)
    goals = page_of(request, dated_goals(request.viewer, partnership), per_page=GOALS_A_PAGE)
    found = goal_timeline(request.viewer, partnership, goals.rows, today=timezone.localdate())
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "goal_list"),
        "timeline": found,
        "page": goals,
    }
    if found:
        brand = request.tenant.brand_colour
        context |= {
            "wide": timeline(found.chart, brand=brand),
            "compact": timeline(found.chart, compact=True, brand=brand),
        }
    return render(request, "goals/goal_timeline.html", context)
