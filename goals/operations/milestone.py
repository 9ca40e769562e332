"""Adding milestones, moving them, and saying with evidence that one is reached."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import changed_fields, record
from goals.models import Goal, Milestone
from goals.operations.goal import GoalRefusedError
from goals.rules.goal import can_edit_goal


@transaction.atomic
def add_milestone(*, goal: Goal, due_on: date, by: User | None, **titles: str) -> Milestone:
    """A point on the way; its first date is kept for good. Refuses a closed goal. Raises ValidationError."""
    _open(goal)
    milestone = Milestone(goal=goal, due_on=due_on, first_due_on=due_on, **titles)
    _checked(milestone)
    milestone.save()
    record("milestone.added", milestone, by=by, scope_id=goal.partnership.scope_id)
    return milestone


@transaction.atomic
def change_milestone(*, milestone: Milestone, by: User, **fields: Any) -> Milestone:
    """Change title or date; the first date stays beside the new one. Refuses a closed goal. Raises ValidationError."""
    locked = _locked(milestone)
    changes = changed_fields(locked, fields)
    for name, value in fields.items():
        setattr(locked, name, value)
    _checked(locked)
    locked.save()
    record("milestone.changed", locked, by=by, scope_id=locked.goal.partnership.scope_id, changes=changes)
    return locked


@transaction.atomic
def reach_milestone(*, milestone: Milestone, reached_on: date, evidence: str, by: User, today: date) -> Milestone:
    """Say that a milestone is reached, and what shows it.

    Refuses a closed goal (GoalRefusedError); raises ValidationError without evidence or for a day to come.
    """
    locked = _locked(milestone)
    if not evidence.strip():
        raise ValidationError({"evidence": _("Write what shows it: a photo, a list, a decision.")})
    if reached_on > today:
        raise ValidationError({"reached_on": _("This day is still to come.")})
    locked.reached_on, locked.evidence = reached_on, evidence
    _checked(locked)
    locked.save(update_fields=["reached_on", "evidence"])
    changes = {"reached_on": reached_on.isoformat(), "due_on": locked.due_on.isoformat()}
    record("milestone.reached", locked, by=by, scope_id=locked.goal.partnership.scope_id, changes=changes)
    return locked


def _locked(milestone: Milestone) -> Milestone:
    rows = Milestone.objects.select_for_update(of=("self",)).select_related("goal__partnership")
    locked = rows.get(pk=milestone.pk)
    _open(locked.goal)
    return locked


def _open(goal: Goal) -> None:
    if not (verdict := can_edit_goal(state=goal.state)):
        raise GoalRefusedError(str(verdict.reason))


def _checked(milestone: Milestone) -> None:
    if not milestone.title_en and not milestone.title_it:
        raise ValidationError({"title": _("Write what will be there.")})
    milestone.clean_fields(exclude={"tenant", "goal"})
