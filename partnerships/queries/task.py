"""Reading tasks: who sees which, lists with their filters, and what a person's organisation promised."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.viewer import Viewer, visible_records
from core.models import User
from core.queries.composed import Composed
from core.web.dates import day_words
from core.web.space import space_url
from partnerships.models import Partnership, Task, TaskUpdate
from partnerships.queries.representative import own_member_ids, representations_of
from partnerships.rules.task import BADGES, OPEN, PROMISED, is_overdue, task_standing
from stakeholders.models import Stakeholder
from stakeholders.queries.own import is_own


class TaskValues(NamedTuple):
    """The few values of a task a list needs, in the order of ``ROW_FIELDS``."""

    number: int
    title: str
    state: str
    due_on: date | None
    progress_percent: int
    member_id: uuid.UUID | None
    person_id: uuid.UUID | None
    slug: str
    partnership: str
    organisation: str | None
    person: str | None
    needs_evidence: bool
    confirmed_on: date | None
    finished_on: date | None


ROW_FIELDS = (
    "number", "title", "state", "due_on", "progress_percent", "member_id", "person_id", "partnership__slug",
    "partnership__name", "member__organisation__name", "person__name", "needs_evidence", "confirmed_on",
    "finished_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as lists show it; ``due`` is its date in words.

    ``who`` names organisation and person it was given to, empty for coordination's own; ``by`` has a word for these.
    """

    number: int
    title: str
    url: str
    state: str
    who: str
    by: str
    partnership: str
    due_on: date | None
    due: str
    is_overdue: bool
    tone: str
    badge: str
    progress_percent: int

    @property
    def month_day(self) -> str:
        """Its date where the year goes without saying."""
        return day_words(self.due_on, "MONTH_DAY_FORMAT")

    @property
    def progress(self) -> str:
        """How far it is."""
        return f"{self.progress_percent} %"


def tasks_visible_to(viewer: Viewer) -> QuerySet[Task]:
    """The tasks a viewer may see, the nearest date first, those without a date last."""
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])
    return (
        Task.objects.filter(seen)
        .select_related("partnership", "member__organisation", "person")
        .order_by(F("due_on").asc(nulls_last=True), "number", "id")
    )


def next_tasks(viewer: Viewer, *, most: int) -> QuerySet[Task]:
    """The open tasks of a whole space that are due first, as the viewer sees them.

    Chosen before anything is joined: of the join the planner expects a few rows, reads thousands and sorts them.
    """
    within = Partnership.objects.filter(pk=OuterRef("partnership_id"))
    first = (
        Task.objects.annotate(
            scope=Subquery(within.values("scope_id")), most_visible=Subquery(within.values("visibility"))
        )
        .filter(visible_records(viewer, scope="scope", chain=["visibility", "most_visible"]))
        .filter(state__in=OPEN, due_on__isnull=False)
        .order_by("due_on", "id")
    )
    return Task.objects.filter(pk__in=first.values("pk")[:most]).order_by("due_on", "id")


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


def open_tasks(viewer: Viewer, partnership: Partnership, *, most: int) -> list[TaskRow]:
    """The first open tasks of a partnership, as its overview lists them."""
    return list(map(TaskRowMaker(), _open_in(viewer, partnership=partnership, most=most)))


_open_in = Composed(lambda viewer, partnership, most: rows_of(task_list(viewer, partnership, state="open")[:most]))


def tasks_in_state(rows: QuerySet[Task], state: str, *, today: date | None = None) -> QuerySet[Task]:
    """Tasks narrowed to one state, to "overdue" promises, to "all"; anything else means those still open."""
    if state == "all":
        return rows
    if state == "overdue":
        return rows.filter(state__in=PROMISED, due_on__lt=today or timezone.localdate())
    return rows.filter(state=state) if state in Task.State.values else rows.filter(state__in=OPEN)


def my_tasks(viewer: Viewer, user: User) -> QuerySet[Task]:
    """What a person's organisations promised or are asked, over all partnerships, and the person's own tasks."""
    coordinated = Q(member=None, person=None, requested_by=user)
    mine = Q(member_id__in=own_member_ids(user)) | is_own(user, "person__") | coordinated
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


