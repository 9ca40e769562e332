"""Bringing a template's indicators and goals into a partnership, as drafts with examples to confirm (R-P1)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import User
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import spoken
from goals.kits.kit import SHARED, KitGoal, KitIndicator, KitMilestone
from goals.kits.registry import GOAL_KITS
from goals.models import Goal
from goals.operations.goal import draft_goal
from goals.operations.milestone import add_milestone
from goals.rules.example import EXAMPLE
from metrics.models import Indicator
from metrics.operations.indicator import define_indicator
from partnerships.kits.kit import ChosenKit, Item, Kit, item_of, record_of
from partnerships.models import Partnership

REVIEW_DAYS = 180
# The section of a kit, and the two kinds of its items.
SECTION, INDICATOR, GOAL = "goals", "indicator", "goal"
TEXTS = ("title_en", "title_it", "direction", "population_en", "population_it", "place_en", "place_it")
FIELDS = (
    "name_en", "name_it", "definition_en", "definition_it", "kind", "unit", "frequency", "unit_label_en",
    "unit_label_it", "wants_increase",
)  # fmt: skip


@transaction.atomic
def apply_goal_kit(partnership: Partnership, kit: ChosenKit, by: User | None) -> None:
    """Write a kit's indicators and goals; a kit without goals, and one applied already, change nothing.

    Days count from the partnership's start, from today when it has none; a light partnership gets only the indicators
    its goals need. Targets, dates and baselines are marked as examples on the goal.
    """
    indicators = [_indicator_of(item) for item in kit.items(SECTION) if item["part"] == INDICATOR]
    goals = [_goal_of(item) for item in kit.items(SECTION) if item["part"] == GOAL]
    begin = partnership.starts_on or timezone.localdate()
    language = tenant_at_work().default_language
    needed = {goal.indicator for goal in goals}
    is_light = partnership.mode == Partnership.Mode.LIGHT
    rows = Indicator.objects.filter(partnership=partnership)
    present = {indicator.code: indicator for indicator in rows.order_by("created_at", "id")}
    for item in indicators:
        if item.code not in present and (item.code in needed or not is_light):
            present[item.code] = _indicator(partnership, item, begin=begin, language=language, by=by)
    titles = set(Goal.objects.filter(partnership=partnership).order_by("number").values_list("title_en", "title_it"))
    for goal in goals:
        if (goal.title_en, goal.title_it) not in titles:
            _goal(partnership, goal, present[goal.indicator], begin=begin, language=language, by=by)


def goal_content(kit: Kit) -> list[Item]:
    """The indicators and goals one of our own kits has, indicators first."""
    chosen = GOAL_KITS.get(kit.code)
    if chosen is None:
        return []
    indicators = [{"part": INDICATOR, **item_of(item)} for item in (*chosen.indicators, *SHARED)]
    return [*indicators, *({"part": GOAL, **item_of(item)} for item in chosen.goals)]


def capture_goals(partnership: Partnership) -> list[Item]:
    """The indicators and goals of a partnership, days counted from its start; what was measured stays behind."""
    begin = partnership.starts_on or timezone.localdate()
    language = tenant_at_work().default_language
    rows = Indicator.objects.filter(partnership=partnership).order_by("created_at", "id")
    codes = {indicator.pk: indicator.code or f"I-{at}" for at, indicator in enumerate(rows, start=1)}
    indicators = [
        {
            "part": INDICATOR,
            "code": codes[indicator.pk],
            **{name: getattr(indicator, name) for name in FIELDS},
            "name_en": indicator.name_en,
            "name_it": indicator.name_it,
            "source_en": "",
            "source_it": "",
            f"source_{language}": indicator.source,
        }
        for indicator in rows
    ]
    goals = Goal.objects.filter(partnership=partnership).exclude(target_value=None).exclude(indicator=None)
    found = goals.exclude(ends_on=None).prefetch_related("milestones").order_by("number")
    return [*indicators, *(_goal_item(goal, codes[goal.indicator_id or goal.pk], begin, language) for goal in found)]


def _goal_item(goal: Goal, indicator: str, begin: date, language: str) -> Item:
    assert goal.ends_on is not None
    milestones = sorted(goal.milestones.all(), key=lambda found: found.due_on)
    return {
        "part": GOAL,
        "code": f"G-{goal.number}",
        **{name: getattr(goal, name) for name in TEXTS},
        "indicator": indicator,
        "target": str(goal.target_value),
        "ends": (goal.ends_on - begin).days,
        "milestones": [
            item_of(KitMilestone(found.title_en, found.title_it, (found.due_on - begin).days)) for found in milestones
        ],
        "equity_en": "",
        "equity_it": "",
        f"equity_{language}": goal.equity_note,
    }


def _indicator_of(item: Item) -> KitIndicator:
    baseline = [Decimal(number) for number in item.get("baseline", ())]
    return record_of(KitIndicator, {**item, "baseline": baseline})


def _goal_of(item: Item) -> KitGoal:
    milestones = [record_of(KitMilestone, found) for found in item["milestones"]]
    return record_of(KitGoal, {**item, "target": Decimal(item["target"]), "milestones": milestones})


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
    fields = {name: getattr(item, name) for name in TEXTS}
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
