"""Tables of goals."""

from goals.models.deliverable import Deliverable, DeliverableRole, DeliverableTask
from goals.models.goal import Goal, GoalTask, GoalVersion
from goals.models.milestone import Milestone

__all__ = ["Deliverable", "DeliverableRole", "DeliverableTask", "Goal", "GoalTask", "GoalVersion", "Milestone"]
