"""Pages of trend reviews: from a number to tasks, in six steps."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.charts import line
from core.web.access import SpaceRequest, requires
from core.web.lists import csv_response, page_of
from core.web.pages import page
from core.web.space import space_url
from goals.forms.trend_review import TrendReviewCheckForm, TrendReviewForm, TrendReviewSubjectForm
from goals.models import Goal, TrendReview
from goals.operations.trend_review import (
    TrendReviewRefusedError,
    check_trend_review,
    fill_trend_review,
    move_trend_review,
    start_trend_review,
)
from goals.queries.lesson import as_lesson_row, lacks_failure, lessons_visible_to
from goals.queries.trend_review import (
    as_review_row,
    facts_of,
    number_of,
    review_tasks,
    step_lines,
    subjects_in,
    trend_review_list,
    trend_reviews_visible_to,
)
from goals.rules.trend_review import STEPS, TONES, can_check, can_move, can_write, findings_for, is_check_due
from goals.views.learning_views import learning_views
from metrics.forms.figure import add_refusal
from metrics.models import Indicator
from metrics.queries.indicator import IndicatorSheet
from metrics.rules.total import number_table
from partnerships.models import Partnership
from partnerships.operations.task import TaskRefusedError
from partnerships.queries.member import active_members
from partnerships.queries.task import task_rows
from partnerships.views.doors import partnership_allowing, visible_partnership
from partnerships.views.tabs import partnership_tabs

State = TrendReview.State
STEP_NUMBERS = {str(step.number) for step in STEPS}
DONE = {
    State.HELD: gettext_lazy("What the number showed today is kept with the review."),
    State.ACTIONS_AGREED: gettext_lazy("The tasks are agreed. Look at them again on the day you chose."),
}


def visible_review(request: SpaceRequest, slug: str, number: int) -> TrendReview:
    """The review of an address; 404 when the viewer may not see it."""
    return get_object_or_404(trend_reviews_visible_to(request.viewer), partnership__slug=slug, number=number)


def editable_review(request: SpaceRequest, slug: str, number: int) -> TrendReview:
    """The review of an address that the viewer may write in; 404 unseen, 403 without the permission."""
    review = visible_review(request, slug, number)
    if not request.viewer.can(Permission.EDIT_GOALS, review.partnership.scope_id):
        raise PermissionDenied
    return review


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def trend_reviews(request: SpaceRequest, slug: str) -> HttpResponse:
    """A partnership's trend reviews, of one goal or indicator when asked, also as CSV."""
    partnership, today = visible_partnership(request, slug), timezone.localdate()
    goal, indicator = _asked_about(request, partnership)
    rows = trend_review_list(request.viewer, partnership, goal=goal, indicator=indicator)
    if request.GET.get("format") == "csv":
        header = [_("Number"), _("About"), _("State"), _("Held on"), _("Tasks"), _("Still open")]
        found = ((review, as_review_row(review, today=today)) for review in rows)
        cells = (
            (row.number, row.subject, row.state, review.held_on, row.tasks, row.open_tasks) for review, row in found
        )
        return csv_response(_("trend reviews"), header, cells, language=request.LANGUAGE_CODE)
    asked = f"goal={goal.number}" if goal else f"indicator={indicator.code}" if indicator else ""
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "trend_review_list"),
        "ways": learning_views(partnership, "trend_review_list"),
        "page": page_of(request, rows, as_row=lambda row: as_review_row(row, today=today)),
        "about": goal or indicator,
        "asked": asked,
        "can_edit": request.viewer.can(Permission.EDIT_GOALS, partnership.scope_id),
    }
    return page(request, "goals/trend_review_list.html", context)


