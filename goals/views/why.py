"""Why a goal is there: choosing the needs it answers and the change it leads to."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.choices import NotOfferedError, ticked_row, ticked_rows
from core.web.space import space_url
from goals.operations.goal import GoalRefusedError
from goals.operations.why import set_goal_reasons
from goals.queries.why import reason_choices
from goals.views.doors import editable_goal


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def goal_why(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Tick the needs and choose the change."""
    goal = editable_goal(request, slug, number)
    choices = reason_choices(request.viewer, goal)
    back = space_url("goal_detail", slug=slug, number=number)
    if request.method == "POST":
        among = [need for need, _is_chosen in choices.needs]
        try:
            set_goal_reasons(
                goal=goal,
                needs=ticked_rows(request, "need", among),
                outcome=ticked_row(request, "outcome", choices.outcomes),
                by=request.user,
                among=[need.pk for need in among],
            )
        except NotOfferedError as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        except GoalRefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Saved."))
        return redirect(back)
    context = {
        "goal": goal,
        "partnership": goal.partnership,
        "choices": choices,
        "cancel_url": back,
    }
    return render(request, "goals/goal_why.html", context)
