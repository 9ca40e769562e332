"""From a goal's fields to what the sentence, the checks and the judgement need; works on unsaved records too."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from core.rules.bilingual import LANGUAGES
from goals.models import Goal
from goals.rules.milestone import WayPoint
from goals.rules.sentence import GoalWords, goal_sentence
from goals.rules.smart import GoalFacts
from metrics.models import Indicator
from metrics.rules.figure import Figures, figures_of
from metrics.rules.progress import Course
from metrics.rules.sentence import NOTHING, Sentence


def words_of(goal: Goal, indicator: Indicator | None, *, currency: str = "EUR") -> GoalWords:
    """What the sentence of a goal is made of."""
    figures = figures_of(indicator, currency=currency) if indicator else Figures(Indicator.Unit.COUNT)
    return GoalWords(
        direction=goal.direction,
        title=_pair(goal, "title"),
        name=_pair(indicator, "name") if indicator else NOTHING,
        population=_pair(goal, "population"),
        place=_pair(goal, "place"),
        figures=figures,
        baseline=_baseline(indicator, figures) if indicator else None,
        baseline_value=indicator.baseline_value if indicator else None,
        baseline_on=indicator.baseline_on if indicator else None,
        baseline_due_on=indicator.baseline_due_on if indicator else None,
        target_value=goal.target_value,
        ends_on=goal.ends_on,
    )


def sentence_of(goal: Goal, indicator: Indicator | None, *, currency: str = "EUR") -> Sentence:
    """A goal in one sentence, in both languages (R-G2)."""
    return goal_sentence(words_of(goal, indicator, currency=currency))


@dataclass(frozen=True)
class Surroundings:
    """What the checks ask beyond a goal's own fields; see ``GoalFacts`` for each."""

    milestone_days: Sequence[date] = ()
    agreement_ends_on: date | None = None
    planned_cents: int = 0
    best_year: Decimal | None = None
    results: int = 0
    unclear_results: int = 0
    is_overloaded: bool = False
    has_risk_with_response: bool = False
    has_dated_need: bool = False
    has_outcome: bool = False
    has_voice: bool = False


def facts_of(
    goal: Goal, indicator: Indicator | None, around: Surroundings, *, today: date, is_asked: bool = False
) -> GoalFacts:
    """What the SMART checks look at; ``is_asked`` has the late checks answered before the partners are asked."""
    return GoalFacts(
        **{field.name: getattr(around, field.name) for field in fields(around)},
        is_asked=is_asked or goal.state == Goal.State.IN_ENDORSEMENT,
        need_cents=goal.need_cents,
        today=today,
        titles=tuple(title for title in (goal.title_en, goal.title_it) if title),
        direction=goal.direction,
        has_population=bool(goal.population_en or goal.population_it),
        has_place=bool(goal.place_en or goal.place_it),
        has_owner_member=goal.owner_member_id is not None,
        has_owner_person=goal.owner_person_id is not None,
        indicator=indicator,
        target_value=goal.target_value,
        starts_on=goal.starts_on,
        ends_on=goal.ends_on,
        why_realistic=goal.why_realistic,
        equity_note=goal.equity_note,
        next_review_on=goal.next_review_on,
        examples=goal.examples,
    )


def course_of_goal(goal: Goal, indicator: Indicator | None, points: Sequence[WayPoint] = ()) -> Course | None:
    """The way from the indicator's baseline to the goal's target, along its milestones; None while one end is open."""
    if indicator is None or goal.target_value is None or goal.ends_on is None:
        return None
    starts_on = goal.starts_on or indicator.baseline_on or timezone.localdate(goal.created_at)
    is_kept = goal.direction == Goal.Direction.MAINTAIN
    rises = goal.direction != Goal.Direction.DECREASE
    if goal.direction == Goal.Direction.ACHIEVE_STANDARD:
        rises = indicator.baseline_value is None or goal.target_value >= indicator.baseline_value
    return Course(
        baseline=indicator.baseline_value,
        target=goal.target_value,
        starts_on=min(starts_on, goal.ends_on - timedelta(days=1)),
        ends_on=goal.ends_on,
        wants_increase=indicator.wants_increase if is_kept else rises,
        is_kept=is_kept,
        baseline_due_on=indicator.baseline_due_on,
        path=tuple((point.due_on, point.value) for point in points if point.value is not None),
    )


def frozen_fields(goal: Goal, indicator: Indicator, *, currency: str) -> dict[str, Any]:
    """A goal as it is committed to, as plain text and numbers that stay readable when the records change (R-G3)."""
    sentence = sentence_of(goal, indicator, currency=currency)
    texts = {
        f"{name}_{language}": getattr(goal, f"{name}_{language}")
        for name in ("title", "population", "place")
        for language in LANGUAGES
    }
    return {
        **texts,
        "direction": goal.direction,
        "indicator": str(indicator.pk),
        "indicator_code": indicator.code,
        "unit": indicator.unit,
        "baseline_value": _text(indicator.baseline_value),
        "baseline_on": _text(indicator.baseline_on),
        "target_value": _text(goal.target_value),
        "starts_on": _text(goal.starts_on),
        "ends_on": _text(goal.ends_on),
        "sentence_en": sentence.text_en,
        "sentence_it": sentence.text_it,
    }


def _baseline(indicator: Indicator, figures: Figures) -> Sentence | None:
    if indicator.baseline_value is None:
        return None
    parts = indicator.baseline_numerator, indicator.baseline_denominator
    return figures.said(indicator.baseline_value, numerator=parts[0], denominator=parts[1])


def _pair(record: Any, name: str) -> Sentence:
    return Sentence(getattr(record, f"{name}_en"), getattr(record, f"{name}_it"))


def _text(value: Any) -> str | None:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return None if value is None else str(value)
