"""What can be said and done about one task."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from partnerships.forms.task import OtherDateForm, ReasonForm
from partnerships.operations.task import TaskDayPastError, TaskRefusedError, answer_other_date, cancel_task
from partnerships.operations.task_link import TaskLinkRefusedError, send_task_link
from partnerships.operations.task_plan import TaskNotConfirmableError, confirm_task
from partnerships.operations.task_update import TaskWordIncompleteError, TaskWordRefusedError, update_task
from partnerships.queries.authority import authority_over_read
from partnerships.rules.task import sayable_states
from partnerships.views.doors import partnership_allowing
from partnerships.views.task import task_context, task_to_write, visible_task, word_form


@requires(Permission.SEE_PARTNERSHIP)
@require_POST
def task_update(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Say how a task stands; for another organisation's task the address does not exist."""
    task = task_to_write(request, slug, number)
    authority = authority_over_read(task, request.user)
    if not authority.is_own and not authority.coordinates:
        raise Http404
    form = word_form(task, sayable_states(state=task.state, authority=authority), request=request)
    if form.is_valid():
        try:
            update_task(task=task, by=request.user, authority=authority, is_locked=True, **form.cleaned_data)
        except TaskWordIncompleteError as missing:
            for name, message in missing.fields.items():
                form.add_error(name, message)
        except TaskWordRefusedError as refusal:
            form.add_error("state", str(refusal))
        else:
            messages.success(request, _("Thank you. Everybody sees it now."))
            return redirect(space_url("task_detail", slug=slug, number=number))
    return render(request, "partnerships/task_detail.html", task_context(request, task, form), status=422)


@requires(Permission.TAKE_PART)
@require_POST
def task_confirm(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Confirm that a finished task is done as its evidence shows: coordination, or who answers for the result."""
    task = visible_task(request, slug, number)
    if not request.viewer.can(Permission.PROPOSE_TASKS, task.partnership.scope_id):
        partnership_allowing(request, slug, Permission.ANSWER_TASKS)
    try:
        confirm_task(task=task, by=request.user)
        messages.success(request, _("Confirmed. Everybody sees it now."))
    except TaskNotConfirmableError as refusal:
        messages.error(request, str(refusal))
    return redirect(space_url("task_detail", slug=slug, number=number))


@requires(Permission.PROPOSE_TASKS)
@require_POST
def task_date_answer(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Agree to the date a partner proposed, or ask again, perhaps for a third day."""
    partnership_allowing(request, slug, Permission.PROPOSE_TASKS)
    task = visible_task(request, slug, number)
    form = OtherDateForm(request.POST)
    if form.is_valid():
        try:
            answer_other_date(task=task, by=request.user, **form.answer_given())
        except TaskDayPastError as refusal:
            form.add_error("due_on", str(refusal))
        except TaskRefusedError as refusal:
            messages.error(request, str(refusal))
            return redirect(space_url("task_detail", slug=slug, number=number))
        else:
            messages.success(request, _("The answer was saved, and whoever proposed the date has mail."))
            return redirect(space_url("task_detail", slug=slug, number=number))
    context = task_context(request, task) | {"date_form": form}
    return render(request, "partnerships/task_detail.html", context, status=422)


@requires(Permission.PROPOSE_TASKS)
@require_http_methods(["GET", "POST"])
def task_cancel(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Cancel a task, with the reason."""
    partnership = partnership_allowing(request, slug, Permission.PROPOSE_TASKS)
    task = visible_task(request, slug, number)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_task(task=task, by=request.user, **form.cleaned_data)
        except TaskRefusedError as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("The task was cancelled."))
            return redirect(space_url("task_detail", slug=slug, number=number))
    context = {"form": form, "task": task, "partnership": partnership}
    return render(request, "partnerships/task_cancel.html", context, status=422 if form.errors else 200)


@requires(Permission.PROPOSE_TASKS)
@require_POST
def task_send_link(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Mail the task's person a link to answer with."""
    partnership_allowing(request, slug, Permission.PROPOSE_TASKS)
    task = visible_task(request, slug, number)
    if task.person is None:
        raise Http404
    try:
        send_task_link(task=task, person=task.person, by=request.user)
        messages.success(request, _("The link is on its way to %(name)s.") % {"name": task.person})
    except TaskLinkRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(space_url("task_detail", slug=slug, number=number))
