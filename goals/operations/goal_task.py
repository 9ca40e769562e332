"""Which tasks serve a goal."""

import uuid
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from goals.models import Goal, GoalTask
from partnerships.models import Task


@transaction.atomic
def set_goal_tasks(
    *, goal: Goal, tasks: Iterable[Task], by: User | None, among: Iterable[uuid.UUID] | None = None
) -> int:
    """Make these the goal's tasks; returns how many there are.

    ``among`` limits the change to tasks the caller could see: links to others stay. Raises ValidationError for a task
    of another partnership.
    """
    wanted = {task.pk: task for task in tasks}
    if any(task.partnership_id != goal.partnership_id for task in wanted.values()):
        raise ValidationError({"tasks": _("This task belongs to another partnership.")})
    links = GoalTask.objects.select_for_update().filter(goal=goal)
    present = set(links.values_list("task_id", flat=True).order_by("task_id"))
    removable = present if among is None else present & set(among)
    gone = removable - set(wanted)
    links.filter(task_id__in=gone).delete()
    GoalTask.objects.bulk_create([GoalTask(goal=goal, task=task) for key, task in wanted.items() if key not in present])
    if gone or set(wanted) - present:
        changes = {"added": len(set(wanted) - present), "removed": len(gone)}
        record("goal.tasks_changed", goal, by=by, scope_id=goal.partnership.scope_id, changes=changes)
    return len(present - gone | set(wanted))
