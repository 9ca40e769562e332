"""Tying a goal to the needs it answers and to the change it leads to."""

import uuid
from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from goals.models import Goal, GoalNeed, Need, TocNode
from goals.operations.goal import GoalRefusedError
from goals.rules.goal import can_edit_goal
from goals.rules.theory import OUTCOMES


@transaction.atomic
def set_goal_reasons(
    *,
    goal: Goal,
    needs: Iterable[Need],
    outcome: TocNode | None,
    by: User | None,
    among: Collection[uuid.UUID] | None = None,
) -> int:
    """Make these the goal's needs and this the change it leads to; returns how many needs it answers.

    ``among`` limits the change to needs the caller could see: links to others stay. Refuses a closed goal
    (GoalRefusedError); raises ValidationError for a need or change of another partnership, and for a step that is no
    change.
    """
    locked = Goal.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=goal.pk)
    if not (verdict := can_edit_goal(state=locked.state)):
        raise GoalRefusedError(str(verdict.reason))
    wanted = {need.pk: need for need in needs}
    if any(need.partnership_id != locked.partnership_id for need in wanted.values()):
        raise ValidationError({"needs": _("This need belongs to another partnership.")})
    if outcome is not None and (outcome.partnership_id != locked.partnership_id or outcome.level not in OUTCOMES):
        raise ValidationError({"outcome": _("Choose a change that this partnership wrote down.")})
    links = GoalNeed.objects.filter(goal=locked)
    present = set(links.values_list("need_id", flat=True))
    gone = (present if among is None else present & set(among)) - set(wanted)
    new = set(wanted) - present
    links.filter(need_id__in=gone).delete()
    GoalNeed.objects.bulk_create([GoalNeed(goal=locked, need=wanted[key]) for key in new])
    before, locked.outcome_node = locked.outcome_node_id, outcome
    locked.save(update_fields=["outcome_node"])
    if gone or new or before != locked.outcome_node_id:
        changes = {"added": len(new), "removed": len(gone), "outcome": str(locked.outcome_node_id or "")}
        record("goal.why_changed", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return len(present - gone | set(wanted))
