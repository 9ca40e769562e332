"""Reading what a task consists of and waits for, and what a slip means for the others."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import ngettext

from core.access.viewer import Viewer, visible_records
from core.access.visibility import Visibility
from core.queries.composed import Composed
from partnerships.models import Task, TaskCheck, TaskDependency, TaskEvidence
from partnerships.rules.task import OPEN
from partnerships.rules.task_plan import Planned, Slip, slips

MOST_OFFERED = 100


def edges_of(partnership_id: uuid.UUID) -> dict[uuid.UUID, set[uuid.UUID]]:
    """For each task of a partnership that waits, what it waits for; one query."""
    rows = TaskDependency.objects.filter(task__partnership_id=partnership_id).values_list("task_id", "waits_for_id")
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    for task_id, waits_for_id in rows:
        found.setdefault(task_id, set()).add(waits_for_id)
    return found


def checks_of(task: Task) -> QuerySet[TaskCheck]:
    """The steps of a task in their order."""
    return TaskCheck.objects.filter(task=task).order_by("position", "id")


def evidence_of(task: Task) -> QuerySet[TaskEvidence]:
    """What shows that a task is done, newest first, with files and who showed it."""
    return TaskEvidence.objects.filter(task=task).select_related("file", "user", "person").order_by("-at", "-id")


steps_of = Composed(checks_of)
shown_for = Composed(evidence_of)


def tasks_to_wait_for(task: Task | None, *, rows: QuerySet[Task]) -> QuerySet[Task]:
    """At most 100 among ``rows`` a task may wait for: what it waits for already, then the open ones."""
    if task is None:
        return rows.filter(state__in=OPEN)[:MOST_OFFERED]
    known = Q(pk__in=TaskDependency.objects.filter(task=task).values("waits_for"))
    offered = rows.filter(Q(state__in=OPEN) | known).exclude(pk=task.pk)
    return offered.order_by(Case(When(known, then=0), default=1), *offered.query.order_by)[:MOST_OFFERED]


@dataclass(frozen=True)
class Neighbour:
    """A task before or after another one, as its page names it."""

    task_id: uuid.UUID
    number: int
    title: str
    who: str
    state: str
    due_on: date | None

    @property
    def is_done(self) -> bool:
        """Whether nobody waits for it any more."""
        return self.state not in OPEN


@dataclass(frozen=True)
class Surroundings:
    """What stands before and after one task, and whom its slip makes late (R-T14)."""

    before: list[Neighbour] = field(default_factory=list)
    after: list[Neighbour] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    is_late_because: str = ""


class _Edge(NamedTuple):
    task: Neighbour
    waits_for: Neighbour


_FIELDS = ("id", "number", "title", "member__organisation__name", "state", "due_on")


def plan_seen_by(viewer: Viewer, partnership_id: uuid.UUID) -> list[_Edge]:
    """Every dependency of a partnership both ends of which a viewer may see; one query."""
    return _edges(_plan_seen_by(viewer, partnership_id=partnership_id))


def plan_seen_by_partners(partnership_id: uuid.UUID) -> list[_Edge]:
    """The same for somebody who opened a link and sees what partners see."""
    level = Visibility.PARTNERS
    return _edges(_plan(partnership_id, Q(task__visibility__gte=level, waits_for__visibility__gte=level)))


@Composed
def _plan_seen_by(viewer: Viewer, partnership_id: uuid.UUID) -> QuerySet[TaskDependency, tuple[Any, ...]]:
    chain = ["task__visibility", "waits_for__visibility", "task__partnership__visibility"]
    return _plan(partnership_id, visible_records(viewer, scope="task__partnership__scope_id", chain=chain))


def _plan(partnership_id: uuid.UUID, seen: Q) -> QuerySet[TaskDependency, tuple[Any, ...]]:
    columns = [f"{end}__{column}" for end in ("task", "waits_for") for column in _FIELDS]
    rows = TaskDependency.objects.filter(seen, task__partnership_id=partnership_id)
    return rows.order_by("id").values_list(*columns)


def _edges(rows: Iterable[tuple[Any, ...]]) -> list[_Edge]:
    size = len(_FIELDS)
    return [_Edge(_neighbour(row[:size]), _neighbour(row[size:])) for row in rows]


def _neighbour(values: tuple[uuid.UUID, int, str, str | None, str, date | None]) -> Neighbour:
    task_id, number, title, who, state, due_on = values
    return Neighbour(task_id, number, title, who or "", state, due_on)


def slips_among(edges: Iterable[_Edge], *, today: date) -> tuple[dict[uuid.UUID, Neighbour], list[Slip]]:
    """The tasks that wait or are waited for, and which of them come too late."""
    named: dict[uuid.UUID, Neighbour] = {}
    waiting: dict[uuid.UUID, set[uuid.UUID]] = {}
    for edge in edges:
        named |= {edge.task.task_id: edge.task, edge.waits_for.task_id: edge.waits_for}
        waiting.setdefault(edge.task.task_id, set()).add(edge.waits_for.task_id)
    planned = {task_id: Planned(one.due_on, one.is_done) for task_id, one in named.items()}
    return named, slips(planned, waiting, today=today)


def surroundings_of(task: Task, edges: Iterable[_Edge], *, today: date) -> Surroundings:
    """What stands around a task among some dependencies, effects in words; no date of anybody is moved."""
    edges = list(edges)
    named, late = slips_among(edges, today=today)
    behind = _behind(task.pk, edges)
    own = next((slip for slip in late if slip.task_id == task.pk), None)
    return Surroundings(
        before=[edge.waits_for for edge in edges if edge.task.task_id == task.pk],
        after=[edge.task for edge in edges if edge.waits_for.task_id == task.pk],
        effects=[_words(named, slip) for slip in late if slip.task_id in behind],
        is_late_because=_words(named, own) if own else "",
    )


def _behind(task_id: uuid.UUID, edges: list[_Edge]) -> set[uuid.UUID]:
    """Everything that waits for a task, also by way of others."""
    found: set[uuid.UUID] = set()
    waiting = [task_id]
    while waiting:
        here = waiting.pop()
        new = {edge.task.task_id for edge in edges if edge.waits_for.task_id == here} - found
        found |= new
        waiting += new
    return found


def _words(named: dict[uuid.UUID, Neighbour], slip: Slip) -> str:
    late = named[slip.task_id]
    told = {
        "task": f"{late.title} ({late.who})" if late.who else late.title,
        "before": named[slip.because_of].title,
        "days": slip.days,
    }
    return (
        ngettext(
            "“%(task)s” waits for “%(before)s” and would be %(days)s day late.",
            "“%(task)s” waits for “%(before)s” and would be %(days)s days late.",
            slip.days,
        )
        % told
    )
