"""Tables of goals."""

from goals.models.change import ChangeGoal, CommunityChange
from goals.models.claim import ClaimAlternative, ContributionClaim
from goals.models.deliverable import Deliverable, DeliverableRole, DeliverableTask
from goals.models.goal import Goal, GoalTask, GoalVersion
from goals.models.lesson import Lesson
from goals.models.milestone import Milestone
from goals.models.suggestion import GoalSuggestion
from goals.models.trend_review import TrendReview, TrendReviewTask
from goals.models.warning import AcceptedWarning

__all__ = [
    "AcceptedWarning",
    "ChangeGoal",
    "ClaimAlternative",
    "CommunityChange",
    "ContributionClaim",
    "Deliverable",
    "DeliverableRole",
    "DeliverableTask",
    "Goal",
    "GoalSuggestion",
    "GoalTask",
    "GoalVersion",
    "Lesson",
    "Milestone",
    "TrendReview",
    "TrendReviewTask",
]
