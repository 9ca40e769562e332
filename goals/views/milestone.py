"""Pages for a goal's milestones."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from goals.forms.milestone import MilestoneForm, ReachedForm
from goals.operations.goal import GoalRefusedError
from goals.operations.milestone import add_milestone, change_milestone, reach_milestone
from goals.views.doors import editable_goal, editable_milestone
from metrics.forms.figure import add_refusal


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def milestone_new(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Add a point on the way."""
    goal = editable_goal(request, slug, number)
    form = MilestoneForm(request.POST or None)
    back = space_url("goal_detail", slug=slug, number=number)
    if request.method == "POST" and form.is_valid():
        try:
            add_milestone(goal=goal, by=request.user, **form.cleaned_data)
        except GoalRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The milestone was added."))
            return redirect(back)
    context = {"form": form, "goal": goal, "cancel_url": back}
    return render(request, "goals/milestone_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def milestone_edit(request: SpaceRequest, slug: str, number: int, milestone_id: uuid.UUID) -> HttpResponse:
    """Change a milestone; its first date stays visible."""
    milestone = editable_milestone(request, slug, number, milestone_id)
    form = MilestoneForm(request.POST or None, milestone=milestone)
    back = space_url("goal_detail", slug=slug, number=number)
    if request.method == "POST" and form.is_valid():
        try:
            change_milestone(milestone=milestone, by=request.user, **form.cleaned_data)
        except GoalRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The milestone was saved."))
            return redirect(back)
    context = {"form": form, "goal": milestone.goal, "milestone": milestone, "cancel_url": back}
    return render(request, "goals/milestone_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def milestone_reach(request: SpaceRequest, slug: str, number: int, milestone_id: uuid.UUID) -> HttpResponse:
    """Say that a milestone is reached, and what shows it."""
    milestone = editable_milestone(request, slug, number, milestone_id)
    today = timezone.localdate()
    form = ReachedForm(request.POST or None, initial={"reached_on": today})
    back = space_url("goal_detail", slug=slug, number=number)
    if request.method == "POST" and form.is_valid():
        try:
            reach_milestone(milestone=milestone, by=request.user, today=today, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        except GoalRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The milestone is reached. Well done."))
            return redirect(back)
    context = {"form": form, "goal": milestone.goal, "milestone": milestone, "cancel_url": back}
    return render(request, "goals/milestone_reach.html", context, status=422 if form.errors else 200)
