"""Reading trend reviews: who sees which, what the number says, and what became of the tasks."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from core.access.viewer import Viewer, visible_records
from core.web.dates import day_words
from core.web.space import space_url
from goals.models import Goal, TrendReview
from goals.queries.goal import goals_visible_to
from goals.rules.trend_review import (
    STEPS,
    TONES,
    WRITTEN,
    Question,
    ReviewFacts,
    Step,
    is_check_due,
    steps_done,
)
from metrics.models import Indicator, Measurement
from metrics.queries.indicator import IndicatorSheet, indicator_sheet, indicators_visible_to, with_values
from metrics.rules.sentence import NOTHING, Sentence
from partnerships.models import Partnership, Task
from partnerships.queries.task import tasks_visible_to
from partnerships.rules.task import OPEN


@dataclass(frozen=True)
class ReviewRow:
    """A trend review as lists show it."""

    number: int
    subject: str
    url: str
    on: str
    tone: str
    state: str
    tasks: int
    open_tasks: int
    is_due: bool


@dataclass(frozen=True)
class StepLine:
    """One step with what was written in it."""

    step: Step
    answers: tuple[tuple[Question, str], ...]
    is_done: bool

    @property
    def written(self) -> list[tuple[Question, str]]:
        """The questions that have an answer."""
        return [(question, text) for question, text in self.answers if text]


@dataclass(frozen=True)
class Subjects:
    """What a new review may be about."""

    goals: tuple[Goal, ...]
    indicators: tuple[Indicator, ...]

    def goal(self, key: str) -> Goal | None:
        """The chosen goal; None for another key."""
        return next((goal for goal in self.goals if key in {f"g:{goal.number}", str(goal.number)}), None)

    def indicator(self, key: str) -> Indicator | None:
        """The chosen indicator; None for another key."""
        return next((one for one in self.indicators if key in {f"i:{one.code}", one.code}), None)


def trend_reviews_visible_to(viewer: Viewer) -> QuerySet[TrendReview]:
    """The reviews a viewer may see, the newest first; one whose subject is out of sight is out of sight too."""

    def seen(*chain: str) -> Q:
        return visible_records(viewer, scope="partnership__scope_id", chain=chain)

    goal = Q(goal=None) | seen("goal__visibility")
    indicator = Q(indicator=None) | seen("indicator__visibility")
    rows = TrendReview.objects.filter(seen("visibility", "partnership__visibility") & goal & indicator)
    return rows.select_related("partnership", "goal", "indicator").order_by("-number", "id")


def trend_review_list(
    viewer: Viewer, partnership: Partnership, *, goal: Goal | None = None, indicator: Indicator | None = None
) -> QuerySet[TrendReview]:
    """A partnership's reviews with their tasks counted, of one goal or indicator when asked."""
    rows = trend_reviews_visible_to(viewer).filter(partnership=partnership)
    if goal is not None:
        rows = rows.filter(goal=goal)
    if indicator is not None:
        rows = rows.filter(indicator=indicator)
    still_open = Count("task_links", filter=Q(task_links__task__state__in=OPEN))
    return rows.annotate(tasks_total=Count("task_links"), tasks_open=still_open)


def as_review_row(review: TrendReview, *, today: date) -> ReviewRow:
    """What a list shows of a review of ``trend_review_list``."""
    return ReviewRow(
        number=review.number,
        subject=review.subject,
        url=space_url("trend_review_detail", slug=review.partnership.slug, number=review.number),
        on=day_words(review.held_on) if review.held_on else "",
        tone=TONES[TrendReview.State(review.state)],
        state=review.get_state_display(),
        tasks=review.tasks_total,  # type: ignore[attr-defined]  # annotated by trend_review_list
        open_tasks=review.tasks_open,  # type: ignore[attr-defined]  # annotated by trend_review_list
        is_due=is_check_due(state=review.state, check_on=review.check_on, today=today),
    )


def subjects_in(viewer: Viewer, partnership: Partnership) -> Subjects:
    """The goals and indicators of a partnership a review may be about."""
    goals = goals_visible_to(viewer).filter(partnership=partnership)
    indicators = indicators_visible_to(viewer).filter(partnership=partnership)
    return Subjects(tuple(goals), tuple(indicators))


def number_of(review: TrendReview, *, today: date) -> IndicatorSheet | None:
    """What the review's indicator says on a day; None when it is about a goal without one."""
    found = _with_values(review)
    return indicator_sheet(found, today=today) if found else None


def _with_values(review: TrendReview) -> Indicator | None:
    if review.indicator_id is None:
        return None
    rows = Indicator.objects.filter(pk=review.indicator_id).select_related("partnership")
    found: Indicator | None = with_values(rows).first()
    return found


def finding_of(review: TrendReview, *, today: date) -> Sentence:
    """What the values of periods over by a day show, in both languages; nothing without an indicator."""
    found = _with_values(review)
    if found is None:
        return NOTHING
    rows: list[Measurement] = found.value_rows  # type: ignore[attr-defined]  # prefetched by with_values
    found.value_rows = [row for row in rows if row.period_ends_on <= today]  # type: ignore[attr-defined]  # the same
    sheet = indicator_sheet(found, today=today)
    return sheet.finding + sheet.says


def step_lines(review: TrendReview, *, tasks: int) -> list[StepLine]:
    """The six steps with what was written."""
    words = words_of(review)
    return [
        StepLine(step, tuple((question, words[question.field]) for question in step.questions), is_done)
        for step, is_done in zip(STEPS, steps_done(words, tasks), strict=True)
    ]


def words_of(review: TrendReview) -> dict[str, str]:
    """What was written in the steps, by field."""
    return {name: getattr(review, name) for name in WRITTEN}


def facts_of(review: TrendReview) -> ReviewFacts:
    """What decisions about a review need to know."""
    return ReviewFacts(review.state, review.partnership.mode, words_of(review), review.task_links.count())


def review_tasks(viewer: Viewer, review: TrendReview) -> QuerySet[Task]:
    """The tasks agreed in a review that a viewer may see, by date."""
    return tasks_visible_to(viewer).filter(trend_review_links__review=review)


def find_review(viewer: Viewer, partnership: Partnership, number: int) -> TrendReview | None:
    """A review of a partnership by its number; None for one out of sight."""
    found: TrendReview | None = trend_reviews_visible_to(viewer).filter(partnership=partnership, number=number).first()
    return found
