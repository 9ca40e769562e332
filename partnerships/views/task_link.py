"""The pages of an e-mailed task link: no password, three taps on a phone, and a GET never changes anything."""

import uuid
from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.operations.link import LinkUnknownError
from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, by_link
from partnerships.forms.task import PassOnForm
from partnerships.models import Task
from partnerships.operations.task_link import (
    TaskLinkGoneError,
    TaskLinkRefusedError,
    open_other_task,
    open_task_link,
    pass_task_on,
    renew_task_link,
)
from partnerships.operations.task_update import TaskWordIncompleteError, TaskWordRefusedError, update_task
from partnerships.queries.authority import authority_over_task
from partnerships.queries.representative import active_representation, colleagues_of
from partnerships.queries.task import open_tasks_of_person, row_of
from partnerships.queries.task_plan import evidence_of, plan_seen_by_partners, surroundings_of
from partnerships.rules.authority import LinkHolder
from partnerships.rules.task import OPEN, sayable_states
from partnerships.views.task import word_form


@by_link
@require_http_methods(["GET", "POST"])
def task_link(request: SpaceRequest, token: str) -> HttpResponse:
    """The task, and one choice to send."""
    try:
        task, holder, _link = open_task_link(token)
    except LinkUnknownError as error:
        raise Http404 from error
    except TaskLinkGoneError:
        return render(request, "partnerships/task_link_gone.html", {"token": token}, status=410)
    states = sayable_states(state=task.state, authority=authority_over_task(task, holder))
    form = word_form(task, states, request=request if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            update = update_task(task=task, by=holder, **form.cleaned_data)
        except TaskWordIncompleteError as missing:
            for name, message in missing.fields.items():
                form.add_error(name, message)
        except TaskWordRefusedError as refusal:
            form.add_error("state", str(refusal))
        else:
            return render(request, "partnerships/task_link_done.html", _done(update.task, holder, token, update))
    context = _page(task, holder, token) | {"form": form if states else None}
    return render(request, "partnerships/task_link.html", context, status=422 if form.errors else 200)


@by_link
@require_http_methods(["GET", "POST"])
def task_link_pass(request: SpaceRequest, token: str) -> HttpResponse:
    """For who is not the one asked: hand the task to a colleague."""
    try:
        task, holder, _link = open_task_link(token)
    except LinkUnknownError as error:
        raise Http404 from error
    except TaskLinkGoneError:
        return render(request, "partnerships/task_link_gone.html", {"token": token}, status=410)
    mine = active_representation(holder.person.pk, task.member_id)
    choices = [(str(one.pk), one.person.name) for one in colleagues_of(mine)] if mine else []
    form = PassOnForm(request.POST if request.method == "POST" else None, choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            colleague = pass_task_on(token=token, to_id=form.cleaned_data["colleague"])
        except TaskLinkRefusedError as refusal:
            form.add_error("colleague", str(refusal))
        else:
            return render(request, "partnerships/task_link_passed.html", {"task": task, "colleague": colleague})
    context = {"task": task, "token": token, "form": form, "has_colleagues": bool(choices)}
    return render(request, "partnerships/task_link_pass.html", context, status=422 if form.errors else 200)


@by_link
@require_POST
def task_link_renew(request: SpaceRequest, token: str) -> HttpResponse:
    """Mail a new link; the answer is the same whatever happened."""
    with suppress(TooOftenError):
        renew_task_link(token=token)
    return render(request, "partnerships/link_renewed.html")


@by_link
@require_POST
def task_link_other(request: SpaceRequest, token: str, task_id: uuid.UUID) -> HttpResponse:
    """Go on to another open task of the same person."""
    try:
        return redirect(open_other_task(token=token, task_id=task_id))
    except (LinkUnknownError, TaskLinkRefusedError) as error:
        raise Http404 from error
    except TaskLinkGoneError:
        return render(request, "partnerships/task_link_gone.html", {"token": token}, status=410)


def _page(task: Task, holder: LinkHolder, token: str) -> dict[str, object]:
    mine = active_representation(holder.person.pk, task.member_id)
    return {
        "task": task,
        "row": row_of(task),
        "around": surroundings_of(task, plan_seen_by_partners(task.partnership_id), today=timezone.localdate()),
        "person": holder.person,
        "token": token,
        "is_open": task.state in OPEN,
        "can_pass_on": task.member_id is not None and task.state in OPEN,
        "committers": [one.person.name for one in colleagues_of(mine) if one.can_commit] if mine else [],
    }


def _done(task: Task, holder: LinkHolder, token: str, update: object) -> dict[str, object]:
    others = open_tasks_of_person(holder.person).exclude(pk=task.pk)
    return {
        "task": task,
        "row": row_of(task),
        "person": holder.person,
        "token": token,
        "update": update,
        "evidence": list(evidence_of(task)),
        "around": surroundings_of(task, plan_seen_by_partners(task.partnership_id), today=timezone.localdate()),
        "others": list(others[:10]),
    }
