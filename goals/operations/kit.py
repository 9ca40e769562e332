"""Bringing a kit's indicators, goals, needs, risks and results into a partnership, as drafts (R-P1)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.access.visibility import Visibility
from core.models import User
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import spoken
from goals.kits.kit import KitCommunityNeed, KitCut, KitGoal, KitIndicator, KitMilestone, KitResult, KitRisk
from goals.models import Deliverable, Goal, Need, Risk
from goals.operations.deliverable import plan_deliverable, set_deliverable_tasks
from goals.operations.goal import draft_goal
from goals.operations.goal_task import set_goal_tasks
from goals.operations.milestone import add_milestone
from goals.operations.need import add_need
from goals.operations.risk import add_risk
from goals.operations.why import set_goal_reasons
from goals.queries.kit_capture import FIELDS, GOAL, GOALS, INDICATOR, NEEDS, RESULTS, RISKS, SHEET, TEXTS
from goals.rules.example import EXAMPLE
from metrics.models import Indicator
from metrics.operations.breakdown import add_cut
from metrics.operations.indicator import define_indicator
from metrics.rules.cut import Group
from partnerships.kits.kit import ChosenKit, Item, record_of
from partnerships.models import Partnership, Task
from partnerships.operations.kit_dates import kit_day

REVIEW_DAYS = 180
# What kits saved before these texts had two languages hold in the space's own.
ONE_LANGUAGE = ("instrument", "deduplication", "ethics_note", "cost_note", "feedback_note")


@transaction.atomic
def apply_goal_kit(partnership: Partnership, kit: ChosenKit, by: User | None) -> None:
    """Write a kit's indicators and goals; a kit without goals, and one applied already, change nothing.

    Days count from the partnership's start, from today when it has none; a light partnership gets only the indicators
    its goals need. Targets, dates and baselines are marked as examples on the goal.
    """
    indicators = [kit_indicator_of(item) for item in kit.items(GOALS) if item["part"] == INDICATOR]
    goals = [kit_goal_of(item) for item in kit.items(GOALS) if item["part"] == GOAL]
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
    for wanted in goals:
        if (wanted.title_en, wanted.title_it) not in titles:
            goal = _goal(partnership, wanted, present[wanted.indicator], begin=begin, language=language, by=by)
            _tie(goal, wanted, kit, by)


def apply_needs(partnership: Partnership, kit: ChosenKit, by: User | None) -> None:
    """A kit's needs as examples for coordination alone, until somebody writes down how they are known."""
    statements = set(Need.objects.filter(partnership=partnership).values_list("statement_en", "statement_it"))
    for need in (record_of(KitCommunityNeed, item) for item in kit.items(NEEDS)):
        if (need.title_en, need.title_it) not in statements:
            add_need(
                partnership=partnership,
                by=by,
                statement_en=need.title_en,
                statement_it=need.title_it,
                affected_en=need.affected_en,
                affected_it=need.affected_it,
                place=need.place,
                visibility=Visibility.COORDINATION,
            )


def apply_risks(partnership: Partnership, kit: ChosenKit, by: User | None) -> None:
    """A kit's risks for coordination alone, with what helps, and open: how each is answered, people decide."""
    language = tenant_at_work().default_language
    events = set(Risk.objects.filter(partnership=partnership).values_list("event", flat=True))
    for risk in (record_of(KitRisk, item) for item in kit.items(RISKS)):
        if (event := spoken(risk, "title", language)) not in events:
            add_risk(
                partnership=partnership,
                by=by,
                event=event,
                actions=spoken(risk, "text", language),
                likelihood=risk.likelihood,
                impact=risk.impact,
                visibility=Visibility.COORDINATION,
            )


def apply_results(partnership: Partnership, kit: ChosenKit, by: User | None) -> None:
    """A kit's results with their tasks, played by nobody yet."""
    language = tenant_at_work().default_language
    titles = set(Deliverable.objects.filter(partnership=partnership).values_list("title", flat=True))
    goals, tasks = _goals_by_code(partnership, kit), _tasks_by_code(partnership)
    for result in (record_of(KitResult, item) for item in kit.items(RESULTS)):
        if (title := spoken(result, "title", language)) in titles:
            continue
        deliverable = plan_deliverable(
            partnership=partnership,
            by=by,
            title=title,
            description=spoken(result, "text", language),
            due_on=kit_day(partnership.starts_on, result.due),
            goal=goals.get(result.goal),
            is_draft=True,
        )
        set_deliverable_tasks(deliverable=deliverable, tasks=_known(tasks, result.tasks), by=by)


