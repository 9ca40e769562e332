"""Tasks by their state, and where each may be moved by whom."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.access.viewer import Viewer
from core.models import User
from core.web.space import space_url
from partnerships.models import Partnership, Task
from partnerships.queries.authority import authorities_over
from partnerships.queries.task import TaskRow, row_of, tasks_visible_to
from partnerships.rules.authority import Authority
from partnerships.rules.task import OPEN, movable_states

State = Task.State
COLUMNS = (*OPEN, State.DONE)
MOST_CARDS = 200
MOST_DONE = 10


@dataclass(frozen=True)
class Card:
    """A task on the board; ``moves`` are the states whoever looks may bring it to without another word."""

    task: Task
    row: TaskRow
    move_url: str
    moves: list[tuple[str, str]]


@dataclass(frozen=True)
class Column:
    """The tasks of one state."""

    state: str
    label: str
    cards: list[Card]


def board_of(viewer: Viewer, user: User, partnership: Partnership, *, today: date) -> list[Column]:
    """The columns with something in them, and always the four of work under way.

    At most 200 open tasks, the nearest date first, and the ten finished last.
    """
    rows = tasks_visible_to(viewer).filter(partnership=partnership)
    tasks = list(rows.filter(state__in=OPEN)[:MOST_CARDS])
    tasks += rows.filter(state=State.DONE).order_by("-finished_on", "-number", "id")[:MOST_DONE]
    authorities = authorities_over(tasks, user, viewer=viewer)
    usual = {State.ACCEPTED, State.IN_PROGRESS, State.IN_REVIEW, State.DONE}
    columns = [_column(state, tasks, authorities, today=today) for state in COLUMNS]
    return [column for column in columns if column.cards or column.state in usual]


def _column(state: State, tasks: Iterable[Task], authorities: dict[uuid.UUID, Authority], *, today: date) -> Column:
    cards = [_card(task, authorities[task.pk], today=today) for task in tasks if task.state == state]
    return Column(state.value, str(state.label), cards)


def _card(task: Task, authority: Authority, *, today: date) -> Card:
    moves = movable_states(state=task.state, authority=authority)
    url = space_url("task_move", slug=task.partnership.slug, number=task.number)
    return Card(task, row_of(task, today=today), url, [(state.value, str(state.label)) for state in moves])
