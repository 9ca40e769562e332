"""All goals of a partnership along a calendar."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.charts import timeline
from core.web.access import SpaceRequest, requires
from goals.queries.goal_timeline import goal_timeline
from partnerships.views.doors import visible_partnership
from partnerships.views.tabs import partnership_tabs


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def goals_timeline(request: SpaceRequest, slug: str) -> HttpResponse:
    """Goals and milestones as a drawing and as tables."""
    partnership = visible_partnership(request, slug)
    found = goal_timeline(request.viewer, partnership, today=timezone.localdate())
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "goal_list"),
        "timeline": found,
    }
    if found:
        brand = request.tenant.brand_colour
        context |= {
            "wide": timeline(found.chart, brand=brand),
            "compact": timeline(found.chart, compact=True, brand=brand),
        }
    return render(request, "goals/goal_timeline.html", context)
