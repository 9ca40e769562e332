"""Tables of goals."""

from goals.models.goal import Goal, GoalTask, GoalVersion
from goals.models.milestone import Milestone

__all__ = ["Goal", "GoalTask", "GoalVersion", "Milestone"]
