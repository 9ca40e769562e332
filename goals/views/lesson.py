"""Pages of lessons: of one partnership, and of the whole space."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, members, requires
from core.web.lists import csv_response, page_of
from core.web.pages import page
from core.web.space import space_url
from goals.forms.lesson import ApplyLessonForm, LessonForm, ShareLessonForm
from goals.models import Lesson, TrendReview
from goals.operations.lesson import (
    LessonRefusedError,
    apply_lesson,
    change_lesson,
    check_lesson,
    share_lesson,
    write_lesson,
)
from goals.queries.goal import goals_visible_to
from goals.queries.lesson import LessonWish, as_lesson_row, ending_of, lesson_list, lessons_visible_to
from goals.queries.trend_review import find_review
from goals.rules.lesson import (
    TONES,
    can_apply_lesson,
    can_change_lesson,
    can_check_lesson,
    can_share_lesson,
    findings_for_check,
)
from goals.views.learning_views import learning_views
from metrics.forms.figure import add_refusal
from partnerships.models import Partnership
from partnerships.views.doors import partnership_allowing, visible_partnership
from partnerships.views.tabs import partnership_tabs

State = Lesson.State
MOST_DIGITS = 4


def visible_lesson(request: SpaceRequest, slug: str, number: int) -> Lesson:
    """The lesson of an address; 404 when the viewer may not see it."""
    with_all = ("partnership", "goal", "review", "written_by", "checked_by")
    rows = lessons_visible_to(request.viewer).select_related(*with_all)
    return get_object_or_404(rows, partnership__slug=slug, number=number)


def lesson_allowing(request: SpaceRequest, slug: str, number: int, permission: Permission) -> Lesson:
    """The lesson of an address in whose partnership the viewer holds a permission; 404 unseen, 403 without it."""
    lesson = visible_lesson(request, slug, number)
    if not request.viewer.can(permission, lesson.partnership.scope_id):
        raise PermissionDenied
    return lesson


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def lessons(request: SpaceRequest, slug: str) -> HttpResponse:
    """A partnership's lessons with search and filters, also as CSV."""
    partnership = visible_partnership(request, slug)
    context = {
        "tabs": partnership_tabs(request, partnership, "trend_review_list"),
        "ways": learning_views(partnership, "lesson_list"),
        "can_write": request.viewer.can(Permission.TAKE_PART, partnership.scope_id),
    }
    return _list(request, context, partnership)


@members
@require_safe
def all_lessons(request: SpaceRequest) -> HttpResponse:
    """The lessons of all partnerships the viewer may see."""
    return _list(request, {}, None)


def _list(request: SpaceRequest, context: dict[str, Any], partnership: Partnership | None) -> HttpResponse:
    wish = _asked(request)
    rows = lesson_list(request.viewer, wish, partnership=partnership)
    if request.GET.get("format") == "csv":
        return _csv(request, rows)
    context |= {
        "partnership": partnership,
        "page": page_of(request, rows, as_row=as_lesson_row),
        "wish": wish,
        "states": State.choices,
    }
    return page(request, "goals/lesson_list.html", context, partial="results")


def _asked(request: SpaceRequest) -> LessonWish:
    state = request.GET.get("state", "")
    return LessonWish(
        words=request.GET.get("q", "")[:100],
        tag=request.GET.get("tag", "")[:40],
        state=state if state in State.values else "",
        only_failures=request.GET.get("failures") == "1",
    )


def _csv(request: SpaceRequest, rows: Any) -> HttpResponse:
    header = [
        _("Partnership"),
        _("Number"),
        _("Lesson"),
        _("Situation"),
        _("Expected"),
        _("Happened"),
        _("Why"),
        _("Advice"),
        _("Tags"),
        _("Did not work"),
        _("State"),
        _("Applied where"),
    ]
    cells = (
        (
            lesson.partnership.name,
            lesson.number,
            lesson.title,
            lesson.situation,
            lesson.expected,
            lesson.happened,
            lesson.why,
            lesson.advice,
            ", ".join(lesson.tags),
            "1" if lesson.is_failure else "0",
            lesson.get_state_display(),
            lesson.applied_where,
        )
        for lesson in rows
    )
    return csv_response(_("lessons"), header, cells, language=request.LANGUAGE_CODE)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def lesson_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """One lesson, and what comes next for it."""
    return _detail(request, visible_lesson(request, slug, number))


