"""Promises kept: tasks finished by the first agreed date, of tasks due (domain 2.6)."""

from datetime import date

from django.db.models import Count, F, Q

from partnerships.models import Partnership, Task
from partnerships.rules.task import PROMISED

COMMITTED = [*PROMISED, Task.State.DONE]
KEPT = Q(state=Task.State.DONE, finished_on__lte=F("first_agreed_due_on"))


def promises_kept(partnership: Partnership, *, starts_on: date, ends_on: date) -> dict[str, int]:
    """How many accepted tasks came due in a period by their first agreed date, and how many of them were kept."""
    due = Task.objects.filter(
        partnership=partnership, state__in=COMMITTED, first_agreed_due_on__range=(starts_on, ends_on)
    )
    return due.aggregate(due=Count("state"), kept=Count("state", filter=KEPT))
