"""Tables of goals."""

from goals.models.deliverable import Deliverable, DeliverableRole, DeliverableTask
from goals.models.endorsement import Endorsement, EndorsementAnswer, EndorsementRound
from goals.models.goal import Goal, GoalTask, GoalVersion
from goals.models.milestone import Milestone
from goals.models.review import GoalReview

__all__ = [
    "Deliverable",
    "DeliverableRole",
    "DeliverableTask",
    "Endorsement",
    "EndorsementAnswer",
    "EndorsementRound",
    "Goal",
    "GoalReview",
    "GoalTask",
    "GoalVersion",
    "Milestone",
]
