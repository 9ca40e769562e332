"""What a task consists of and waits for (R-T14), and confirming that it is done (R-T12)."""

import uuid
from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from partnerships.models import Partnership, Task, TaskCheck, TaskDependency
from partnerships.queries.authority import answers_for_result, authority_over_task
from partnerships.queries.task_plan import edges_of
from partnerships.rules.task import can_confirm_task
from partnerships.rules.task_plan import circle

MOST_CHECKS = 30
LONGEST_STEP = 200
MOST_WAITED_FOR = 20


class TaskPlanRefusedError(Exception):
    """The plan cannot be so; ``field`` is what the message is about."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class TaskNotConfirmableError(Exception):
    """There is nothing to confirm, or not for this person; the message says why."""


@transaction.atomic
def plan_task(
    *,
    task: Task,
    by: User | None,
    effort_hours: int | None = None,
    waits_for: Collection[Task] = (),
    checklist: Collection[str] = (),
) -> Task:
    """Say how much work a task is, what it waits for and of which steps it consists, in place of what was said before.

    A step with the same words keeps its tick; no date moves. Raises TaskPlanRefusedError for a task of another
    partnership, for a circle, naming its chain (R-T14), and for more than 30 steps or 20 tasks to wait for.
    """
    Partnership.objects.select_for_update().get(pk=task.partnership_id)
    locked = Task.objects.select_for_update().get(pk=task.pk)
    locked.effort_hours = effort_hours
    locked.full_clean(exclude=["requested_by"])
    locked.save(update_fields=["effort_hours", "updated_at"])
    set_dependencies(task=locked, waits_for=waits_for)
    steps = set_checklist(task=locked, texts=checklist)
    changes = {"effort_hours": effort_hours, "waits_for": [one.number for one in waits_for], "steps": steps}
    record("task.planned", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return locked


def set_dependencies(*, task: Task, waits_for: Collection[Task]) -> None:
    """What a task waits for; part of an operation that holds the lock of its partnership and records.

    Raises TaskPlanRefusedError as ``plan_task``.
    """
    wanted = {one.pk: one for one in waits_for}
    if any(one.partnership_id != task.partnership_id for one in wanted.values()):
        raise TaskPlanRefusedError("waits_for", _("This task is of another partnership."))
    if len(wanted) > MOST_WAITED_FOR:
        raise TaskPlanRefusedError("waits_for", _("A task can wait for 20 others at most."))
    kept = TaskDependency.objects.filter(task=task)
    kept.exclude(waits_for_id__in=wanted).delete()
    edges = edges_of(task.partnership_id)
    for one in wanted:
        if chain := circle(edges, task_id=task.pk, waits_for=one):
            raise TaskPlanRefusedError("waits_for", _words_of(chain))
    new = set(wanted) - edges.get(task.pk, set())
    TaskDependency.objects.bulk_create([TaskDependency(task=task, waits_for=wanted[one]) for one in sorted(new)])


def set_checklist(*, task: Task, texts: Collection[str]) -> int:
    """The steps of a task, empty lines left out, and how many; part of an operation that records.

    Raises TaskPlanRefusedError for more than 30 steps or one of more than 200 characters.
    """
    wanted = [text.strip() for text in texts if text.strip()]
    if len(wanted) > MOST_CHECKS:
        raise TaskPlanRefusedError("checklist", _("A task can have 30 steps at most."))
    if any(len(text) > LONGEST_STEP for text in wanted):
        raise TaskPlanRefusedError("checklist", _("A step can have 200 characters at most."))
    ticked = set(TaskCheck.objects.filter(task=task, is_done=True).values_list("text", flat=True))
    TaskCheck.objects.filter(task=task).delete()
    TaskCheck.objects.bulk_create(
        TaskCheck(task=task, position=position, text=text, is_done=text in ticked)
        for position, text in enumerate(wanted)
    )
    return len(wanted)


def tick_steps(*, task: Task, done: Collection[uuid.UUID]) -> None:
    """Mark exactly these steps of a task as made; part of an operation that records. Unknown ids are left out."""
    TaskCheck.objects.filter(task=task, pk__in=done, is_done=False).update(is_done=True)
    TaskCheck.objects.filter(task=task, is_done=True).exclude(pk__in=done).update(is_done=False)


@transaction.atomic
def confirm_task(*, task: Task, by: User, today: date | None = None) -> Task:
    """Confirm that a finished task that asked for evidence is done.

    Raises TaskNotConfirmableError for anybody but coordination and who answers for the result, for one's own
    organisation's work, and when there is nothing to confirm.
    """
    locked = Task.objects.select_for_update().get(pk=task.pk)
    verdict = can_confirm_task(
        state=locked.state,
        needs_evidence=locked.needs_evidence,
        confirmed_on=locked.confirmed_on,
        authority=authority_over_task(locked, by),
        answers_for_result=answers_for_result(locked, by),
    )
    if not verdict:
        raise TaskNotConfirmableError(str(verdict.reason))
    locked.confirmed_on = today or timezone.localdate()
    locked.save(update_fields=["confirmed_on", "updated_at"])
    record("task.confirmed", locked, by=by, scope_id=locked.partnership.scope_id, changes={})
    return locked


def _words_of(chain: list[uuid.UUID]) -> str:
    titles = dict(Task.objects.filter(pk__in=chain).values_list("pk", "title"))
    told = " → ".join(f"“{titles[one]}”" for one in chain)
    return _("That would go in a circle, each waiting for the next: %(chain)s.") % {"chain": told}
