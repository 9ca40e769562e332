"""A partnership's tasks as a board and along a calendar."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access.permissions import Permission
from core.charts import timeline
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from partnerships.models import Task
from partnerships.operations.task_update import TaskWordIncompleteError, TaskWordRefusedError, update_task
from partnerships.queries.authority import authority_over_task
from partnerships.queries.task_board import board_of
from partnerships.queries.task_timeline import timeline_of
from partnerships.rules.task import movable_states
from partnerships.views.doors import visible_partnership
from partnerships.views.tabs import partnership_tabs
from partnerships.views.task import visible_task
from partnerships.views.task_views import task_views


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def task_board(request: SpaceRequest, slug: str) -> HttpResponse:
    """The tasks by their state, each with where it may be moved."""
    partnership = visible_partnership(request, slug)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "task_list"),
        "ways": task_views(partnership, "task_board"),
        "columns": board_of(request.viewer, request.user, partnership, today=timezone.localdate()),
        "can_propose": request.viewer.can(Permission.PROPOSE_TASKS, partnership.scope_id),
    }
    return render(request, "partnerships/task_board.html", context)


@requires(Permission.SEE_PARTNERSHIP)
@require_POST
def task_move(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Bring a task to another column; what needs more words leads to its page."""
    task = visible_task(request, slug, number)
    authority = authority_over_task(task, request.user)
    if not authority.is_own and not authority.coordinates:
        raise Http404
    here = space_url("task_detail", slug=slug, number=number)
    to = request.POST.get("state", "")
    if to not in movable_states(state=task.state, authority=authority):
        messages.error(request, _("This task cannot go there from its present state."))
        return redirect(here)
    if to == Task.State.BLOCKED:
        messages.info(request, _("Say what holds it up and who could help: then the others know."))
        return redirect(f"{here}?state={to}#say")
    try:
        update_task(task=task, by=request.user, state=to, authority=authority)
    except (TaskWordIncompleteError, TaskWordRefusedError) as refusal:
        messages.error(request, str(refusal))
        return redirect(here)
    messages.success(request, _("Moved: %(title)s") % {"title": task.title})
    return redirect(f"{space_url('task_board', slug=slug)}#task-{number}")


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def task_timeline(request: SpaceRequest, slug: str) -> HttpResponse:
    """The tasks along a calendar, and the same as a table whose rows lead to them."""
    partnership = visible_partnership(request, slug)
    found = timeline_of(request.viewer, partnership, today=timezone.localdate())
    brand = request.tenant.brand_colour
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "task_list"),
        "ways": task_views(partnership, "task_timeline"),
        "timeline": found,
        "wide": timeline(found.chart, brand=brand) if found else "",
        "compact": timeline(found.chart, compact=True, brand=brand) if found else "",
    }
    return render(request, "partnerships/task_timeline.html", context)
