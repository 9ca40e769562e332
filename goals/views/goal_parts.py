"""What belongs around a goal: the weights of its parts, and warnings the partnership lives with."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from goals.forms.suggestion import AcceptWarningForm, WeightsForm
from goals.operations.goal import GoalRefusedError
from goals.operations.nesting import weigh_parts
from goals.operations.warning import accept_warning
from goals.queries.checks import checks_of
from goals.queries.goal import goals_visible_to
from goals.views.doors import editable_goal
from goals.views.goal import goal_context
from metrics.forms.figure import add_refusal


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def goal_weights(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Say how much each part of a goal counts."""
    goal = editable_goal(request, slug, number)
    form = WeightsForm(request.POST or None, parts=list(goals_visible_to(request.viewer).filter(parent=goal)))
    back = space_url("goal_detail", slug=slug, number=number)
    if request.method == "POST" and form.is_valid():
        try:
            weigh_parts(goal=goal, weights=form.weights(), by=request.user)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        except GoalRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The weights were saved."))
            return redirect(back)
    context = {"form": form, "goal": goal, "partnership": goal.partnership, "cancel_url": back}
    return render(request, "goals/goal_weights.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_GOALS)
@require_POST
def goal_accept(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Say why the partnership lives with a warning."""
    goal = editable_goal(request, slug, number)
    today = timezone.localdate()
    form = AcceptWarningForm(request.POST, checks=checks_of(goal, today=today))
    if form.is_valid():
        try:
            accept_warning(goal=goal, by=request.user, today=today, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        except GoalRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The reason stands with the goal."))
            return redirect(space_url("goal_detail", slug=slug, number=number))
    context = {**goal_context(request, goal), "accepting": form}
    return render(request, "goals/goal_detail.html", context, status=422)
