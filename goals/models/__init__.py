"""Tables of goals."""

from goals.models.deliverable import Deliverable, DeliverableRole, DeliverableTask
from goals.models.goal import Goal, GoalTask, GoalVersion
from goals.models.milestone import Milestone
from goals.models.need import GoalNeed, Need, NeedVote
from goals.models.risk import Risk
from goals.models.suggestion import GoalSuggestion
from goals.models.theory import TocLink, TocNode
from goals.models.warning import AcceptedWarning

__all__ = [
    "AcceptedWarning",
    "Deliverable",
    "DeliverableRole",
    "DeliverableTask",
    "Goal",
    "GoalNeed",
    "GoalSuggestion",
    "GoalTask",
    "GoalVersion",
    "Milestone",
    "Need",
    "NeedVote",
    "Risk",
    "TocLink",
    "TocNode",
]
