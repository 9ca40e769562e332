"""What our kits hold of goals, needs, risks and results, and a partnership's own as parts of a kit (R-P3)."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from core.queries.tenant import tenant_at_work
from core.rules.bilingual import spoken_item
from goals.kits.kit import SHARED, KitCommunityNeed, KitCut, KitMilestone, KitResult, KitRisk
from goals.kits.registry import GOAL_KITS
from goals.models import Deliverable, DeliverableRole, Goal, Need, Risk
from metrics.models import Cut, Indicator
from partnerships.kits.kit import Item, Kit, item_of
from partnerships.models import Partnership
from partnerships.queries.kit_capture import as_known, code_of_task, in_own_language, remembered, role_codes

# The sections of a kit, and the two kinds of items of the first.
GOALS, NEEDS, RISKS, RESULTS = "goals", "community_needs", "risks", "results"
INDICATOR, GOAL = "indicator", "goal"
TEXTS = ("title_en", "title_it", "direction", "population_en", "population_it", "place_en", "place_it")
FIELDS = (
    "name_en", "name_it", "definition_en", "definition_it", "kind", "unit", "frequency", "unit_label_en",
    "unit_label_it", "wants_increase", "source_en", "source_it",
)  # fmt: skip
# The rest of an indicator's sheet. A formula stays behind: it speaks of this partnership's own indicators.
SHEET = (
    "question", "answers_for", "is_cumulative", "aggregation", "lag_days", "lowest", "highest", "numerator_en",
    "numerator_it", "denominator_en", "denominator_it", "method_en", "method_it", "rationale_en", "rationale_it",
    "limits_en", "limits_it", "instrument_en", "instrument_it", "deduplication_en", "deduplication_it",
    "ethics_note_en", "ethics_note_it", "cost_note_en", "cost_note_it", "feedback_note_en", "feedback_note_it",
)  # fmt: skip
PARTS = {
    DeliverableRole.Part.RESPONSIBLE: "responsible",
    DeliverableRole.Part.CONSULTED: "consulted",
    DeliverableRole.Part.INFORMED: "informed",
}


def goal_content(kit: Kit) -> list[Item]:
    """The indicators and goals one of our own kits has, indicators first."""
    chosen = GOAL_KITS.get(kit.code)
    if chosen is None:
        return []
    indicators = [{"part": INDICATOR, **item_of(item)} for item in (*chosen.indicators, *SHARED)]
    return [*indicators, *({"part": GOAL, **item_of(item)} for item in chosen.goals)]


def need_content(kit: Kit) -> list[Item]:
    """The need one of our own kits begins with."""
    return [item_of(need) for need in GOAL_KITS[kit.code].needs] if kit.code in GOAL_KITS else []


def risk_content(kit: Kit) -> list[Item]:
    """The risks one of our own kits knows."""
    return [item_of(risk) for risk in GOAL_KITS[kit.code].risks] if kit.code in GOAL_KITS else []


def capture_goals(partnership: Partnership) -> list[Item]:
    """The indicators and goals of a partnership, days counted from its start; what was measured stays behind."""
    begin = partnership.starts_on or timezone.localdate()
    language = tenant_at_work().default_language
    rows = list(
        Indicator.objects.filter(partnership=partnership).prefetch_related("cuts__groups").order_by("created_at", "id")
    )
    codes = {indicator.pk: indicator.code or f"I-{at}" for at, indicator in enumerate(rows, start=1)}
    indicators = [_indicator_item(indicator, codes[indicator.pk], language) for indicator in rows]
    goals = Goal.objects.filter(partnership=partnership).exclude(target_value=None).exclude(indicator=None)
    found = goals.exclude(ends_on=None).prefetch_related("milestones", "need_links__need", "task_links__task")
    items = [_goal_item(goal, codes[goal.indicator_id or goal.pk], begin) for goal in found.order_by("number")]
    return [*indicators, *items]


def capture_community_needs(partnership: Partnership) -> list[Item]:
    """Its needs that were not set aside, without what shows them: that is of its own place and time."""
    rows = Need.objects.filter(partnership=partnership).exclude(state=Need.State.SET_ASIDE).order_by("number")
    return [
        item_of(
            KitCommunityNeed(
                _need_code(need), need.statement_en, need.statement_it, need.affected_en, need.affected_it, need.place
            )
        )
        for need in rows
    ]


def capture_risks(partnership: Partnership) -> list[Item]:
    """Its risks and what is done about them, without who looks after them."""
    items = []
    for risk in Risk.objects.filter(partnership=partnership).order_by("number"):
        known = _known("risks", partnership, risk.event)
        kept = KitRisk(f"K-{risk.number}", "", "", likelihood=risk.likelihood, impact=risk.impact)
        words = as_known(known, "title", risk.event) | as_known(known, "text", risk.actions)
        items.append(item_of(kept) | words | ({"code": known["code"]} if known else {}))
    return items


def capture_results(partnership: Partnership) -> list[Item]:
    """Its results with tasks and goal; who plays which part only by the parts members have in the partnership."""
    begin = partnership.starts_on or timezone.localdate()
    roles = role_codes(partnership)
    rows = Deliverable.objects.filter(partnership=partnership).select_related("goal")
    found = rows.prefetch_related("roles__member", "task_links__task").order_by("number")
    return [_result_item(one, begin, roles, _known(RESULTS, partnership, one.title)) for one in found]


def _indicator_item(indicator: Indicator, code: str, language: str) -> Item:
    sheet = {name: _plain(value) for name in SHEET if (value := getattr(indicator, name)) not in {"", None}}
    cuts = sorted(indicator.cuts.all(), key=lambda cut: cut.kind)
    return {
        "part": INDICATOR,
        "code": code,
        **{name: getattr(indicator, name) for name in FIELDS},
        **sheet,
        "cuts": [_cut_item(cut) for cut in cuts],
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int) else str(value)


def _cut_item(cut: Cut) -> Item:
    groups = sorted(cut.groups.all(), key=lambda group: group.position)
    named = tuple((group.label_en, group.label_it) for group in groups if not group.is_unknown)
    return item_of(KitCut(cut.kind, cut.name_en, cut.name_it, named))


def _goal_item(goal: Goal, indicator: str, begin: date) -> Item:
    assert goal.ends_on is not None
    milestones = sorted(goal.milestones.all(), key=lambda found: found.due_on)
    return {
        "part": GOAL,
        "code": _goal_code(goal),
        **{name: getattr(goal, name) for name in TEXTS},
        "indicator": indicator,
        "target": str(goal.target_value),
        "ends": (goal.ends_on - begin).days,
        "milestones": [
            item_of(KitMilestone(found.title_en, found.title_it, (found.due_on - begin).days)) for found in milestones
        ],
        **in_own_language("equity", goal.equity_note),
        **in_own_language("resources", goal.resources_needed),
        "joint_depth": goal.joint_depth,
        "sdg_targets": list(goal.sdg_targets),
        "needs": sorted(_need_code(link.need) for link in goal.need_links.all()),
        "tasks": sorted(code_of_task(link.task) for link in goal.task_links.all()),
    }


def _result_item(one: Deliverable, begin: date, roles: Mapping[str, str], known: Item) -> Item:
    played: dict[str, Collection[str]] = {
        name: sorted({code for role in one.roles.all() if role.part == part and (code := roles.get(role.member.role))})
        for part, name in PARTS.items()
    }
    answering = (role for role in one.roles.all() if role.part == DeliverableRole.Part.ACCOUNTABLE)
    return {
        **item_of(KitResult(str(known.get("code") or f"D-{one.number}"), "", "")),
        **as_known(known, "title", one.title),
        **as_known(known, "text", one.description),
        "due": (one.due_on - begin).days if one.due_on else None,
        "goal": _goal_code(one.goal) if one.goal else "",
        "tasks": sorted(code_of_task(link.task) for link in one.task_links.all()),
        "accountable": next((roles.get(role.member.role, "") for role in answering), ""),
        **played,
    }


def _known(section: str, partnership: Partnership, title: str) -> Item:
    """The item of the partnership's kit that is called so in the space's language."""
    language = tenant_at_work().default_language
    items = remembered(section, partnership)
    return next((item for item in items if spoken_item(item, "title", language) == title), {})


def _goal_code(goal: Goal) -> str:
    return f"G-{goal.number}"


def _need_code(need: Need) -> str:
    return f"CN-{need.number}"
