"""Tables of goals."""

from goals.models.agreed_goal import AgreedGoal
from goals.models.change import ChangeGoal, CommunityChange
from goals.models.claim import ClaimAlternative, ContributionClaim
from goals.models.deliverable import Deliverable, DeliverableRole, DeliverableTask
from goals.models.endorsement import Endorsement, EndorsementAnswer, EndorsementRound
from goals.models.goal import Goal, GoalTask, GoalVersion
from goals.models.lesson import Lesson
from goals.models.milestone import Milestone
from goals.models.need import GoalNeed, Need, NeedVote
from goals.models.review import GoalReview
from goals.models.risk import Risk
from goals.models.suggestion import GoalSuggestion
from goals.models.theory import TocLink, TocNode
from goals.models.trend_review import TrendReview, TrendReviewTask
from goals.models.warning import AcceptedWarning

__all__ = [
    "AcceptedWarning",
    "AgreedGoal",
    "ChangeGoal",
    "ClaimAlternative",
    "CommunityChange",
    "ContributionClaim",
    "Deliverable",
    "DeliverableRole",
    "DeliverableTask",
    "Endorsement",
    "EndorsementAnswer",
    "EndorsementRound",
    "Goal",
    "GoalNeed",
    "GoalReview",
    "GoalSuggestion",
    "GoalTask",
    "GoalVersion",
    "Lesson",
    "Milestone",
    "Need",
    "NeedVote",
    "Risk",
    "TocLink",
    "TocNode",
    "TrendReview",
    "TrendReviewTask",
]
