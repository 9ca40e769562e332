"""The days of a kit's goals and results, counted anew when the partnership starts on another day."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from core.queries.tenant import tenant_at_work
from core.rules.bilingual import spoken
from goals.kits.kit import KitGoal, KitIndicator, KitResult
from goals.models import Deliverable, DeliverableRole, Goal, Milestone
from goals.operations.kit import REVIEW_DAYS, kit_goal_of, kit_indicator_of
from goals.queries.kit_capture import GOAL, GOALS, INDICATOR, RESULTS
from goals.rules.example import is_example
from metrics.models import Indicator
from partnerships.kits.kit import Item, record_of
from partnerships.models import Partnership
from partnerships.operations.kit_dates import kit_day
from partnerships.rules.kit import day_of


def move_goal_dates(partnership: Partnership, before: date | None, _today: date | None = None) -> int:
    """Count the days of drafts whose dates are still the kit's examples from another start; how many goals moved.

    Part of an operation that records. A day somebody wrote or confirmed, and any day of a goal that was proposed, is
    theirs. Starting values and milestones of the kit go along.
    """
    begin = partnership.starts_on
    items = partnership.template_snapshot.get(GOALS, ())
    if begin is None or not items:
        return 0
    wanted = {(goal.title_en, goal.title_it): goal for goal in map(kit_goal_of, _of(items, GOAL))}
    drafts = Goal.objects.select_for_update().filter(partnership=partnership, state=Goal.State.DRAFT)
    moved = []
    for goal in drafts.order_by("number"):
        item = wanted.get((goal.title_en, goal.title_it))
        if item is not None and "ends_on" in goal.examples:
            first = before or timezone.localdate(goal.created_at)
            if _move(goal, item, first, begin):
                moved.append(goal)
                _move_milestones(goal, item, first, begin)
    Goal.objects.bulk_update(moved, ["starts_on", "ends_on", "next_review_on"])
    _move_starting_values(partnership, map(kit_indicator_of, _of(items, INDICATOR)), before, begin)
    return len(moved)


def move_result_dates(partnership: Partnership, before: date | None, today: date | None = None) -> int:
    """Count the days of the kit's results from another start; part of an operation that records. How many moved.

    Only of results nobody plays a part in yet: a day people agreed on, or wrote themselves, is theirs.
    """
    language = tenant_at_work().default_language
    items = [record_of(KitResult, item) for item in partnership.template_snapshot.get(RESULTS, ())]
    wanted = {spoken(item, "title", language): item.due for item in items}
    rows = Deliverable.objects.select_for_update().filter(partnership=partnership, title__in=wanted)
    moved = []
    for result in rows.exclude(Exists(DeliverableRole.objects.filter(deliverable=OuterRef("pk")))).order_by("number"):
        due = wanted[result.title]
        known = day_of(before, due) if before is not None and due is not None else None
        day = kit_day(partnership.starts_on, due, today=today)
        if result.due_on in {None, known} and result.due_on != day:
            result.due_on = day
            moved.append(result)
    Deliverable.objects.bulk_update(moved, ["due_on"])
    return len(moved)


def _of(items: Iterable[Item], part: str) -> list[Item]:
    return [item for item in items if item["part"] == part]


def _move(goal: Goal, item: KitGoal, first: date, begin: date) -> bool:
    offsets = {"starts_on": 0, "ends_on": item.ends, "next_review_on": REVIEW_DAYS}
    if goal.ends_on != first + timedelta(days=item.ends):
        return False
    for name, days in offsets.items():
        if getattr(goal, name) == first + timedelta(days=days):
            setattr(goal, name, begin + timedelta(days=days))
    return goal.starts_on is None or goal.starts_on < goal.ends_on


def _move_milestones(goal: Goal, item: KitGoal, first: date, begin: date) -> None:
    """Nobody agreed on an example's day, so its first day moves, too."""
    days = {(found.title_en, found.title_it): found.due for found in item.milestones}
    moved = []
    for milestone in Milestone.objects.filter(goal=goal, reached_on=None).order_by("id"):
        due = days.get((milestone.title_en, milestone.title_it))
        if due is not None and milestone.first_due_on == milestone.due_on == first + timedelta(days=due):
            milestone.due_on = milestone.first_due_on = begin + timedelta(days=due)
            moved.append(milestone)
    Milestone.objects.bulk_update(moved, ["due_on", "first_due_on"])


def _move_starting_values(
    partnership: Partnership, items: Iterable[KitIndicator], before: date | None, begin: date
) -> None:
    due = {item.code: item.baseline_due for item in items}
    moved = []
    for indicator in Indicator.objects.select_for_update().filter(partnership=partnership, code__in=due).order_by("id"):
        first = before or timezone.localdate(indicator.created_at)
        days = due[indicator.code]
        if is_example(indicator.baseline_source) and indicator.baseline_on == first:
            indicator.baseline_on = begin
        elif days is not None and indicator.baseline_due_on == first + timedelta(days=days):
            indicator.baseline_due_on = begin + timedelta(days=days)
        else:
            continue
        moved.append(indicator)
    Indicator.objects.bulk_update(moved, ["baseline_on", "baseline_due_on"])