def _detail(request: SpaceRequest, lesson: Lesson, **forms: Any) -> HttpResponse:
    partnership, viewer = lesson.partnership, request.viewer
    can_take_part = viewer.can(Permission.TAKE_PART, partnership.scope_id)
    can_edit = viewer.can(Permission.EDIT_GOALS, partnership.scope_id)
    is_author = lesson.written_by_id == request.user.pk
    shares = can_edit and bool(can_share_lesson(state=lesson.state))
    applies = can_take_part and bool(can_apply_lesson(state=lesson.state))
    review = find_review(viewer, partnership, lesson.review.number) if lesson.review else None
    context = {
        "lesson": lesson,
        "partnership": partnership,
        "tone": TONES[State(lesson.state)],
        "goal": goals_visible_to(viewer).filter(pk=lesson.goal_id).first() if lesson.goal_id else None,
        "review": review,
        "can_change": (is_author or can_edit) and bool(can_change_lesson(state=lesson.state)),
        "check": can_check_lesson(state=lesson.state, is_author=is_author, mode=partnership.mode),
        "findings": findings_for_check(is_author=is_author),
        "waits_for_check": can_take_part and lesson.state == State.CAPTURED,
        "share_form": forms.get("share_form") or (ShareLessonForm(cap=partnership.visibility) if shares else None),
        "apply_form": forms.get("apply_form") or (ApplyLessonForm() if applies else None),
    }
    refused = any(form.errors for form in forms.values())
    return render(request, "goals/lesson_detail.html", context, status=422 if refused else 200)


@requires(Permission.TAKE_PART)
@require_http_methods(["GET", "POST"])
def lesson_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write down what was learned."""
    partnership = partnership_allowing(request, slug, Permission.TAKE_PART)
    review = _review_asked(request, partnership)
    goals = list(goals_visible_to(request.viewer).filter(partnership=partnership))
    asked = next((goal for goal in goals if str(goal.number) == request.GET.get("goal", "")), None)
    start: dict[str, Any] = {"is_failure": request.GET.get("failure") == "1", **(ending_of(asked) if asked else {})}
    start["goal"] = str(asked.pk) if asked else str(review.goal_id or "") if review else ""
    form = LessonForm(request.POST or None, goals=goals, cap=partnership.visibility, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            lesson = write_lesson(partnership=partnership, by=request.user, review=review, **form.lesson_fields())
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Written down. Somebody else should check it now."))
            return redirect(space_url("lesson_detail", slug=slug, number=lesson.number))
    cancel_url = space_url("lesson_list", slug=slug)
    context = {"form": form, "partnership": partnership, "review": review, "cancel_url": cancel_url}
    return render(request, "goals/lesson_form.html", context, status=422 if form.errors else 200)


def _review_asked(request: SpaceRequest, partnership: Partnership) -> TrendReview | None:
    number = request.GET.get("review", "")
    is_number = number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS
    return find_review(request.viewer, partnership, int(number)) if is_number else None


@requires(Permission.TAKE_PART)
@require_http_methods(["GET", "POST"])
def lesson_edit(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Reword a lesson nobody has checked: whoever wrote it, and coordination."""
    lesson = lesson_allowing(request, slug, number, Permission.TAKE_PART)
    can_edit = request.viewer.can(Permission.EDIT_GOALS, lesson.partnership.scope_id)
    if lesson.written_by_id != request.user.pk and not can_edit:
        raise PermissionDenied
    goals = list(goals_visible_to(request.viewer).filter(partnership=lesson.partnership))
    form = LessonForm(request.POST or None, goals=goals, cap=lesson.partnership.visibility, lesson=lesson)
    back = space_url("lesson_detail", slug=slug, number=number)
    if request.method == "POST" and form.is_valid():
        try:
            change_lesson(lesson=lesson, by=request.user, **form.lesson_fields())
        except ValidationError as refusal:
            add_refusal(form, refusal)
        except LessonRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The lesson was saved."))
            return redirect(back)
    context = {"form": form, "partnership": lesson.partnership, "lesson": lesson, "cancel_url": back}
    return render(request, "goals/lesson_form.html", context, status=422 if form.errors else 200)


@requires(Permission.TAKE_PART)
@require_POST
def lesson_check(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Say that a lesson is true and useful."""
    lesson = lesson_allowing(request, slug, number, Permission.TAKE_PART)
    try:
        check_lesson(lesson=lesson, by=request.user, today=timezone.localdate())
    except LessonRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The lesson is checked. It can be shared now."))
    return redirect(space_url("lesson_detail", slug=slug, number=number))


@requires(Permission.EDIT_GOALS)
@require_POST
def lesson_share(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Show a checked lesson to others."""
    lesson = lesson_allowing(request, slug, number, Permission.EDIT_GOALS)
    form = ShareLessonForm(request.POST, cap=lesson.partnership.visibility)
    if not form.is_valid():
        return _detail(request, lesson, share_form=form)
    try:
        share_lesson(lesson=lesson, by=request.user, visibility=form.cleaned_data["visibility"])
    except LessonRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The lesson is shared."))
    return redirect(space_url("lesson_detail", slug=slug, number=number))


@requires(Permission.TAKE_PART)
@require_POST
def lesson_apply(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Say where somebody acted on a lesson."""
    lesson = lesson_allowing(request, slug, number, Permission.TAKE_PART)
    form = ApplyLessonForm(request.POST)
    if not form.is_valid():
        return _detail(request, lesson, apply_form=form)
    try:
        apply_lesson(lesson=lesson, by=request.user, where=form.cleaned_data["where"])
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return _detail(request, lesson, apply_form=form)
    except LessonRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Good: somebody learned from it."))
    return redirect(space_url("lesson_detail", slug=slug, number=number))