task_at: Composed[Task] = Composed(
    lambda viewer, slug, number: tasks_visible_to(viewer).filter(partnership__slug=slug, number=number).order_by(),
    numbers=["number"],
)


def _to_say_of(viewer: Viewer, slug: str, number: int, today: date) -> QuerySet[Task]:
    assert viewer.user is not None, "nobody says a word"
    rows = tasks_visible_to(viewer).filter(partnership__slug=slug, number=number).order_by()
    own = representations_of(viewer.user, today=today).filter(member=OuterRef("member")).order_by("-can_commit", "pk")
    newest = TaskUpdate.objects.filter(task=OuterRef("pk")).order_by("-at", "-id")
    rows = rows.annotate(commits=Subquery(own.values("can_commit")[:1]), last_note=Subquery(newest.values("note")[:1]))
    return rows.select_related(None).select_related("partnership").select_for_update(of=("self",))


# Locked for a word about it, with no more than its partnership, whether the viewer may commit for its member (None who
# does not speak for it), and the note of the newest word.
task_to_say_of = Composed(_to_say_of, numbers=["number"])
words_about = Composed(lambda task, most: updates_of(task)[:most])


def times_slipped(task: Task) -> int:
    """How often a promise got a new date after it was given (R-T11)."""
    return sum(_slips(task=task))


@Composed
def _slips(task: Task) -> QuerySet[TaskUpdate, int]:
    rows = TaskUpdate.objects.filter(task=task, state_before__in=PROMISED).exclude(due_on=None).order_by()
    return rows.values(of=Value(1)).annotate(number=Count("pk")).values_list("number", flat=True)


class TaskRowMaker:
    """Turns the values of ``rows_of`` into rows; the address is worked out once for a page."""

    def __init__(self, *, today: date | None = None) -> None:
        self._today = today or timezone.localdate()
        self._before, self._between, self._after = _parts_of_address()
        self._nobody, self._coordination = _("not given to anybody yet"), _("coordination")
        self._no_date = _("no date")
        self._badges = {standing: (tone, str(word)) for standing, (tone, word) in BADGES.items()}

    def __call__(self, values: tuple[Any, ...]) -> TaskRow:
        """One row."""
        task = TaskValues(*values)
        tone, badge = self._badges[task_standing(task, today=self._today)]
        who = " · ".join(filter(None, [task.organisation, task.person]))
        return TaskRow(
            number=task.number,
            title=task.title,
            url=f"{self._before}{task.slug}{self._between}{task.number}{self._after}",
            state=task.state,
            who=who,
            by=who or (self._nobody if task.state == Task.State.PROPOSED else self._coordination),
            partnership=task.partnership,
            due_on=task.due_on,
            due=day_words(task.due_on) or self._no_date,
            is_overdue=is_overdue(task, today=self._today),
            tone=tone,
            badge=badge,
            progress_percent=task.progress_percent,
        )


def rows_of(tasks: QuerySet[Task]) -> QuerySet[Task, tuple[Any, ...]]:
    """The same tasks as the values ``TaskRowMaker`` needs."""
    return tasks.values_list(*ROW_FIELDS)


def task_rows(tasks: QuerySet[Task], *, today: date | None = None) -> list[TaskRow]:
    """What lists show of some tasks."""
    return list(map(TaskRowMaker(today=today), rows_of(tasks)))


def row_of(task: Task, *, today: date | None = None) -> TaskRow:
    """What a list would show of one task that is loaded with its partnership, organisation and person."""
    values = TaskValues(
        task.number,
        task.title,
        task.state,
        task.due_on,
        task.progress_percent,
        task.member_id,
        task.person_id,
        task.partnership.slug,
        task.partnership.name,
        task.member.organisation.name if task.member else None,
        task.person.name if task.person else None,
        task.needs_evidence,
        task.confirmed_on,
        task.finished_on,
    )
    return TaskRowMaker(today=today)(values)


def _parts_of_address() -> tuple[str, str, str]:
    before, rest = space_url("task_detail", slug="task-slug", number=987_654_321).split("task-slug")
    between, after = rest.split("987654321")
    return before, between, after


def promised_by(task: Task) -> str:
    """Organisation and person a task was given to; empty for coordination's own."""
    names = [task.member.organisation.name if task.member else "", task.person.name if task.person else ""]
    return " · ".join(name for name in names if name)