def _tie(goal: Goal, item: KitGoal, kit: ChosenKit, by: User | None) -> None:
    """The needs a goal answers and the tasks that serve it, as far as they are there."""
    if item.needs:
        statements = {found["code"]: (found["title_en"], found["title_it"]) for found in kit.items(NEEDS)}
        rows = Need.objects.filter(partnership=goal.partnership)
        needs = {(need.statement_en, need.statement_it): need for need in rows}
        answered = [needs[said] for code in item.needs if (said := statements.get(code)) in needs]
        set_goal_reasons(goal=goal, needs=answered, outcome=None, by=by)
    if tasks := _known(_tasks_by_code(goal.partnership), item.tasks):
        set_goal_tasks(goal=goal, tasks=tasks, by=by)


def _goals_by_code(partnership: Partnership, kit: ChosenKit) -> dict[str, Goal]:
    there = {(goal.title_en, goal.title_it): goal for goal in Goal.objects.filter(partnership=partnership)}
    named = {item["code"]: (item["title_en"], item["title_it"]) for item in kit.items(GOALS) if item["part"] == GOAL}
    return {code: there[title] for code, title in named.items() if title in there}


def _tasks_by_code(partnership: Partnership) -> dict[str, Task]:
    rows = Task.objects.filter(partnership=partnership).exclude(template_key="").order_by("number")
    return {task.template_key: task for task in rows}


def _known(tasks: Mapping[str, Task], codes: Iterable[str]) -> list[Task]:
    return [tasks[code] for code in codes if code in tasks]


def kit_indicator_of(item: Item) -> KitIndicator:
    """An indicator of a kit as it is stored."""
    numbers: dict[str, Any] = {"baseline": [Decimal(number) for number in item.get("baseline", ())]}
    numbers |= {name: Decimal(item[name]) for name in ("lowest", "highest") if item.get(name) is not None}
    cuts = [record_of(KitCut, cut) for cut in item.get("cuts", ())]
    own = tenant_at_work().default_language
    older = {f"{name}_{own}": item[name] for name in ONE_LANGUAGE if name in item}
    return record_of(KitIndicator, {**item, **older, **numbers, "cuts": cuts})


def kit_goal_of(item: Item) -> KitGoal:
    """A goal of a kit as it is stored."""
    milestones = [record_of(KitMilestone, found) for found in item["milestones"]]
    return record_of(KitGoal, {**item, "target": Decimal(item["target"]), "milestones": milestones})


def _indicator(
    partnership: Partnership, item: KitIndicator, *, begin: date, language: str, by: User | None
) -> Indicator:
    fields: dict[str, Any] = {name: getattr(item, name) for name in FIELDS}
    fields |= {name: value for name in SHEET if (value := getattr(item, name)) not in {"", None}}
    if item.baseline:
        fields |= _baseline(item) | {"baseline_on": begin}
        fields[f"baseline_source_{language}"] = EXAMPLE.in_language(language)
    elif item.baseline_due is not None:
        fields["baseline_due_on"] = begin + timedelta(days=item.baseline_due)
    indicator = define_indicator(partnership=partnership, by=by, code=item.code, **fields)
    for cut in item.cuts:
        groups = [Group(label_en, label_it) for label_en, label_it in cut.groups]
        add_cut(indicator=indicator, kind=cut.kind, groups=groups, by=by, name_en=cut.name_en, name_it=cut.name_it)
    return indicator


def _baseline(item: KitIndicator) -> dict[str, Any]:
    if item.unit == Indicator.Unit.PERCENT:
        return {"baseline_numerator": item.baseline[0], "baseline_denominator": item.baseline[1]}
    return {"baseline_value": item.baseline[0]}


def _goal(
    partnership: Partnership, item: KitGoal, indicator: Indicator, *, begin: date, language: str, by: User | None
) -> Goal:
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
        resources_needed=spoken(item, "resources", language),
        joint_depth=item.joint_depth,
        sdg_targets=list(item.sdg_targets),
        examples=examples,
        **fields,
    )
    for milestone in item.milestones:
        due_on = begin + timedelta(days=milestone.due)
        add_milestone(goal=goal, due_on=due_on, by=by, title_en=milestone.title_en, title_it=milestone.title_it)
    return goal
