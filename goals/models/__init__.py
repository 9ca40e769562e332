"""Tables of goals."""

from goals.models.deliverable import Deliverable, DeliverableRole, DeliverableTask
from goals.models.goal import Goal, GoalTask, GoalVersion
from goals.models.milestone import Milestone
from goals.models.need import GoalNeed, Need, NeedVote
from goals.models.risk import Risk
from goals.models.theory import TocLink, TocNode

__all__ = [
    "Deliverable",
    "DeliverableRole",
    "DeliverableTask",
    "Goal",
    "GoalNeed",
    "GoalTask",
    "GoalVersion",
    "Milestone",
    "Need",
    "NeedVote",
    "Risk",
    "TocLink",
    "TocNode",
]
