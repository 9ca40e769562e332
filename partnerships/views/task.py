"""Pages of a partnership's tasks."""

import uuid
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, members, requires
from core.web.downloads import file_answer
from core.web.lists import csv_response, page_of
from core.web.lookup import or_404
from core.web.pages import page
from core.web.space import space_url
from partnerships.forms.task import OtherDateForm, TaskForm, TaskPlanForm, TaskWordForm
from partnerships.models import Partnership, PartnershipMember, Task, TaskCheck, TaskDependency
from partnerships.operations.task import TaskRefusedError, change_task, propose_task
from partnerships.operations.task_link import TaskLinkRefusedError
from partnerships.operations.task_plan import TaskPlanRefusedError, plan_task
from partnerships.queries.authority import answers_for_result, authority_over_task
from partnerships.queries.member import active_members, members_to_ask, people_to_ask
from partnerships.queries.partnership import partnerships_visible_to
from partnerships.queries.task import (
    TaskRowMaker,
    my_tasks,
    row_of,
    rows_of,
    task_at,
    task_list,
    task_to_say_of,
    tasks_in_state,
    tasks_visible_to,
    times_slipped,
    words_about,
)
from partnerships.queries.task_plan import (
    checks_of,
    evidence_of,
    plan_seen_by,
    shown_for,
    steps_of,
    surroundings_of,
    tasks_to_wait_for,
)
from partnerships.rules.task import OPEN, PROMISED, can_cancel_task, can_confirm_task, can_edit_task, sayable_states
from partnerships.views.doors import partnership_allowing, visible_partnership
from partnerships.views.tabs import partnership_tabs
from partnerships.views.task_views import task_views

# Words shown of a task at first, and when all are asked for.
FEW_WORDS, MOST_WORDS = 10, 200
MOST_PARTNERSHIPS = 100
CLOSED = (Task.State.DONE, Task.State.CANCELLED, Task.State.DECLINED)


def visible_task(request: SpaceRequest, slug: str, number: int) -> Task:
    """The task of an address; 404 when the viewer may not see it."""
    return or_404(task_at.first(request.viewer, slug=slug, number=number))


def task_to_write(request: SpaceRequest, slug: str, number: int) -> Task:
    """The task of an address, locked, as ``task_to_say_of`` reads it; 404 when the viewer may not see it."""
    return or_404(task_to_say_of.first(request.viewer, slug=slug, number=number, today=timezone.localdate()))


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def tasks(request: SpaceRequest, slug: str) -> HttpResponse:
    """A partnership's tasks with filters, also as CSV."""
    partnership = visible_partnership(request, slug)
    filters = _filters(request)
    rows = task_list(request.viewer, partnership, **filters)
    if request.GET.get("format") == "csv":
        return _csv(request, rows)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "task_list"),
        "ways": task_views(partnership, "task_list"),
        "page": page_of(request, rows_of(rows), as_row=TaskRowMaker(), counted=rows),
        "filters": filters,
        "is_filtered": any(filters.values()),
        "states": Task.State.choices,
        "members": active_members(partnership).values_list("pk", "organisation__name"),
        "can_propose": request.viewer.can(Permission.PROPOSE_TASKS, partnership.scope_id),
    }
    return page(request, "partnerships/task_list.html", context, partial="results")


@members
@require_safe
def own_tasks(request: SpaceRequest) -> HttpResponse:
    """What the viewer's organisations promised or are asked, over all partnerships; to coordination, everybody's."""
    coordinates = request.viewer.can(Permission.PROPOSE_TASKS)
    rows = tasks_visible_to(request.viewer) if coordinates else my_tasks(request.viewer, request.user)
    slug, words = request.GET.get("partnership", ""), request.GET.get("q", "")[:100]
    rows = rows.filter(title__icontains=words) if words else rows
    rows = rows.filter(partnership__slug=slug) if slug else rows
    if request.GET.get("format") == "csv":
        return _csv(request, rows)
    state = "all" if request.GET.get("closed") == "1" else request.GET.get("state", "")
    page_found = page_of(request, rows_of(tasks_in_state(rows, state)), as_row=TaskRowMaker())
    chips = [("", _("Still open")), ("overdue", _("Overdue")), ("all", _("All"))]
    if coordinates:
        chips.insert(2, (Task.State.COUNTER_PROPOSED.value, str(Task.State.COUNTER_PROPOSED.label)))
    context = {
        "page": page_found,
        "chips": chips,
        "state": state,
        "coordinates": coordinates,
        "partnerships": partnerships_visible_to(request.viewer).values_list("slug", "name")[:MOST_PARTNERSHIPS],
        "slug": slug,
        "words": words,
    }
    return render(request, "partnerships/my_tasks.html", context)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def task_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """One task: what was promised, every word about it, and what the viewer may say."""
    task = visible_task(request, slug, number)
    return render(request, "partnerships/task_detail.html", task_context(request, task))


