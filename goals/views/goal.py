"""Pages of a partnership's goals."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.charts import line
from core.queries.tenant import tenant_at_work
from core.web.access import SpaceRequest, requires
from core.web.lists import csv_response, page_of
from core.web.pages import page
from core.web.space import space_url
from goals.forms.goal import GoalForm
from goals.forms.suggestion import AcceptWarningForm
from goals.forms.version import RestsOnForm
from goals.models import Goal
from goals.operations.goal import GoalRefusedError, change_goal, draft_goal
from goals.panels import panel_urls
from goals.queries.checks import checks_of
from goals.queries.choices import goal_choices
from goals.queries.endorsement import rounds_for, sees_endorsement
from goals.queries.goal import GoalSheet, as_goal_row, goal_list, goal_sheet, goals_visible_to, measured_in
from goals.queries.goal_task import tasks_of
from goals.queries.lesson import lessons_visible_to
from goals.queries.milestone import milestone_items
from goals.queries.nesting import parts_of_goal
from goals.queries.review import due_review_of, review_lines
from goals.queries.risk import risks_of_goal
from goals.queries.suggestion import open_suggestions, suggestions_of_goal
from goals.queries.version import decisions_to_rest_on, version_lines
from goals.queries.why import goal_reasons
from goals.rules.facts import sentence_of
from goals.rules.goal import FINAL_STATES, OPEN_STATES, RUNNING_STATES
from goals.rules.sdg import sdg_targets
from goals.rules.smart import Outcome, failures
from goals.views.doors import editable_goal, visible_goal
from metrics.forms.figure import add_refusal
from metrics.rules.total import number_table
from partnerships.models import Partnership
from partnerships.queries.task import task_rows
from partnerships.views.doors import partnership_allowing, visible_partnership
from partnerships.views.tabs import partnership_tabs


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def goals(request: SpaceRequest, slug: str) -> HttpResponse:
    """A partnership's goals with how each stands, also as CSV."""
    partnership = visible_partnership(request, slug)
    rows = goal_list(request.viewer, partnership)
    today, language = timezone.localdate(), request.LANGUAGE_CODE[:2]

    def as_row(goal: Goal) -> Any:
        return as_goal_row(goal, today=today, language=language)

    if request.GET.get("format") == "csv":
        header = [
            _("Number"),
            _("Goal"),
            _("State"),
            _("Standing"),
            _("Latest value"),
            _("Target"),
            _("End"),
            _("Reason"),
        ]
        cells = (
            (row.number, row.title, row.state_label, row.label, row.latest, row.target, row.ends_on, row.reason)
            for row in map(as_row, rows)
        )
        return csv_response(_("goals"), header, cells, language=language)
    can_edit = request.viewer.can(Permission.EDIT_GOALS, partnership.scope_id)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "goal_list"),
        "page": page_of(request, rows, as_row=as_row),
        "can_edit": can_edit,
        "measured": measured_in(request.viewer, partnership) if can_edit else None,
        "can_suggest": request.viewer.can(Permission.TAKE_PART, partnership.scope_id),
        "suggestions": open_suggestions(request.viewer, partnership),
        "sees_endorsement": sees_endorsement(request.viewer, partnership),
    }
    return page(request, "goals/goal_list.html", context)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def goal_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """One goal: its sentence, how it stands, milestones, tasks, checks while it is open, and its versions."""
    goal = visible_goal(request, slug, number)
    return render(request, "goals/goal_detail.html", goal_context(request, goal))


