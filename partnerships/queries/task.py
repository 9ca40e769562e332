"""Reading tasks: who sees which, lists with their filters, and what a person's organisation promised."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from core.access.viewer import Viewer, visible_records
from core.models import User
from core.web.space import space_url
from partnerships.models import Partnership, Task, TaskUpdate
from partnerships.queries.representative import own_member_ids
from partnerships.rules.task import OPEN, PROMISED, is_overdue, task_badge
from stakeholders.models import Stakeholder


@dataclass(frozen=True)
class TaskRow:
    """A task as lists show it."""

    task: Task
    number: int
    title: str
    url: str
    who: str
    partnership: str
    due_on: date | None
    is_overdue: bool
    tone: str
    badge: str
    progress_percent: int


def tasks_visible_to(viewer: Viewer) -> QuerySet[Task]:
    """The tasks a viewer may see, the nearest date first, those without a date last."""
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])
    return (
        Task.objects.filter(seen)
        .select_related("partnership", "member__organisation", "person")
        .order_by(F("due_on").asc(nulls_last=True), "number", "id")
    )


def task_list(
    viewer: Viewer,
    partnership: Partnership,
    *,
    state: str = "",
    member_id: uuid.UUID | None = None,
    overdue: bool = False,
    search: str = "",
    today: date | None = None,
) -> QuerySet[Task]:
    """A partnership's tasks, narrowed; ``state`` is one of the states, "open" or "" for all."""
    rows = tasks_visible_to(viewer).filter(partnership=partnership)
    if state == "open":
        rows = rows.filter(state__in=OPEN)
    elif state:
        rows = rows.filter(state=state)
    if member_id:
        rows = rows.filter(member_id=member_id)
    if overdue:
        rows = rows.filter(state__in=PROMISED, due_on__lt=today or timezone.localdate())
    if search:
        rows = rows.filter(title__icontains=search)
    return rows


def tasks_in_state(rows: QuerySet[Task], state: str, *, today: date | None = None) -> QuerySet[Task]:
    """Tasks narrowed to one state, to "overdue" promises, to "all"; anything else means those still open."""
    if state == "all":
        return rows
    if state == "overdue":
        return rows.filter(state__in=PROMISED, due_on__lt=today or timezone.localdate())
    return rows.filter(state=state) if state in Task.State.values else rows.filter(state__in=OPEN)


def my_tasks(viewer: Viewer, user: User) -> QuerySet[Task]:
    """What a person's organisations promised or are asked, over all partnerships, and the person's own tasks."""
    own_person = Q(person__user=user) | Q(person__user=None, person__email__iexact=user.email)
    coordinated = Q(member=None, person=None, requested_by=user)
    mine = Q(member_id__in=own_member_ids(user)) | own_person | coordinated
    return tasks_visible_to(viewer).filter(mine)


def open_tasks_of_person(person: Stakeholder) -> QuerySet[Task]:
    """The open tasks given to one person, the nearest date first; for whoever holds one of their links."""
    return (
        Task.objects.filter(person=person, state__in=OPEN)
        .select_related("partnership", "member__organisation")
        .order_by(F("due_on").asc(nulls_last=True), "number", "id")
    )


def updates_of(task: Task) -> QuerySet[TaskUpdate]:
    """Every word about a task, newest first, with who said it."""
    return TaskUpdate.objects.filter(task=task).select_related("user", "person").order_by("-at", "-id")


def as_task_row(task: Task, *, today: date | None = None) -> TaskRow:
    """What a list shows of a task of ``tasks_visible_to``."""
    today = today or timezone.localdate()
    tone, badge = task_badge(task, today=today)
    return TaskRow(
        task=task,
        number=task.number,
        title=task.title,
        url=space_url("task_detail", slug=task.partnership.slug, number=task.number),
        who=promised_by(task),
        partnership=task.partnership.name,
        due_on=task.due_on,
        is_overdue=is_overdue(task, today=today),
        tone=tone,
        badge=badge,
        progress_percent=task.progress_percent,
    )


def promised_by(task: Task) -> str:
    """Organisation and person a task was given to; empty for coordination's own."""
    names = [task.member.organisation.name if task.member else "", task.person.name if task.person else ""]
    return " · ".join(name for name in names if name)