def task_context(request: SpaceRequest, task: Task, form: TaskWordForm | None = None) -> dict[str, Any]:
    """What the page of a task needs, with the form a refused word came back in."""
    authority = authority_over_task(task, request.user)
    states = sayable_states(state=task.state, authority=authority)
    row = row_of(task)
    checks = steps_of(task=task)
    today, chosen = timezone.localdate(), request.GET.get("state", "")
    return {
        "task": task,
        "row": row,
        "checks": checks,
        "evidence": shown_for(task=task),
        "around": surroundings_of(task, plan_seen_by(request.viewer, task.partnership_id), today=today),
        "slipped": times_slipped(task),
        "partnership": task.partnership,
        **_words_of(request, task),
        "authority": authority,
        "form": form or (word_form(task, states, checks=checks, chosen=chosen) if states else None),
        "is_late": row.is_overdue,
        "date_moved": task.first_agreed_due_on and task.first_agreed_due_on != task.due_on,
        "can_edit": authority.coordinates and bool(can_edit_task(state=task.state)),
        "can_plan": authority.coordinates and task.state in OPEN,
        "can_confirm": bool(
            can_confirm_task(
                state=task.state,
                needs_evidence=task.needs_evidence,
                confirmed_on=task.confirmed_on,
                authority=authority,
                answers_for_result=answers_for_result(task, request.user),
            )
        ),
        "can_cancel": authority.coordinates and bool(can_cancel_task(state=task.state, reason="-")),
        "answers_date": authority.coordinates and task.state == Task.State.COUNTER_PROPOSED,
        "date_form": OtherDateForm(),
        "can_send": authority.coordinates and task.person_id is not None and task.state not in CLOSED,
    }


def word_form(
    task: Task,
    states: list[Task.State],
    *,
    request: SpaceRequest | None = None,
    checks: Iterable[TaskCheck] | None = None,
    chosen: str = "",
) -> TaskWordForm:
    """The form of a word about a task: empty, with the state ``chosen`` before, or with what was sent."""
    sent = (request.POST, request.FILES) if request else ()
    if checks is None:
        checks = checks_of(task) if request is None or TaskWordForm.CHECKS_SHOWN in request.POST else []
    initial = {"state": chosen} if chosen in states else {}
    helpers = partial(helpers_of, task)
    return TaskWordForm(*sent, task=task, states=states, checks=checks, helpers=helpers, initial=initial)


def helpers_of(task: Task) -> Iterable[PartnershipMember]:
    """The members who could help with a promise that is stuck."""
    if task.state not in PROMISED:
        return ()
    return [member for member in active_members(task.partnership) if member.pk != task.member_id]


def _words_of(request: SpaceRequest, task: Task) -> dict[str, Any]:
    shows_all = "all" in request.GET
    found = words_about(task=task, most=MOST_WORDS if shows_all else FEW_WORDS + 1)
    return {
        "updates": found if shows_all else found[:FEW_WORDS],
        "has_earlier": not shows_all and len(found) > FEW_WORDS,
    }


