"""Pages of a partnership's goals."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.charts import line
from core.queries.tenant import tenant_at_work
from core.web.access import SpaceRequest, requires
from core.web.lists import csv_response, page_of
from core.web.pages import page
from core.web.space import space_url
from goals.forms.suggestion import AcceptWarningForm
from goals.models import Goal
from goals.panels import panel_urls
from goals.queries.check_lines import check_lines
from goals.queries.checks import checks_of
from goals.queries.endorsement import rounds_for, sees_endorsement
from goals.queries.goal import GoalSheet, as_goal_row, goal_list, goal_sheet, goals_visible_to, measured_in
from goals.queries.goal_task import tasks_of
from goals.queries.lesson import lessons_visible_to
from goals.queries.milestone import milestone_items
from goals.queries.nesting import parts_of_goal
from goals.queries.review import due_review_of, review_lines
from goals.queries.risk import risks_of_goal
from goals.queries.suggestion import open_suggestions, suggestions_of_goal
from goals.queries.version import version_lines
from goals.queries.why import goal_reasons
from goals.rules.check_names import NAMES
from goals.rules.goal import FINAL_STATES, OPEN_STATES, RUNNING_STATES
from goals.rules.sdg import sdg_targets
from goals.rules.smart import Outcome, failures
from goals.views.doors import visible_goal
from metrics.rules.total import number_table
from partnerships.models import Partnership
from partnerships.queries.task import task_rows
from partnerships.views.doors import visible_partnership
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
            _("First target"),
            _("End"),
            _("Reason"),
        ]
        cells = (
            (
                row.number,
                row.title,
                row.state_label,
                row.label,
                row.latest,
                row.target,
                row.first_target or row.target,
                row.ends_on,
                row.reason,
            )
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
        "lines": check_lines(goal, checks, language=tenant_at_work().default_language) if is_open else [],
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
        "accepted": [(NAMES[row.code], row.reason) for row in goal.accepted_warnings.order_by("code")],
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
