"""Reading goals: who sees which, and how each stands today."""

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet

from core.access.viewer import Viewer, visible_records
from core.charts import LineChart
from core.queries.tenant import tenant_at_work
from core.web.space import space_url
from goals.models import Goal
from goals.queries.milestone import way_of_goal, way_points
from goals.queries.version import FirstTarget, first_target_of, first_version_of_goal, versions_of_goal
from goals.rules.facts import course_of_goal, sentence_of
from goals.rules.goal import FINAL_STATES, RUNNING_STATES, are_too_many
from goals.rules.milestone import WayPoint, is_by_steps, judge_steps
from metrics.models import Indicator, Measurement
from metrics.queries.indicator import (
    computed_points,
    first_missing_period,
    indicators_visible_to,
    measured_points,
)
from metrics.queries.reporter import asked_lines, asked_of_indicator, left_of_indicator
from metrics.rules.chart import indicator_chart
from metrics.rules.dates import by_date_it, date_words
from metrics.rules.figure import WHOLE, Figures, figures_of
from metrics.rules.measurement import NOT_COUNTED
from metrics.rules.period import Period
from metrics.rules.progress import Course, Judgement, finding, judge, value_on_the_way
from metrics.rules.sentence import NOTHING, Sentence
from metrics.rules.series import Point, figures_for, latest, says_of
from metrics.rules.statistics.words import reported_words
from metrics.rules.total import begins_new_meaning
from partnerships.models import Partnership
from partnerships.threads import ThreadSubject

State = Goal.State
Kind = Indicator.Kind
OF_GOALS = (Kind.OUTPUT, Kind.OUTCOME, Kind.OUTCOME_SHORT, Kind.OUTCOME_MEDIUM)
TONES = {
    State.DRAFT: "draft",
    State.PROPOSED: "info",
    State.IN_ENDORSEMENT: "now",
    State.ADOPTED: "ok",
    State.ACTIVE: "ok",
    State.UNDER_REVIEW: "soon",
    State.ACHIEVED: "done",
    State.PARTLY_ACHIEVED: "idle",
    State.NOT_ACHIEVED: "idle",
    State.DISCONTINUED: "idle",
}


@dataclass(frozen=True)
class GoalSheet:
    """A goal with its sentence, the values of its indicator and how it stands on a day."""

    goal: Goal
    figures: Figures
    sentence: Sentence
    points: tuple[Point, ...]
    course: Course | None
    judgement: Judgement | None
    target_said: Sentence | None
    first_target: FirstTarget | None
    baseline: Sentence | None
    # How it stands is told by its milestones, not by its values.
    is_by_steps: bool = False

    def way_until(self, day: date) -> list[WayPoint]:
        """Its milestones as they were known on a day."""
        return way_points(self.goal.way_rows, until=day)  # type: ignore[attr-defined]  # annotated by with_standing

    @property
    def latest_said(self) -> Sentence | None:
        """The last value in words; None when there is none."""
        last = latest(self.points)
        return self.figures.said(last.value, numerator=last.numerator, denominator=last.denominator) if last else None

    @property
    def original_target_said(self) -> Sentence | None:
        """The first target in words, where another one holds now (R-G3)."""
        return self.first_target.words if self.first_target else None

    @property
    def incomplete(self) -> Sentence:
        """That the last value lacks that of some partners; nothing when all reported."""
        last = latest(self.points)
        if last is None or last.reported >= last.expected:
            return NOTHING
        return reported_words(last.reported, last.expected)

    @property
    def finding(self) -> Sentence | None:
        """What the chart shows; None while target or end are open."""
        honest = figures_for(self.points, self.figures)
        return finding(self.course, latest(self.points), honest) if self.course else None

    @property
    def says(self) -> Sentence:
        """What the number of values allows to say."""
        return says_of(self.points, self.figures)

    @property
    def new_meanings(self) -> set[Period]:
        """The periods from which on something else is measured than before (R-I1)."""
        begins = begins_new_meaning(self.points)
        return {point.period for point, is_new in zip(self.points, begins, strict=True) if is_new}

    @property
    def bar(self) -> float | None:
        """Progress for a bar, cut to 0 to 1 (R-G4); None when it is not known."""
        share = self.judgement.progress if self.judgement else None
        return None if share is None else min(max(float(share), 0.0), 1.0)

    def chart(self, language: str) -> LineChart | None:
        """The indicator's values with target and first target; None when there are none."""
        indicator, course = self.goal.indicator, self.course
        if indicator is None or course is None or self.finding is None:
            return None
        start = (indicator.baseline_on, indicator.baseline_value)
        return indicator_chart(
            self.points,
            figures_for(self.points, self.figures),
            title=self.finding,
            frequency=indicator.frequency,
            language=language,
            baseline=(start[0], start[1]) if start[0] is not None and start[1] is not None else None,
            target=(course.ends_on, course.target),
            original_target=self.first_target.value if self.first_target else None,
            way=self.agreed_on_the_way,
        )

    def agreed_on_the_way(self, day: date) -> Decimal | None:
        """The value agreed for a day from the start to the last milestone that has one; None elsewhere."""
        course = self.course
        days = [on for on, _value in course.path] if course else []
        if course is None or not days or not course.starts_on <= day <= max(days):
            return None
        value = value_on_the_way(course, day)
        return value.quantize(Decimal(1)) if value is not None and self.figures.unit in WHOLE else value


