"""The days of a kit's tasks, once it is known on which day the partnership starts."""

from datetime import date

from django.utils import timezone

from partnerships.kits.kit import KitTask, record_of
from partnerships.models import Partnership, Task
from partnerships.rules.kit import day_of


def kit_day(start: date | None, offset: int | None, *, today: date | None = None) -> date | None:
    """The day a kit means; None without a start, and for a day already past, which people set themselves."""
    if start is None or offset is None:
        return None
    day = day_of(start, offset)
    return day if day >= (today or timezone.localdate()) else None


def move_kit_dates(partnership: Partnership, before: date | None, today: date | None = None) -> int:
    """Count the days of the kit's drafts from another start; part of an operation that records. How many moved.

    Only of what nobody was asked for yet: a day people agreed on, or wrote themselves, is theirs.
    """
    items = {item["code"]: record_of(KitTask, item) for item in partnership.template_snapshot.get("tasks", ())}
    rows = Task.objects.select_for_update().filter(partnership=partnership, template_key__in=items)
    drafts = rows.filter(state=Task.State.PROPOSED, member=None, person=None).order_by("number")
    moved = []
    for task in drafts:
        item = items[task.template_key]
        days = [kit_day(partnership.starts_on, offset, today=today) for offset in (item.starts, item.due)]
        if _is_the_kits(task, item, before) and [task.starts_on, task.due_on] != days:
            task.starts_on, task.due_on = days
            task.updated_at = timezone.now()
            moved.append(task)
    Task.objects.bulk_update(moved, ["starts_on", "due_on", "updated_at"])
    return len(moved)


def _is_the_kits(task: Task, item: KitTask, before: date | None) -> bool:
    if task.due_on is None:
        return True
    return before is not None and item.due is not None and task.due_on == day_of(before, item.due)