@requires(Permission.PROPOSE_TASKS)
@require_http_methods(["GET", "POST"])
def task_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Propose a task to a member, a person, or take it on oneself."""
    partnership = partnership_allowing(request, slug, Permission.PROPOSE_TASKS)
    form = _task_form(request, partnership, initial={"send_link": True, "who": request.GET.get("who", "")})
    if request.method == "POST" and form.is_valid():
        try:
            task = propose_task(partnership=partnership, by=request.user, **form.cleaned_data)
        except TaskPlanRefusedError as refusal:
            form.add_error(refusal.field, str(refusal))
        except (TaskRefusedError, TaskLinkRefusedError) as refusal:
            form.add_error("who", str(refusal))
        else:
            messages.success(request, _("The task is in the list."))
            return redirect(space_url("task_detail", slug=slug, number=task.number))
    context = {"form": form, "partnership": partnership}
    return render(request, "partnerships/task_form.html", context, status=422 if form.errors else 200)


@requires(Permission.PROPOSE_TASKS)
@require_http_methods(["GET", "POST"])
def task_edit(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Reword a task or give it to someone else, while nobody promised it."""
    partnership = partnership_allowing(request, slug, Permission.PROPOSE_TASKS)
    task = visible_task(request, slug, number)
    named = ("title", "due_on", "result_expected", "needs_evidence", "starts_on", "effort_hours")
    initial = {name: getattr(task, name) for name in named}
    initial |= plan_of(task) | {"who": TaskForm.key_of(task), "send_link": True}
    form = _task_form(request, partnership, initial=initial, task=task)
    if request.method == "POST" and form.is_valid():
        try:
            change_task(task=task, by=request.user, **form.cleaned_data)
        except TaskPlanRefusedError as refusal:
            form.add_error(refusal.field, str(refusal))
        except (TaskRefusedError, TaskLinkRefusedError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The task was saved."))
            return redirect(space_url("task_detail", slug=slug, number=number))
    context = {"form": form, "partnership": partnership, "task": task}
    return render(request, "partnerships/task_form.html", context, status=422 if form.errors else 200)


@requires(Permission.PROPOSE_TASKS)
@require_http_methods(["GET", "POST"])
def task_plan(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Effort, steps and what a task waits for, also after it was promised."""
    partnership = partnership_allowing(request, slug, Permission.PROPOSE_TASKS)
    task = visible_task(request, slug, number)
    others = tasks_to_wait_for(task, rows=task_list(request.viewer, partnership))
    initial = {"effort_hours": task.effort_hours, **plan_of(task)}
    form = TaskPlanForm(request.POST if request.method == "POST" else None, others=others, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            plan_task(task=task, by=request.user, **form.cleaned_data)
        except TaskPlanRefusedError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The task was saved."))
            return redirect(space_url("task_detail", slug=slug, number=number))
    context = {"form": form, "partnership": partnership, "task": task}
    return render(request, "partnerships/task_plan.html", context, status=422 if form.errors else 200)


def plan_of(task: Task) -> dict[str, Any]:
    """What a task waits for and its steps, as forms show them."""
    waits_for = TaskDependency.objects.filter(task=task).values_list("waits_for_id", flat=True)
    return {
        "waits_for": [str(one) for one in waits_for],
        "checklist": "\n".join(check.text for check in checks_of(task)),
    }


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def task_file(request: SpaceRequest, slug: str, number: int, evidence_id: uuid.UUID) -> HttpResponse:
    """A file that shows a task is done, for whoever may see the task."""
    task = visible_task(request, slug, number)
    evidence = get_object_or_404(evidence_of(task).exclude(file=None), pk=evidence_id)
    return file_answer(evidence.file)


def _task_form(
    request: SpaceRequest, partnership: Partnership, *, initial: dict[str, Any], task: Task | None = None
) -> TaskForm:
    people = people_to_ask(request.viewer, partnership)
    return TaskForm(
        request.POST if request.method == "POST" else None,
        members=members_to_ask(partnership),
        people=people,
        others=tasks_to_wait_for(task, rows=task_list(request.viewer, partnership)),
        initial=initial,
    )


def _filters(request: SpaceRequest) -> dict[str, Any]:
    state = request.GET.get("state", "")
    try:
        member_id = uuid.UUID(request.GET.get("member", ""))
    except ValueError:
        member_id = None
    return {
        "state": state if state in {*Task.State.values, "open"} else "",
        "member_id": member_id,
        "overdue": request.GET.get("overdue") == "1",
        "search": request.GET.get("q", "")[:100],
    }


def _csv(request: SpaceRequest, rows: Any) -> HttpResponse:
    header = [
        _("No."),
        _("Task"),
        _("Partnership"),
        _("Who"),
        _("By"),
        _("First agreed date"),
        _("State"),
        _("Progress, %"),
    ]
    found = ((row, row_of(row)) for row in rows)
    cells = (
        (
            task.number,
            task.title,
            row.partnership,
            row.who,
            task.due_on,
            task.first_agreed_due_on,
            task.get_state_display(),
            task.progress_percent,
        )
        for task, row in found
    )
    return csv_response(_("tasks"), header, cells, language=request.LANGUAGE_CODE)
