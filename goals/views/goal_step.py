"""A goal's way through its life: proposing, adopting, beginning, closing; its tasks and its examples."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.choices import NotOfferedError, ticked_rows
from core.web.space import space_url
from goals.forms.milestone import CloseGoalForm
from goals.forms.version import RestsOnForm
from goals.models import Goal
from goals.operations.goal import GoalRefusedError, adopt_goal, close_goal, confirm_examples, move_goal
from goals.operations.goal_task import set_goal_tasks
from goals.queries.endorsement import adoption_findings_of
from goals.queries.goal_task import tasks_of, tasks_to_choose
from goals.queries.version import decisions_to_rest_on, final_values_of
from goals.rules.goal import FINAL_STATES
from goals.views.doors import editable_goal
from metrics.forms.figure import add_refusal
from partnerships.rules.severity import blocking

DONE = {
    Goal.State.DRAFT: gettext_lazy("The goal is a draft again."),
    Goal.State.PROPOSED: gettext_lazy("The goal is proposed."),
    Goal.State.IN_ENDORSEMENT: gettext_lazy("The partners are asked now."),
    Goal.State.ACTIVE: gettext_lazy("Work on the goal has begun."),
    Goal.State.UNDER_REVIEW: gettext_lazy("The goal is under review."),
}


@requires(Permission.EDIT_GOALS)
@require_POST
def goal_move(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Take a goal to another state of its life."""
    goal = editable_goal(request, slug, number)
    to = request.POST.get("to", "")
    try:
        move_goal(goal=goal, to=to, by=request.user, today=timezone.localdate())
    except GoalRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(DONE[Goal.State(to)]))
    return redirect(space_url("goal_detail", slug=slug, number=number))


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def goal_adopt(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Adopt a goal, after one question; what the partners agreed and is not there is told, in full it stops."""
    goal, today = editable_goal(request, slug, number), timezone.localdate()
    decisions = decisions_to_rest_on(request.viewer, goal.partnership)
    form = RestsOnForm(request.POST if request.method == "POST" else None, decisions=decisions)
    back = space_url("goal_detail", slug=slug, number=number)
    if request.method == "POST" and form.is_valid():
        try:
            adopt_goal(goal=goal, by=request.user, today=today, decision=form.cleaned_data["decision"])
        except GoalRefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The goal is adopted. Its target stays visible from now on."))
        return redirect(back)
    findings = adoption_findings_of(goal, today=today)
    context = {"form": form, "goal": goal, "findings": findings, "cancel_url": back}
    context["is_stopped"] = bool(blocking(findings, goal.partnership.mode))
    return render(request, "goals/goal_adopt.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def goal_close(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """End a goal and say how that is known."""
    goal = editable_goal(request, slug, number)
    endings = [(state.value, state.label) for state in FINAL_STATES]
    values = final_values_of(goal, language=request.LANGUAGE_CODE[:2])
    form = CloseGoalForm(request.POST or None, choices=endings, values=values)
    back = space_url("goal_detail", slug=slug, number=number)
    if request.method == "POST" and form.is_valid():
        try:
            close_goal(goal=goal, by=request.user, today=timezone.localdate(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        except GoalRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The goal is closed."))
            return redirect(back)
    context = {"form": form, "goal": goal, "cancel_url": back}
    return render(request, "goals/goal_close.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_GOALS)
@require_POST
def goal_confirm(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Say that the template's figures are the partnership's own."""
    goal = editable_goal(request, slug, number)
    confirm_examples(goal=goal, by=request.user)
    messages.success(request, _("The figures are yours now."))
    return redirect(space_url("goal_detail", slug=slug, number=number))


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def goal_tasks(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Choose the tasks that serve a goal."""
    goal = editable_goal(request, slug, number)
    offered = list(tasks_to_choose(request.viewer, goal))
    back = space_url("goal_detail", slug=slug, number=number)
    if request.method == "POST":
        try:
            tasks = ticked_rows(request, "task", offered)
        except NotOfferedError as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        set_goal_tasks(goal=goal, tasks=tasks, by=request.user, among=[task.pk for task in offered])
        messages.success(request, _("The tasks of the goal were saved."))
        return redirect(back)
    linked = {task.pk for task in tasks_of(request.viewer, goal)}
    choices = [(task, task.pk in linked) for task in offered]
    return render(request, "goals/goal_tasks.html", {"goal": goal, "choices": choices, "cancel_url": back})
