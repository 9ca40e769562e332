"""What waits for what, without circles, and what a date that slips means for the others (R-T14)."""

import uuid
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

Edges = Mapping[uuid.UUID, AbstractSet[uuid.UUID]]


def circle(edges: Edges, *, task_id: uuid.UUID, waits_for: uuid.UUID) -> list[uuid.UUID]:
    """The chain that would close if a task waited for another: from the task round to itself; empty when none does.

    ``edges`` say for each task what it waits for already.
    """
    before: dict[uuid.UUID, uuid.UUID] = {}
    waiting = [waits_for]
    while waiting:
        here = waiting.pop()
        if here == task_id:
            return [task_id, *_way_back(before, waits_for, here)]
        for there in sorted(edges.get(here, set())):
            if there not in before and there != waits_for:
                before[there] = here
                waiting.append(there)
    return []


def _way_back(before: Mapping[uuid.UUID, uuid.UUID], start: uuid.UUID, end: uuid.UUID) -> list[uuid.UUID]:
    way = [end]
    while way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]


@dataclass(frozen=True)
class Planned:
    """What of a task decides how a slip travels: its day, and whether it is done, dropped or refused."""

    due_on: date | None
    is_closed: bool


@dataclass(frozen=True)
class Slip:
    """A task that cannot keep its day as things stand: ``days`` late, because of the one before it."""

    task_id: uuid.UUID
    because_of: uuid.UUID
    days: int


def slips(tasks: Mapping[uuid.UUID, Planned], edges: Edges, *, today: date) -> list[Slip]:
    """Which open tasks come too late because what they wait for does, the nearest effect first.

    A task is expected on its day, or today when that has passed, and never before what it waits for; no date is moved.
    A task without a day delays others but is not late itself.
    """
    found: dict[uuid.UUID, date] = {}
    late: list[Slip] = []
    for task_id in _first_things_first(tasks, edges):
        task = tasks[task_id]
        if task.is_closed:
            continue
        own = max(task.due_on, today) if task.due_on else None
        before = [(found[one], one) for one in edges.get(task_id, set()) if one in found]
        latest = max(before, default=None)
        if latest and task.due_on and latest[0] > max(task.due_on, today):
            late.append(Slip(task_id, latest[1], (latest[0] - task.due_on).days))
        days = [day for day in (own, latest[0] if latest else None) if day]
        if days:
            found[task_id] = max(days)
    return late


def _first_things_first(tasks: Iterable[uuid.UUID], edges: Edges) -> list[uuid.UUID]:
    ordered: dict[uuid.UUID, None] = {}

    def place(task_id: uuid.UUID, known: set[uuid.UUID]) -> None:
        if task_id in ordered:
            return
        for before in sorted(edges.get(task_id, set()) - known):
            if before in tasks:
                place(before, known | {before})
        ordered[task_id] = None

    for task_id in tasks:
        place(task_id, {task_id})
    return list(ordered)
