"""Pages for a goal's milestones."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.downloads import file_answer
from core.web.space import space_url
from goals.forms.milestone import DropForm, MilestoneForm, ReachedForm
from goals.models import Goal, Milestone
from goals.operations.goal import GoalRefusedError
from goals.operations.milestone import add_milestone, change_milestone, drop_milestone, reach_milestone
from goals.queries.milestone import expected_words, standing_of
from goals.rules.goal import FINAL_STATES
from goals.views.doors import editable_goal, editable_milestone, visible_goal
from metrics.forms.figure import add_refusal
from partnerships.queries.representative import active_representatives


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def milestone_detail(request: SpaceRequest, slug: str, number: int, milestone_id: uuid.UUID) -> HttpResponse:
    """One milestone: its first date beside the present one, who looks after it, and what shows it."""
    goal, milestone = _visible(request, slug, number, milestone_id)
    can_edit = request.viewer.can(Permission.EDIT_GOALS, goal.partnership.scope_id)
    context = {
        "goal": goal,
        "partnership": goal.partnership,
        "milestone": milestone,
        "standing": standing_of(milestone, today=timezone.localdate()),
        "expected": expected_words(goal, milestone, request.LANGUAGE_CODE[:2]),
        "can_edit": can_edit and goal.state not in FINAL_STATES and milestone.dropped_on is None,
    }
    return render(request, "goals/milestone_detail.html", context)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def milestone_file(request: SpaceRequest, slug: str, number: int, milestone_id: uuid.UUID) -> HttpResponse:
    """The file that shows a milestone is reached, for whoever may see its goal."""
    goal = visible_goal(request, slug, number)
    milestone = get_object_or_404(goal.milestones.exclude(evidence_file=None), pk=milestone_id)
    return file_answer(milestone.evidence_file)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def milestone_new(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Add a point on the way."""
    goal = editable_goal(request, slug, number)
    form = MilestoneForm(request.POST or None, owners=_owners(goal))
    back = space_url("goal_detail", slug=slug, number=number)
    if request.method == "POST" and form.is_valid():
        try:
            add_milestone(goal=goal, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
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
    form = MilestoneForm(request.POST or None, owners=_owners(milestone.goal), milestone=milestone)
    back = space_url("goal_detail", slug=slug, number=number)
    if request.method == "POST" and form.is_valid():
        try:
            change_milestone(milestone=milestone, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
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
    milestone, today = editable_milestone(request, slug, number, milestone_id), timezone.localdate()
    form = ReachedForm(request.POST or None, request.FILES or None, initial={"reached_on": today})
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


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def milestone_drop(request: SpaceRequest, slug: str, number: int, milestone_id: uuid.UUID) -> HttpResponse:
    """Give a milestone up, with a reason that stays in sight."""
    milestone = editable_milestone(request, slug, number, milestone_id)
    form = DropForm(request.POST or None)
    back = space_url("goal_detail", slug=slug, number=number)
    if request.method == "POST" and form.is_valid():
        try:
            drop_milestone(milestone=milestone, by=request.user, today=timezone.localdate(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        except GoalRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The milestone is dropped. It stays in sight with its reason."))
            return redirect(back)
    context = {"form": form, "goal": milestone.goal, "milestone": milestone, "cancel_url": back}
    return render(request, "goals/milestone_drop.html", context, status=422 if form.errors else 200)


def _visible(request: SpaceRequest, slug: str, number: int, milestone_id: uuid.UUID) -> tuple[Goal, Milestone]:
    goal = visible_goal(request, slug, number)
    rows = goal.milestones.select_related("owner_member__organisation", "owner_person", "evidence_file")
    return goal, get_object_or_404(rows, pk=milestone_id)


def _owners(goal: Goal) -> Any:
    return active_representatives().filter(member__partnership=goal.partnership)