def _asked_about(request: SpaceRequest, partnership: Partnership) -> tuple[Goal | None, Indicator | None]:
    """The goal or indicator of the address; None for what is not there to be seen."""
    number, code = request.GET.get("goal", ""), request.GET.get("indicator", "")
    if not number and not code:
        return None, None
    subjects = subjects_in(request.viewer, partnership)
    return subjects.goal(number), subjects.indicator(code)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def trend_review_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Begin a review of a goal or an indicator."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_GOALS)
    subjects = subjects_in(request.viewer, partnership)
    asked = request.GET.get("goal", ""), request.GET.get("indicator", "")
    initial = {"subject": f"g:{asked[0]}" if asked[0] else f"i:{asked[1]}" if asked[1] else ""}
    form = TrendReviewSubjectForm(request.POST or None, subjects=subjects, initial=initial)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["subject"]
        goal, indicator = subjects.goal(key), subjects.indicator(key)
        try:
            review = start_trend_review(partnership=partnership, by=request.user, goal=goal, indicator=indicator)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(space_url("trend_review_fill", slug=slug, number=review.number))
    cancel_url = space_url("trend_review_list", slug=slug)
    context = {"form": form, "partnership": partnership, "cancel_url": cancel_url}
    return render(request, "goals/trend_review_new.html", context, status=422 if form.errors else 200)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def trend_review_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """One review: the number, the six steps, the tasks and what became of them. Prints on two sheets."""
    review = visible_review(request, slug, number)
    today = timezone.localdate()
    can_edit = request.viewer.can(Permission.EDIT_GOALS, review.partnership.scope_id)
    can_take_part = request.viewer.can(Permission.TAKE_PART, review.partnership.scope_id)
    facts = facts_of(review)
    following = [state for state in (State.HELD, State.ACTIONS_AGREED) if can_edit and _follows(review, state)]
    context = {
        **_seen(request, review),
        "tone": TONES[State(review.state)],
        "steps": step_lines(review, tasks=facts.tasks),
        "can_edit": can_edit,
        "can_write": can_edit and bool(can_write(state=review.state)),
        "can_check": can_edit and bool(can_check(state=review.state)),
        "can_reopen": can_edit and review.state == State.ACTIONS_AGREED,
        "moves": [(state, can_move(facts, state)) for state in following],
        "findings": [finding for state in following for finding in findings_for(facts, state)],
        "lessons": [as_lesson_row(lesson) for lesson in lessons_visible_to(request.viewer).filter(review=review)],
        "lacks_failure": can_take_part and lacks_failure(review),
        "number_text": str(review.number),
        "is_due": is_check_due(state=review.state, check_on=review.check_on, today=today),
    }
    return render(request, "goals/trend_review_detail.html", context)


def _follows(review: TrendReview, state: State) -> bool:
    order = {State.OPEN: State.HELD, State.HELD: State.ACTIONS_AGREED}
    return order.get(State(review.state)) == state


def _seen(request: SpaceRequest, review: TrendReview) -> dict[str, Any]:
    """The review with its number and tasks, as both of its pages show them."""
    sheet = number_of(review, today=timezone.localdate())
    return {
        "review": review,
        "partnership": review.partnership,
        "sheet": sheet,
        "drawn": _drawn(request, sheet),
        "tasks": task_rows(review_tasks(request.viewer, review)),
    }


def _drawn(request: SpaceRequest, sheet: IndicatorSheet | None) -> dict[str, Any] | None:
    language = request.LANGUAGE_CODE[:2]
    chart = sheet.chart(language) if sheet else None
    if sheet is None or chart is None:
        return None
    brand = request.tenant.brand_colour
    numbers = number_table(sheet.points, sheet.figures, language)
    return {"wide": line(chart, brand=brand), "compact": line(chart, compact=True, brand=brand), "numbers": numbers}


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def trend_review_fill(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Write in the steps during the talk, save half-way, and agree on tasks one by one."""
    review = editable_review(request, slug, number)
    detail = space_url("trend_review_detail", slug=slug, number=number)
    if not can_write(state=review.state):
        return redirect(detail)
    members = list(active_members(review.partnership))
    form = TrendReviewForm(request.POST or None, review=review, members=members)
    if request.method == "POST" and form.is_valid():
        action = form.action()
        try:
            fill_trend_review(review=review, by=request.user, action=action, **form.words())
        except ValidationError as refusal:
            add_refusal(form, refusal)
        except (TrendReviewRefusedError, TaskRefusedError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. The task is in the list.") if action else _("Saved so far."))
            step = request.POST.get("go_on", "")
            fill = space_url("trend_review_fill", slug=slug, number=number)
            return redirect(f"{fill}#step-{step}" if step in STEP_NUMBERS else detail)
    context = {**_seen(request, review), "form": form, "cancel_url": detail}
    return render(request, "goals/trend_review_fill.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_GOALS)
@require_POST
def trend_review_move(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Say that the talk was held or that its tasks are agreed."""
    review = editable_review(request, slug, number)
    to = request.POST.get("to", "")
    try:
        moved = move_trend_review(review=review, to=to, by=request.user, today=timezone.localdate())
    except TrendReviewRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        is_reopened = review.state == State.ACTIONS_AGREED
        messages.success(
            request, _("The words can be changed again.") if is_reopened else str(DONE[State(moved.state)])
        )
    return redirect(space_url("trend_review_detail", slug=slug, number=number))


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def trend_review_check(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Look at what became of the tasks, and finish the review."""
    review = editable_review(request, slug, number)
    detail = space_url("trend_review_detail", slug=slug, number=number)
    form = TrendReviewCheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            check_trend_review(
                review=review, note=form.cleaned_data["note"], by=request.user, today=timezone.localdate()
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        except TrendReviewRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The review is finished."))
            return redirect(detail)
    context = {**_seen(request, review), "form": form, "cancel_url": detail}
    return render(request, "goals/trend_review_check.html", context, status=422 if form.errors else 200)
