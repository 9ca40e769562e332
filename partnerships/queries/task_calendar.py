"""Tasks as days in people's own calendars."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import chain

from django.db.models import QuerySet

from core.documents.calendar import CalendarEntry, CalendarMethod, calendar_text
from core.web.space import absolute, space_url
from partnerships.models import Task
from partnerships.rules.task import OPEN

MOST_ENTRIES = 500


def calendar_of(tasks: QuerySet[Task], *, name: str, more: Iterable[CalendarEntry] = ()) -> str:
    """The open tasks with a date as an iCalendar text, each on its day, at most 500; done ones are gone from it.

    ``more`` are other dates, which follow.
    """
    rows = tasks.filter(state__in=OPEN).exclude(due_on=None)[:MOST_ENTRIES]
    return calendar_text(chain(_entries(rows), more), method=CalendarMethod.PUBLISH, name=name)


def _entries(tasks: Iterable[Task]) -> Iterable[CalendarEntry]:
    for task in tasks:
        if task.due_on:
            url = absolute(space_url("task_detail", slug=task.partnership.slug, number=task.number))
            yield CalendarEntry(
                uid=f"task-{task.pk}@telaio",
                title=f"{task.title} · {task.partnership.name}",
                starts=task.due_on,
                ends=task.due_on + timedelta(days=1),
                stamp=task.updated_at,
                description=task.result_expected,
                url=url,
            )
