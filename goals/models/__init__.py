"""Tables of goals."""

from goals.models.deliverable import Deliverable, DeliverableRole, DeliverableTask
from goals.models.goal import Goal, GoalTask, GoalVersion
from goals.models.milestone import Milestone
from goals.models.suggestion import GoalSuggestion
from goals.models.trend_review import TrendReview, TrendReviewTask
from goals.models.warning import AcceptedWarning

__all__ = [
    "AcceptedWarning",
    "Deliverable",
    "DeliverableRole",
    "DeliverableTask",
    "Goal",
    "GoalSuggestion",
    "GoalTask",
    "GoalVersion",
    "Milestone",
    "TrendReview",
    "TrendReviewTask",
]
