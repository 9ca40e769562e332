"""Bringing a template's indicators and goals into a partnership, as drafts with examples to confirm (R-P1)."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import User
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import spoken
from goals.kits.kit import SHARED, KitGoal, KitIndicator
from goals.kits.registry import GOAL_KITS
from goals.models import Goal
from goals.operations.goal import draft_goal
from goals.operations.milestone import add_milestone
from goals.rules.example import EXAMPLE
from metrics.models import Indicator
from metrics.operations.indicator import define_indicator
from partnerships.kits.kit import Kit
from partnerships.models import Partnership

REVIEW_DAYS = 180
FIELDS = (
    "name_en", "name_it", "definition_en", "definition_it", "kind", "unit", "frequency", "unit_label_en",
    "unit_label_it", "wants_increase",
)  # fmt: skip


@transaction.atomic
def apply_goal_kit(partnership: Partnership, kit: Kit, by: User | None) -> None:
    """Write a kit's indicators and goals; a kit without goals, and one applied already, change nothing.

    Days count from the partnership's start, from today when it has none; a light partnership gets only the indicators
    its goals need. Targets, dates and baselines are marked as examples on the goal.
    """
    chosen = GOAL_KITS.get(kit.code)
    if chosen is None:
        return
    begin = partnership.starts_on or timezone.localdate()
    language = tenant_at_work().default_language
    needed = {goal.indicator for goal in chosen.goals}
    is_light = partnership.mode == Partnership.Mode.LIGHT
    rows = Indicator.objects.filter(partnership=partnership)
    present = {indicator.code: indicator for indicator in rows.order_by("created_at", "id")}
    for item in (*chosen.indicators, *SHARED):
        if item.code not in present and (item.code in needed or not is_light):
            present[item.code] = _indicator(partnership, item, begin=begin, language=language, by=by)
    titles = set(Goal.objects.filter(partnership=partnership).order_by("number").values_list("title_en", flat=True))
    for goal in chosen.goals:
        if goal.title_en not in titles:
            _goal(partnership, goal, present[goal.indicator], begin=begin, language=language, by=by)


def _indicator(
    partnership: Partnership, item: KitIndicator, *, begin: date, language: str, by: User | None
) -> Indicator:
    fields: dict[str, Any] = {name: getattr(item, name) for name in FIELDS}
    if item.baseline:
        fields |= _baseline(item) | {"baseline_on": begin}
        fields["baseline_source"] = EXAMPLE.in_language(language)
    elif item.baseline_due is not None:
        fields["baseline_due_on"] = begin + timedelta(days=item.baseline_due)
    return define_indicator(
        partnership=partnership, by=by, code=item.code, source=spoken(item, "source", language), **fields
    )


def _baseline(item: KitIndicator) -> dict[str, Any]:
    if item.unit == Indicator.Unit.PERCENT:
        return {"baseline_numerator": item.baseline[0], "baseline_denominator": item.baseline[1]}
    return {"baseline_value": item.baseline[0]}


def _goal(
    partnership: Partnership, item: KitGoal, indicator: Indicator, *, begin: date, language: str, by: User | None
) -> None:
    texts = ("title_en", "title_it", "direction", "population_en", "population_it", "place_en", "place_it")
    fields = {name: getattr(item, name) for name in texts}
    examples = ["target_value", "ends_on", "milestones"]
    if indicator.baseline_value is not None:
        examples.append("baseline")
    goal = draft_goal(
        partnership=partnership,
        by=by,
        indicator=indicator,
        target_value=item.target,
        starts_on=begin,
        ends_on=begin + timedelta(days=item.ends),
        next_review_on=begin + timedelta(days=REVIEW_DAYS),
        equity_note=spoken(item, "equity", language),
        examples=examples,
        **fields,
    )
    for milestone in item.milestones:
        due_on = begin + timedelta(days=milestone.due)
        add_milestone(goal=goal, due_on=due_on, by=by, title_en=milestone.title_en, title_it=milestone.title_it)