@dataclass(frozen=True)
class GoalRow:
    """A goal as a list shows it: a word, an icon by tone and the reason (R-G6)."""

    number: int
    title: str
    url: str
    state: str
    state_label: str
    tone: str
    label: str
    reason: str
    latest: str
    target: str
    first_target: str
    ends_on: date | None
    by: str
    bar: float | None


def goals_visible_to(viewer: Viewer) -> QuerySet[Goal]:
    """The goals a viewer may see, by number; one whose indicator is out of sight is out of sight too."""

    def seen(*chain: str) -> Q:
        return visible_records(viewer, scope="partnership__scope_id", chain=chain)

    indicator = Q(indicator=None) | seen("indicator__visibility")
    rows = Goal.objects.filter(seen("visibility", "partnership__visibility") & indicator)
    return rows.select_related("partnership", "indicator").order_by("partnership_id", "number")


def with_standing(rows: QuerySet[Goal]) -> QuerySet[Goal]:
    """The same goals with their way, first target and their indicator's values, for ``goal_sheet``: two statements."""
    values = Measurement.objects.exclude(state__in=NOT_COUNTED).order_by("period_ends_on", "id")
    ordered = Prefetch("indicator__measurements", queryset=values, to_attr="value_rows")
    found = rows.annotate(
        first_fields=first_version_of_goal(),
        asked_rows=asked_of_indicator("indicator_id"),
        left_rows=left_of_indicator(),
        way_rows=way_of_goal(),
    )
    return found.prefetch_related(ordered)


def goal_list(viewer: Viewer, partnership: Partnership) -> QuerySet[Goal]:
    """A partnership's goals with what a list shows of them."""
    return with_standing(goals_visible_to(viewer).filter(partnership=partnership))


@dataclass(frozen=True)
class Measured:
    """How many indicators of what is done and what changes a partnership has, and how many goals that are not over."""

    indicators: int
    goals: int

    @property
    def are_too_many(self) -> bool:
        """Whether that is more than people will use (R-I5)."""
        return are_too_many(indicators=self.indicators, goals=self.goals)


def measured_in(viewer: Viewer, partnership: Partnership) -> Measured:
    """What is measured of a partnership's goals, as far as the viewer sees it; two statements.

    What tells of the area, of the way there or of the partnership itself is not counted: it serves all goals.
    """
    own = indicators_visible_to(viewer).filter(partnership=partnership, answers_for=Indicator.AnswersFor.OURS)
    goals = goals_visible_to(viewer).filter(partnership=partnership).exclude(state__in=FINAL_STATES)
    return Measured(own.filter(kind__in=OF_GOALS).count(), goals.count())


