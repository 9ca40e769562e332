"""What everybody may read of one goal: what it wants, how far it has come, and the points on the way. No names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from core.access.viewer import PUBLIC
from core.access.visibility import Visibility
from core.queries.tenant import tenant_at_work
from goals.models import Goal
from goals.queries.goal import GoalSheet, goal_sheet, goals_in_full
from goals.queries.milestone import standing_of
from goals.rules.facts import words_of
from goals.rules.goal import TOLD_STATES
from goals.rules.milestone import Standing
from goals.rules.sentence import goal_sentence
from metrics.rules.sentence import NOTHING, Sentence
from metrics.rules.series import Point
from metrics.rules.small import fewer_than, is_small, is_small_point
from metrics.rules.statistics.words import reported_words

MOST_VALUES = 6


@dataclass(frozen=True)
class PublicValue:
    """A value with its day; ``is_checked``: a second person looked at it; ``partners``: of how many it is made."""

    on: date
    words: str
    is_checked: bool
    partners: str = ""
    is_new_meaning: bool = False


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
    """Everything on a goal's public page.

    Totals below the space's smallest count are not told, and where the first or the last value is such a total neither
    is what it could be worked out from: how far the goal has come.
    """

    goal: Goal
    sheet: GoalSheet
    sentence: str
    baseline: str
    tells_course: bool
    values: Sequence[PublicValue]
    milestones: Sequence[PublicMilestone]


def told_goal(slug: str, number: int) -> QuerySet[Goal]:
    """A goal everybody may see, for ``get_object_or_404``: adopted, public, and in a public partnership."""
    return goals_in_full(PUBLIC).filter(partnership__slug=slug, number=number, state__in=TOLD_STATES)


def goal_withdrawn_on(slug: str, number: int) -> date | None:
    """When a goal was taken from a public partnership's pages; None for one that is told, or never was."""
    rows = Goal.objects.filter(
        partnership__slug=slug, partnership__visibility=Visibility.PUBLIC, number=number, withdrawn_on__isnull=False
    )
    return rows.values_list("withdrawn_on", flat=True).first()


def public_goal_of(goal: Goal, *, today: date, language: str) -> PublicGoalPage:
    """The page of a goal of ``told_goal``, the newest value first."""
    sheet = goal_sheet(goal, today=today)
    smallest = tenant_at_work().smallest_count
    known = [point for point in sheet.points if point.value is not None][-MOST_VALUES:]
    hides_baseline = has_small_baseline(goal, smallest=smallest)
    hides_last = bool(known) and _is_small(known[-1], goal, smallest)
    rows = sorted(goal.milestones.all(), key=lambda found: (found.due_on, str(found.pk)))
    return PublicGoalPage(
        goal=goal,
        sheet=sheet,
        sentence=public_sentence(goal, smallest=smallest).in_language(language),
        baseline=_baseline(sheet, hides_baseline, smallest).in_language(language),
        tells_course=not (hides_baseline or hides_last),
        values=[_value(point, sheet, language, smallest) for point in reversed(known)],
        milestones=[
            PublicMilestone(
                found.title, found.due_on, found.first_due_on, found.reached_on, standing_of(found, today=today)
            )
            for found in rows
        ],
    )


def public_sentence(goal: Goal, *, smallest: int) -> Sentence:
    """The goal in one sentence as everybody reads it: without a starting value that is small."""
    words = words_of(goal, goal.indicator, currency=tenant_at_work().currency)
    if has_small_baseline(goal, smallest=smallest):
        words = replace(words, baseline=None, baseline_value=None, baseline_on=None, baseline_due_on=None)
    return goal_sentence(words)


def has_small_baseline(goal: Goal, *, smallest: int) -> bool:
    """Whether a goal starts from a total that everybody is not told."""
    indicator = goal.indicator
    return indicator is not None and is_small(
        indicator.baseline_value,
        unit=indicator.unit,
        smallest=smallest,
        numerator=indicator.baseline_numerator,
        denominator=indicator.baseline_denominator,
    )


def _baseline(sheet: GoalSheet, is_hidden: bool, smallest: int) -> Sentence:  # noqa: FBT001 - the two ways it is told
    return fewer_than(smallest) if is_hidden else sheet.baseline or NOTHING


def _is_small(point: Point, goal: Goal, smallest: int) -> bool:
    return goal.indicator is not None and is_small_point(point, unit=goal.indicator.unit, smallest=smallest)


def _value(point: Point, sheet: GoalSheet, language: str, smallest: int) -> PublicValue:
    said = (
        fewer_than(smallest)
        if _is_small(point, sheet.goal, smallest)
        else sheet.figures.said(point.value, numerator=point.numerator, denominator=point.denominator)
    )
    return PublicValue(
        point.period.ends_on,
        said.in_language(language),
        point.is_verified,
        partners=reported_words(point.reported, point.expected).in_language(language),
        is_new_meaning=point.period in sheet.new_meanings,
    )
