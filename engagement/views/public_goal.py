"""One goal of a public partnership, for everybody."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.web.access import SpaceRequest, public
from engagement.queries.public_goal import goal_withdrawn_on, public_goal_of, told_goal
from engagement.views.public_frame import in_chosen_language, public_page_response, withdrawn_page


@public
@require_safe
@in_chosen_language
def public_goal(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """What a goal wants, how far it has come, and the points on the way; the same 404 for one that never was public."""
    goal = told_goal(slug, number).first()
    if goal is None:
        return withdrawn_page(request, goal_withdrawn_on(slug, number), slug=slug)
    told = public_goal_of(goal, today=timezone.localdate(), language=request.LANGUAGE_CODE[:2])
    context = {"told": told, "goal": goal, "sheet": told.sheet, "partnership": goal.partnership}
    return public_page_response(request, "engagement/public_goal.html", context)
