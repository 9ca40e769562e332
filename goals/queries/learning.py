"""What was learned around one goal, for the panel of its page."""

from dataclasses import dataclass
from datetime import date

from core.access.viewer import Viewer
from goals.models import Goal
from goals.queries.change import ChangeRow, as_change_row, change_list
from goals.queries.claim import ClaimSheet, claims_of_goal
from goals.queries.lesson import LessonRow, as_lesson_row, lessons_visible_to
from goals.queries.trend_review import ReviewRow, as_review_row, trend_review_list

MOST = 5


@dataclass(frozen=True)
class GoalLearning:
    """The newest of each kind."""

    reviews: tuple[ReviewRow, ...]
    claims: tuple[ClaimSheet, ...] = ()
    lessons: tuple[LessonRow, ...] = ()
    changes: tuple[ChangeRow, ...] = ()


def learning_of(viewer: Viewer, goal: Goal, *, today: date) -> GoalLearning:
    """What a viewer may see of what was learned around a goal."""
    reviews = trend_review_list(viewer, goal.partnership, goal=goal)[:MOST]
    return GoalLearning(
        reviews=tuple(as_review_row(review, today=today) for review in reviews),
        claims=tuple(claims_of_goal(viewer, goal)),
        lessons=tuple(as_lesson_row(lesson) for lesson in lessons_visible_to(viewer).filter(goal=goal)[:MOST]),
        changes=tuple(as_change_row(one) for one in change_list(viewer, goal.partnership, goal=goal)[:MOST]),
    )
