"""Tasks along a calendar (Gantt): the drawing and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access.viewer import Viewer
from core.charts import Span, TimelineChart
from partnerships.models import Partnership, Task
from partnerships.queries.task import TaskRow, row_of, tasks_visible_to
from partnerships.queries.task_plan import plan_seen_by, slips_among
from partnerships.rules.task import OPEN

MOST_BARS = 60
SHOWN_AFTER = timedelta(days=60)


@dataclass(frozen=True)
class TimelineRow:
    """A task as the timeline's table tells it; ``waits_for`` are titles, ``late_by`` the days it comes too late."""

    row: TaskRow
    starts_on: date
    waits_for: list[str]
    late_by: int


@dataclass(frozen=True)
class TaskTimeline:
    """The tasks with a date, the first to begin first, and how many have none."""

    rows: Sequence[TimelineRow]
    chart: TimelineChart
    undated: int
    is_more: bool


def timeline_of(viewer: Viewer, partnership: Partnership, *, today: date) -> TaskTimeline | None:
    """The open tasks with a date and those finished in the last 60 days; None when there are none.

    At most 60. A task without a first day begins on the day it was proposed.
    """
    rows = tasks_visible_to(viewer).filter(partnership=partnership)
    recent = Q(state=Task.State.DONE, finished_on__gte=today - SHOWN_AFTER)
    dated = rows.filter(Q(state__in=OPEN) | recent).exclude(due_on=None)
    tasks = list(dated[: MOST_BARS + 1])
    if not tasks:
        return None
    edges = plan_seen_by(viewer, partnership.pk)
    _named, late = slips_among(edges, today=today)
    late_by = {slip.task_id: slip.days for slip in late}
    shown = sorted(tasks[:MOST_BARS], key=lambda task: (_first_day(task), task.due_on or today, task.number))
    waits = {task.pk: [edge.waits_for.title for edge in edges if edge.task.task_id == task.pk] for task in shown}
    table = [
        TimelineRow(row_of(task, today=today), _first_day(task), waits[task.pk], late_by.get(task.pk, 0))
        for task in shown
    ]
    undated = rows.filter(state__in=OPEN, due_on=None).count()
    return TaskTimeline(table, _chart(shown, table, today=today), undated, len(tasks) > MOST_BARS)


def _first_day(task: Task) -> date:
    first = task.starts_on or timezone.localdate(task.created_at)
    return min(first, task.due_on or first)


def _chart(tasks: Sequence[Task], table: Sequence[TimelineRow], *, today: date) -> TimelineChart:
    bars = [
        Span(
            task.title,
            _first_day(task),
            task.due_on or today,
            task.progress_percent / 100,
            f"{task.progress_percent} %",
        )
        for task in tasks
    ]
    last = max(bar.ends_on for bar in bars)
    return TimelineChart(
        title=_finding(table),
        starts_on=min(bar.starts_on for bar in bars),
        ends_on=max(last, min(today, last + SHOWN_AFTER)),
        rows=bars,
        month=_month,
        today=today,
        today_label=_("today"),
    )


def _month(day: date) -> str:
    return date_format(day, "M Y" if day.month == 1 else "M")


def _finding(table: Sequence[TimelineRow]) -> str:
    overdue = sum(one.row.is_overdue for one in table)
    if overdue:
        told = ngettext(
            "%(overdue)s task of %(number)s is past its date",
            "%(overdue)s tasks of %(number)s are past their date",
            overdue,
        )
        return told % {"overdue": overdue, "number": len(table)}
    return _("No task is past its date")
