"""Writing and changing a goal, with the checks beside the form as it is filled in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access.permissions import Permission
from core.queries.tenant import tenant_at_work
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from goals.forms.goal import GoalForm
from goals.forms.version import RestsOnForm
from goals.models import Goal
from goals.operations.goal import GoalRefusedError, change_goal, draft_goal
from goals.queries.check_lines import by_letter, check_lines
from goals.queries.checks import checks_of
from goals.queries.choices import goal_choices
from goals.queries.version import decisions_to_rest_on
from goals.rules.facts import sentence_of
from goals.rules.goal import RUNNING_STATES
from goals.rules.smart import Outcome, failures
from goals.views.doors import editable_goal
from metrics.forms.figure import add_refusal
from metrics.models import Indicator
from partnerships.models import Partnership
from partnerships.views.doors import partnership_allowing

# Sent by the button of a form without script: shows the checks and saves nothing.
ONLY_CHECK = "only_check"


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def goal_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write a goal."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_GOALS)
    choices = goal_choices(request.viewer, partnership)
    form = GoalForm(request.POST or None, choices=choices, measured=choices.indicator(request.GET.get("indicator", "")))
    is_checked = ONLY_CHECK in request.POST
    if request.method == "POST" and not is_checked and form.is_valid():
        try:
            goal = draft_goal(
                partnership=partnership,
                by=request.user,
                new_indicator=form.cleaned_data["new_indicator"],
                **form.goal_fields(),
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The goal was saved as a draft."))
            return redirect(space_url("goal_detail", slug=slug, number=goal.number))
    context = {"form": form, "partnership": partnership, "cancel_url": space_url("goal_list", slug=slug)}
    context["check_url"] = space_url("goal_check", slug=slug)
    if is_checked:
        context |= _checked(*form.draft(Goal(partnership=partnership)))
    return render(request, "goals/goal_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def goal_edit(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Change a goal; once it is adopted, a changed commitment is a new version with its reason."""
    goal = editable_goal(request, slug, number)
    form = GoalForm(request.POST or None, choices=goal_choices(request.viewer, goal.partnership, goal), goal=goal)
    rests_on = _rests_on(request, goal)
    back = space_url("goal_detail", slug=slug, number=number)
    is_checked = ONLY_CHECK in request.POST
    if request.method == "POST" and not is_checked and form.is_valid() and (rests_on is None or rests_on.is_valid()):
        try:
            change_goal(
                goal=goal,
                decision=rests_on.cleaned_data["decision"] if rests_on else None,
                by=request.user,
                today=timezone.localdate(),
                reason=form.cleaned_data.get("reason", ""),
                new_indicator=form.cleaned_data["new_indicator"],
                **form.goal_fields(),
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        except GoalRefusedError as refusal:
            form.add_error(None, " ".join([str(refusal), *(str(check.why) for check in refusal.checks)]))
        else:
            messages.success(request, _("The goal was saved."))
            return redirect(back)
    context = {"form": form, "partnership": goal.partnership, "goal": goal, "rests_on": rests_on, "cancel_url": back}
    context["check_url"] = space_url("goal_check_saved", slug=slug, number=number)
    context |= _checked(*form.draft(goal)) if is_checked else _checked(goal, goal.indicator)
    is_refused = form.errors or (rests_on is not None and not is_checked and rests_on.errors)
    return render(request, "goals/goal_form.html", context, status=422 if is_refused else 200)


def _rests_on(request: SpaceRequest, goal: Goal) -> RestsOnForm | None:
    """What another version rests on; asked only once there is a first one."""
    if goal.state not in RUNNING_STATES:
        return None
    decisions = decisions_to_rest_on(request.viewer, goal.partnership)
    if not decisions and goal.partnership.mode == Partnership.Mode.LIGHT:
        return None
    return RestsOnForm(request.POST if request.method == "POST" else None, decisions=decisions)


@requires(Permission.EDIT_GOALS)
@require_POST
def goal_check(request: SpaceRequest, slug: str, number: int | None = None) -> HttpResponse:
    """The sentence and the checks of a form as it is being filled in; writes nothing."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_GOALS)
    goal = Goal(partnership=partnership) if number is None else editable_goal(request, slug, number)
    saved = goal if number is not None else None
    form = GoalForm(request.POST, choices=goal_choices(request.viewer, partnership, saved))
    context = {**_checked(*form.draft(goal)), "partnership": partnership, "is_live": True}
    return render(request, "goals/goal_checks_live.html", context)


def _checked(goal: Goal, indicator: Indicator | None) -> dict[str, Any]:
    """The sentence and the checks of a goal and its indicator, saved or not, for the page of its form."""
    goal.indicator = indicator
    checks = checks_of(goal, today=timezone.localdate())
    lines = check_lines(goal, checks, language=tenant_at_work().default_language, in_form=True)
    return {
        "sentence": sentence_of(goal, indicator, currency=tenant_at_work().currency),
        "lines": lines,
        "letters": by_letter(lines),
        "failing": failures(checks),
        "later": [check for check in checks if check.outcome == Outcome.LATER],
    }
