"""Who does what: the grid of deliverables and organisations, and one deliverable."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.choices import NotOfferedError, ticked_rows
from core.web.space import space_url
from goals.forms.deliverable import DeliverableForm, SkillForm
from goals.models import Deliverable, Goal
from goals.operations.deliverable import (
    DeliverableRefusedError,
    change_deliverable,
    plan_deliverable,
    remove_deliverable,
    set_deliverable_tasks,
)
from goals.queries.deliverable import (
    candidates_for_skill,
    deliverable_row,
    deliverables_visible_to,
    member_facts,
    parts_of,
    people_of,
    role_grid,
)
from goals.queries.goal import goals_visible_to
from partnerships.models import Partnership, Task
from partnerships.queries.representative import active_representatives
from partnerships.queries.task import task_rows, tasks_visible_to
from partnerships.views.doors import editable_partnership, visible_partnership
from partnerships.views.tabs import partnership_tabs


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def deliverables(request: SpaceRequest, slug: str) -> HttpResponse:
    """The grid, by deliverable or, with ``by=organisation``, by organisation."""
    partnership = visible_partnership(request, slug)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "deliverable_list"),
        "grid": role_grid(request.viewer, partnership, today=timezone.localdate()),
        "by_organisation": request.GET.get("by") == "organisation",
        "can_edit": request.viewer.can(Permission.EDIT_GOALS, partnership.scope_id),
        "is_light": partnership.mode == Partnership.Mode.LIGHT,
    }
    return render(request, "goals/deliverable_list.html", context)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def deliverable_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """One deliverable: who plays which part, its tasks, and who could do it."""
    deliverable = _deliverable(request, slug, number)
    partnership = deliverable.partnership
    can_edit = request.viewer.can(Permission.EDIT_GOALS, partnership.scope_id)
    form = SkillForm(request.GET)
    skill = form.cleaned_data["skill"] if form.is_valid() else ""
    tasks = tasks_visible_to(request.viewer).filter(deliverable_links__deliverable=deliverable)
    context = {
        "partnership": partnership,
        "deliverable": deliverable,
        "row": deliverable_row(deliverable),
        "tasks": task_rows(tasks[:100]),
        "can_edit": can_edit,
        "form": form,
        "skill": skill,
        "candidates": _candidates(request, partnership, skill) if can_edit else [],
    }
    return render(request, "goals/deliverable_detail.html", context)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def deliverable_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write a deliverable and who plays which part."""
    partnership = editable_partnership(request, slug)
    form = _form(request, partnership)
    if request.method == "POST" and form.is_valid():
        try:
            deliverable = plan_deliverable(
                partnership=partnership,
                by=request.user,
                parts=form.parts(),
                people=form.people(),
                **_fields(form, request, partnership),
            )
        except (DeliverableRefusedError, ValidationError) as refusal:
            _add_refusal(form, refusal)
        else:
            messages.success(request, _("Written down."))
            return redirect(space_url("deliverable_detail", slug=slug, number=deliverable.number))
    context = {"form": form, "partnership": partnership, "cancel_url": space_url("deliverable_list", slug=slug)}
    return render(request, "goals/deliverable_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def deliverable_edit(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Change a deliverable and who plays which part."""
    deliverable = _editable(request, slug, number)
    partnership = deliverable.partnership
    form = _form(request, partnership, deliverable)
    back = space_url("deliverable_detail", slug=slug, number=number)
    if request.method == "POST" and form.is_valid():
        try:
            change_deliverable(
                deliverable=deliverable,
                by=request.user,
                parts=form.parts(),
                people=form.people(),
                **_fields(form, request, partnership),
            )
        except (DeliverableRefusedError, ValidationError) as refusal:
            _add_refusal(form, refusal)
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(back)
    context = {"form": form, "partnership": partnership, "deliverable": deliverable, "cancel_url": back}
    return render(request, "goals/deliverable_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def deliverable_tasks(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Choose the tasks that belong to a deliverable."""
    deliverable = _editable(request, slug, number)
    back = space_url("deliverable_detail", slug=slug, number=number)
    rows = tasks_visible_to(request.viewer).filter(partnership=deliverable.partnership)
    choices = list(rows.exclude(state__in=[Task.State.CANCELLED, Task.State.DECLINED]))
    if request.method == "POST":
        try:
            wanted = ticked_rows(request, "task", choices)
        except NotOfferedError as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        among = [task.pk for task in choices]
        set_deliverable_tasks(deliverable=deliverable, tasks=wanted, by=request.user, among=among)
        messages.success(request, _("Saved."))
        return redirect(back)
    present = set(deliverable.task_links.values_list("task_id", flat=True))
    context = {
        "deliverable": deliverable,
        "choices": [(task, task.pk in present) for task in choices],
        "cancel_url": back,
    }
    return render(request, "goals/deliverable_tasks.html", context)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def deliverable_remove(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Take a deliverable out after asking once."""
    deliverable = _editable(request, slug, number)
    if request.method == "POST":
        remove_deliverable(deliverable=deliverable, by=request.user)
        messages.success(request, _("It was taken out."))
        return redirect(space_url("deliverable_list", slug=slug))
    context = {
        "title": _("Remove “%(title)s”?") % {"title": deliverable.title},
        "text": _("Who plays which part in it goes too. Its tasks stay."),
        "action": _("Remove it"),
        "back": space_url("deliverable_detail", slug=slug, number=number),
    }
    return render(request, "core/confirm.html", context)


def _deliverable(request: SpaceRequest, slug: str, number: int) -> Deliverable:
    rows = deliverables_visible_to(request.viewer)
    return get_object_or_404(rows, partnership__slug=slug, number=number)


def _editable(request: SpaceRequest, slug: str, number: int) -> Deliverable:
    deliverable = _deliverable(request, slug, number)
    if not request.viewer.can(Permission.EDIT_GOALS, deliverable.partnership.scope_id):
        raise PermissionDenied
    return deliverable


def _form(request: SpaceRequest, partnership: Partnership, deliverable: Deliverable | None = None) -> DeliverableForm:
    parts = parts_of(deliverable) if deliverable else {}
    initial = {}
    if deliverable is not None:
        initial = {name: getattr(deliverable, name) for name in ("title", "due_on", "description")}
        initial["goal"] = str(deliverable.goal_id or "")
    goals = goals_visible_to(request.viewer).filter(partnership=partnership)
    return DeliverableForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        members=list(member_facts(partnership, also=list(parts)).values()),
        goals=[(str(goal.pk), goal.title) for goal in goals],
        parts=parts,
        speakers=_speakers(partnership),
        people={key: person.pk for key, person in people_of(deliverable).items()} if deliverable else {},
        is_light=partnership.mode == Partnership.Mode.LIGHT,
    )


def _speakers(partnership: Partnership) -> dict[uuid.UUID, list[tuple[str, str]]]:
    found: dict[uuid.UUID, list[tuple[str, str]]] = {}
    for one in active_representatives().filter(member__partnership=partnership):
        found.setdefault(one.member_id, []).append((str(one.person_id), one.person.name))
    return found


def _fields(form: DeliverableForm, request: SpaceRequest, partnership: Partnership) -> dict[str, Any]:
    fields = {name: form.cleaned_data[name] for name in ("title", "due_on", "description")}
    goals = goals_visible_to(request.viewer).filter(partnership=partnership)
    chosen = form.cleaned_data["goal"]
    goal: Goal | None = goals.filter(pk=chosen).first() if chosen else None
    return {**fields, "goal": goal}


def _add_refusal(form: DeliverableForm, refusal: Exception) -> None:
    if isinstance(refusal, ValidationError):
        form.add_error(None, refusal.messages)
        return
    # Two who answer for it are shown where they were chosen; what is missing has no place of its own.
    answering = form.answering_fields()
    for name in answering if len(answering) > 1 else [None]:
        form.add_error(name, str(refusal))


def _candidates(request: SpaceRequest, partnership: Partnership, skill: str) -> list[Any]:
    today = timezone.localdate()
    return candidates_for_skill(request.viewer, partnership, skill, today=today) if skill else []
