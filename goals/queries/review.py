"""Reading reviews of goals, and which goals are to be reviewed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from goals.models import Goal, GoalReview
from goals.queries.goal import GoalSheet, goal_sheet, with_standing
from goals.rules.goal import RUNNING_STATES
from goals.rules.review import ReviewDue, last_readings, off_track_since, review_due, steps_off_track_since
from metrics.rules.period import Period
from metrics.rules.progress import LABELS, TONES, Standing
from metrics.rules.series import figures_for, latest

GOALS_AT_ONCE = 100


@dataclass(frozen=True)
class ReviewLine:
    """A review as pages show it."""

    review: GoalReview
    standing: str
    tone: str


def reviews_of(goal: Goal) -> QuerySet[GoalReview]:
    """A goal's reviews, the newest first."""
    return (
        GoalReview.objects.filter(goal=goal)
        .select_related("decision__partnership", "by")
        .order_by("-reviewed_on", "-number", "id")
    )


def review_lines(goal: Goal) -> list[ReviewLine]:
    """The reviews of a goal with how it stood then."""
    return [_line(review) for review in reviews_of(goal)]


def _line(review: GoalReview) -> ReviewLine:
    if review.standing not in set(Standing):
        return ReviewLine(review, "", "idle")
    standing = Standing(review.standing)
    return ReviewLine(review, str(LABELS[standing]), TONES[standing])


def with_last_review(rows: QuerySet[Goal]) -> QuerySet[Goal]:
    """The same goals with ``reviewed_until``: up to which reading the last review knew."""
    last = GoalReview.objects.filter(goal=OuterRef("pk")).order_by("-reviewed_on", "-number", "id")
    return rows.annotate(reviewed_until=Subquery(last.values("readings_until")[:1]))


def off_track_of(sheet: GoalSheet, *, reviewed_until: date | None, today: date) -> date | None:
    """Since when a goal is off track twice in a row, by the readings the last review did not know.

    Where its milestones tell how it stands, a reading is its judgement at the end of a period.
    """
    if sheet.is_by_steps:
        return steps_off_track_since(
            sheet.way_until,
            readings_of_steps(sheet.goal, today=today),
            starts_on=sheet.goal.starts_on,
            reviewed_until=reviewed_until,
        )
    figures = figures_for(sheet.points, sheet.figures)
    return off_track_since(sheet.course, sheet.points, figures, reviewed_until=reviewed_until)


def readings_of_steps(goal: Goal, *, today: date) -> list[Period]:
    """The last two readings of a goal told by its milestones."""
    return last_readings(goal.indicator.frequency if goal.indicator else None, today=today)


def last_reading_of(sheet: GoalSheet, *, today: date) -> date | None:
    """The end of the last period a review on a day knows of; None while nothing was measured."""
    if sheet.is_by_steps:
        return readings_of_steps(sheet.goal, today=today)[-1].ends_on
    last = latest(sheet.points)
    return last.period.ends_on if last else None


def due_review_of(sheet: GoalSheet, lines: Sequence[ReviewLine], *, today: date) -> ReviewDue | None:
    """Whether a goal with these reviews, the newest first, is to be reviewed, and why."""
    goal = sheet.goal
    reviewed_until = lines[0].review.readings_until if lines else None
    return review_due(
        state=goal.state,
        off_track_on=off_track_of(sheet, reviewed_until=reviewed_until, today=today),
        next_review_on=goal.next_review_on,
        today=today,
        is_by_steps=sheet.is_by_steps,
    )


def forced_review_of(goal: Goal) -> bool:
    """Whether a goal, as stored, was off track twice in a row and nobody reviewed it since (R-G9)."""
    stored = with_last_review(with_standing(Goal.objects.filter(pk=goal.pk).select_related("indicator"))).get()
    return _off_track_of_stored(stored, today=timezone.localdate()) is not None


def off_track_days(*, today: date) -> Iterator[tuple[Goal, date | None]]:
    """The goals at work with since when each is off track twice in a row."""
    rows = Goal.objects.filter(state__in=RUNNING_STATES).select_related("indicator").order_by("pk")
    for goal in with_last_review(with_standing(rows)).iterator(chunk_size=GOALS_AT_ONCE):
        yield goal, _off_track_of_stored(goal, today=today)


def _off_track_of_stored(goal: Goal, *, today: date) -> date | None:
    reviewed_until: date | None = goal.reviewed_until  # type: ignore[attr-defined]  # annotated by with_last_review
    return off_track_of(goal_sheet(goal, today=today), reviewed_until=reviewed_until, today=today)


def is_due(today: date) -> Q:
    """The condition under which a goal is to be reviewed, by what the night found and by its date."""
    return Q(state__in=RUNNING_STATES) & (Q(off_track_since__isnull=False) | Q(next_review_on__lte=today))