def goal_context(request: SpaceRequest, goal: Goal) -> dict[str, Any]:
    """What the page of a goal needs."""
    today, language = timezone.localdate(), request.LANGUAGE_CODE[:2]
    sheet = goal_sheet(goal, today=today)
    can_edit = request.viewer.can(Permission.EDIT_GOALS, goal.partnership.scope_id)
    is_open, is_closed = goal.state in OPEN_STATES, goal.state in FINAL_STATES
    checks = checks_of(goal, today=today) if is_open else []
    versions = version_lines(goal)
    is_running = goal.state in RUNNING_STATES
    reviews = review_lines(goal) if goal.version_number else []
    due = due_review_of(sheet, reviews, today=today)
    can_review = can_edit and is_running
    return {
        "goal": goal,
        "partnership": goal.partnership,
        "sheet": sheet,
        "row": as_goal_row(goal, today=today, language=language),
        "drawn": _drawn(request, sheet, language),
        "milestones": milestone_items(goal, today=today, language=language, can_edit=can_edit and not is_closed),
        "tasks": task_rows(tasks_of(request.viewer, goal)),
        "checks": checks,
        "failing": failures(checks),
        "versions": versions if len(versions) > 1 or is_closed else [],
        "panels": panel_urls(goal),
        "reviews": reviews,
        "review_due": due,
        "can_review": can_review,
        # Three volunteers meet reviews when one is due, not before.
        "shows_reviews": bool(reviews or due or (is_running and goal.partnership.mode == Partnership.Mode.FULL)),
        "review_url": space_url("review_new", slug=goal.partnership.slug, number=goal.number) if can_review else "",
        "endorsements": rounds_for(request.viewer, goal),
        "can_edit": can_edit and not is_closed,
        "is_open": is_open,
        "later": [check for check in checks if check.outcome == Outcome.LATER],
        "can_accept": can_edit and any(check.outcome == Outcome.WARN for check in checks),
        "accepting": AcceptWarningForm(checks=checks),
        "accepted": goal.accepted_warnings.all(),
        "parts": parts_of_goal(request.viewer, goal, today=today, language=language),
        "above": goal.parent if goal.parent and goal.parent in goals_visible_to(request.viewer) else None,
        "sdg_tags": [sdg_targets()[code].label(language) for code in goal.sdg_targets if code in sdg_targets()],
        "suggestions": suggestions_of_goal(request.viewer, goal),
        "is_closed": is_closed,
        "goal_number": str(goal.number),
        "lessons": lessons_visible_to(request.viewer).filter(goal=goal).count() if is_closed else 0,
        "can_take_part": request.viewer.can(Permission.TAKE_PART, goal.partnership.scope_id),
        "can_suggest": not is_closed and request.viewer.can(Permission.TAKE_PART, goal.partnership.scope_id),
        "why": goal_reasons(request.viewer, goal),
        "risks": risks_of_goal(request.viewer, goal, today=today),
    }


def _drawn(request: SpaceRequest, sheet: GoalSheet, language: str) -> dict[str, Any] | None:
    chart = sheet.chart(language)
    if chart is None:
        return None
    brand = request.tenant.brand_colour
    numbers = number_table(
        sheet.points,
        sheet.figures,
        language,
        agreed=lambda point: sheet.agreed_on_the_way(point.period.ends_on),
    )
    return {"wide": line(chart, brand=brand), "compact": line(chart, compact=True, brand=brand), "numbers": numbers}


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def goal_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write a goal."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_GOALS)
    choices = goal_choices(request.viewer, partnership)
    form = GoalForm(request.POST or None, choices=choices, measured=choices.indicator(request.GET.get("indicator", "")))
    if request.method == "POST" and form.is_valid():
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
    return render(request, "goals/goal_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def goal_edit(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Change a goal; once it is adopted, a changed commitment is a new version with its reason."""
    goal = editable_goal(request, slug, number)
    form = GoalForm(request.POST or None, choices=goal_choices(request.viewer, goal.partnership, goal), goal=goal)
    rests_on = _rests_on(request, goal)
    back = space_url("goal_detail", slug=slug, number=number)
    if request.method == "POST" and form.is_valid() and (rests_on is None or rests_on.is_valid()):
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
    is_refused = form.errors or (rests_on is not None and rests_on.errors)
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
    drafted, indicator = form.draft(goal)
    drafted.indicator = indicator
    checks = checks_of(drafted, today=timezone.localdate())
    sentence = sentence_of(drafted, indicator, currency=tenant_at_work().currency)
    later = [check for check in checks if check.outcome == Outcome.LATER]
    context = {"sentence": sentence, "checks": checks, "failing": failures(checks), "later": later, "is_live": True}
    return render(request, "goals/goal_checks.html", context)