def goals_in_full(viewer: Viewer) -> QuerySet[Goal]:
    """The goals a viewer may see with all a goal's page shows: owner, milestones, versions."""
    rows = with_standing(goals_visible_to(viewer)).select_related(
        "owner_member__organisation", "owner_person", "parent"
    )
    return rows.annotate(version_rows=versions_of_goal()).prefetch_related("milestones")


def goal_sheet(goal: Goal, *, today: date) -> GoalSheet:
    """How a goal of ``with_standing`` stands on a day; only what was adopted is judged."""
    currency = tenant_at_work().currency
    indicator = goal.indicator
    figures = figures_of(indicator, currency=currency) if indicator else Figures(Indicator.Unit.COUNT)
    way = way_points(goal.way_rows, until=today)  # type: ignore[attr-defined]  # annotated by with_standing
    course = course_of_goal(goal, indicator, way)
    points = _points(goal, indicator)
    judgement = (
        judge_steps(way, today=today) if is_by_steps(goal.direction, way) and goal.state in RUNNING_STATES else None
    )
    if judgement is None and course is not None and indicator is not None and goal.state in RUNNING_STATES:
        missing = first_missing_period(indicator, points, today=today)
        judgement = judge(course, latest(points), figures_for(points, figures), today=today, missing=missing)
    target = figures.said(goal.target_value) if goal.target_value is not None else None
    baseline = None
    if indicator is not None and indicator.baseline_value is not None:
        parts = indicator.baseline_numerator, indicator.baseline_denominator
        baseline = figures.said(indicator.baseline_value, numerator=parts[0], denominator=parts[1])
    return GoalSheet(
        goal=goal,
        figures=figures,
        sentence=sentence_of(goal, indicator, currency=currency),
        points=tuple(points),
        course=course,
        judgement=judgement,
        target_said=target,
        first_target=first_target_of(goal, figures),
        baseline=baseline,
        is_by_steps=is_by_steps(goal.direction, way),
    )


def _points(goal: Goal, indicator: Indicator | None) -> list[Point]:
    if indicator is None:
        return []
    if indicator.formula:
        return computed_points(indicator, None)
    rows: list[Measurement] = indicator.value_rows  # type: ignore[attr-defined]  # prefetched by with_standing
    asked = asked_lines(goal.asked_rows, goal.left_rows)  # type: ignore[attr-defined]  # annotated by with_standing
    return measured_points(indicator, rows, asked)


def as_goal_row(goal: Goal, *, today: date, language: str) -> GoalRow:
    """What a list shows of a goal of ``goal_list``."""
    sheet = goal_sheet(goal, today=today)
    judged, last = sheet.judgement, sheet.latest_said
    return GoalRow(
        number=goal.number,
        title=goal.title,
        url=goal_url(goal),
        state=goal.state,
        state_label=goal.get_state_display(),
        tone=judged.standing.tone if judged else TONES[State(goal.state)],
        label=str(judged.standing.label) if judged else goal.get_state_display(),
        reason=(judged.reason + sheet.incomplete).in_language(language) if judged else "",
        latest=last.in_language(language) if last else "",
        target=sheet.target_said.in_language(language) if sheet.target_said else "",
        first_target=sheet.first_target.words.in_language(language) if sheet.first_target else "",
        ends_on=goal.ends_on,
        by=by_date(goal.ends_on).in_language(language) if goal.ends_on else "",
        bar=sheet.bar,
    )


def goal_url(goal: Goal) -> str:
    """The page of a goal."""
    return space_url("goal_detail", slug=goal.partnership.slug, number=goal.number)


def by_date(day: date) -> Sentence:
    """``by 8 June 2027``, ``entro l'8 giugno 2027``."""
    return Sentence(f"by {date_words(day, 'en')}", by_date_it(day))


def find_goal(viewer: Viewer, subject_id: uuid.UUID) -> ThreadSubject | None:
    """A goal as something to talk about."""
    goal: Goal | None = goals_visible_to(viewer).filter(pk=subject_id).first()
    if goal is None:
        return None
    return ThreadSubject("goal", goal.pk, goal.title, goal_url(goal), goal.visibility, goal.partnership)
