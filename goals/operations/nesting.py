"""Weighing the parts of a goal."""

import uuid
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from goals.models import Goal
from goals.operations.goal import GoalRefusedError
from goals.rules.goal import can_edit_goal
from goals.rules.nesting import WHOLE, weights_add_up


@transaction.atomic
def weigh_parts(*, goal: Goal, weights: Mapping[uuid.UUID, int], by: User) -> None:
    """Say how much each part of a goal counts, in per cent.

    Refuses a closed goal (GoalRefusedError); raises ValidationError when a part is left out, one is not this goal's,
    or the weights do not add up to 100.
    """
    locked = Goal.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=goal.pk)
    if not (verdict := can_edit_goal(state=locked.state)):
        raise GoalRefusedError(str(verdict.reason))
    parts = {part.pk: part for part in Goal.objects.select_for_update().filter(parent=locked)}
    if set(weights) != set(parts):
        raise ValidationError(_("Give each part of this goal a weight."))
    if any(weight < 0 for weight in weights.values()) or not weights_add_up(list(weights.values())):
        total = sum(weights.values())
        said = _("The weights add up to %(total)d: they must make %(whole)d.")
        raise ValidationError(said % {"total": total, "whole": WHOLE})
    before = {str(part.number): part.weight for part in parts.values()}
    for key, part in parts.items():
        part.weight = weights[key]
        part.save(update_fields=["weight"])
    after = {str(part.number): part.weight for part in parts.values()}
    record("goal.weighed", locked, by=by, scope_id=locked.partnership.scope_id, changes={"weights": [before, after]})
