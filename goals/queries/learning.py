"""What was learned around one goal, for the panel of its page."""

from dataclasses import dataclass
from datetime import date

from core.access.viewer import Viewer
from goals.models import Goal
from goals.queries.trend_review import ReviewRow, as_review_row, trend_review_list

MOST = 5


@dataclass(frozen=True)
class GoalLearning:
    """The newest of each kind."""

    reviews: tuple[ReviewRow, ...]

    def __bool__(self) -> bool:
        return bool(self.reviews)


def learning_of(viewer: Viewer, goal: Goal, *, today: date) -> GoalLearning:
    """What a viewer may see of what was learned around a goal."""
    reviews = trend_review_list(viewer, goal.partnership, goal=goal)[:MOST]
    return GoalLearning(tuple(as_review_row(review, today=today) for review in reviews))
