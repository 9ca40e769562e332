"""What everybody may read of one goal: what it wants, how far it has come, and the points on the way. No names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from core.access.viewer import PUBLIC
from engagement.queries.public_page import TOLD_STATES
from goals.models import Goal
from goals.queries.goal import GoalSheet, goal_sheet, goals_in_full
from goals.queries.milestone import standing_of
from goals.rules.milestone import Standing
from metrics.rules.series import Point

MOST_VALUES = 6


@dataclass(frozen=True)
class PublicValue:
    """A value with its day; ``is_checked``: a second person looked at it."""

    on: date
    words: str
    is_checked: bool


@dataclass(frozen=True)
class PublicMilestone:
    """A point on the way, without who looks after it or what was written about it."""

    title: str
    due_on: date
    first_due_on: date
    reached_on: date | None
    standing: Standing


@dataclass(frozen=True)
class PublicGoalPage:
    """Everything on a goal's public page."""

    goal: Goal
    sheet: GoalSheet
    values: Sequence[PublicValue]
    milestones: Sequence[PublicMilestone]


def told_goal(slug: str, number: int) -> QuerySet[Goal]:
    """A goal everybody may see, for ``get_object_or_404``: adopted, public, and in a public partnership."""
    return goals_in_full(PUBLIC).filter(partnership__slug=slug, number=number, state__in=TOLD_STATES)


def public_goal_of(goal: Goal, *, today: date, language: str) -> PublicGoalPage:
    """The page of a goal of ``told_goal``, the newest value first."""
    sheet = goal_sheet(goal, today=today)
    known = [point for point in sheet.points if point.value is not None][-MOST_VALUES:]
    rows = sorted(goal.milestones.all(), key=lambda found: (found.due_on, str(found.pk)))
    return PublicGoalPage(
        goal=goal,
        sheet=sheet,
        values=[_value(point, sheet, language) for point in reversed(known)],
        milestones=[
            PublicMilestone(
                found.title, found.due_on, found.first_due_on, found.reached_on, standing_of(found, today=today)
            )
            for found in rows
        ],
    )


def _value(point: Point, sheet: GoalSheet, language: str) -> PublicValue:
    said = sheet.figures.said(point.value, numerator=point.numerator, denominator=point.denominator)
    return PublicValue(point.period.ends_on, said.in_language(language), point.is_verified)
