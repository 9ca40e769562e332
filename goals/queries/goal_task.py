"""Reading the tasks that serve a goal."""

from django.db.models import QuerySet

from core.access.viewer import Viewer
from goals.models import Goal
from partnerships.models import Task
from partnerships.queries.task import tasks_visible_to


def tasks_of(viewer: Viewer, goal: Goal) -> QuerySet[Task]:
    """The goal's tasks a viewer may see, by date."""
    return tasks_visible_to(viewer).filter(goal_links__goal=goal)


def tasks_to_choose(viewer: Viewer, goal: Goal) -> QuerySet[Task]:
    """The tasks of the goal's partnership a viewer may see, without those that were called off."""
    rows = tasks_visible_to(viewer).filter(partnership=goal.partnership)
    return rows.exclude(state__in=[Task.State.CANCELLED, Task.State.DECLINED])
