"""Writing a goal, proposing it, and what changes only with a reason once it is adopted."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.access.visibility import Visibility, capped
from core.models import User
from core.operations.audit import changed_fields, record
from core.queries.tenant import tenant_at_work
from goals.models import Goal, GoalVersion
from goals.queries.checks import checks_of
from goals.rules.example import is_example
from goals.rules.facts import frozen_fields
from goals.rules.goal import RUNNING_STATES, VERSIONED, can_commit_to, can_edit_goal, can_move_goal, is_reason_given
from goals.rules.nesting import is_below
from goals.rules.smart import Check, failures
from metrics.models import Indicator
from metrics.operations.indicator import change_indicator, define_indicator
from metrics.operations.target import retire_targets, set_target
from metrics.rules.measurement import checked_value
from partnerships.models import Partnership

State = Goal.State
KEYS = {"tenant", "partnership", "indicator", "owner_member", "owner_person", "parent"}
FREE_TEXTS = {"why_realistic", "equity_note", "resources_needed"}


class GoalRefusedError(Exception):
    """The goal's state or its checks do not allow this; ``checks`` lists what fails."""

    def __init__(self, message: str, checks: list[Check] | None = None) -> None:
        super().__init__(message)
        self.checks = checks or []


@transaction.atomic
def draft_goal(
    *, partnership: Partnership, by: User | None, new_indicator: dict[str, Any] | None = None, **fields: Any
) -> Goal:
    """A new goal in state ``draft``, with an indicator of its own when one is described.

    Never more visible than its partnership. Raises ValidationError.
    """
    parent = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if new_indicator is not None:
        fields["indicator"] = define_indicator(partnership=parent, by=by, **new_indicator)
    last = Goal.objects.filter(partnership=parent).aggregate(last=Max("number"))["last"] or 0
    goal = Goal(partnership=parent, number=last + 1, **fields)
    _checked(goal)
    goal.save()
    record("goal.drafted", goal, by=by, scope_id=parent.scope_id)
    return goal


@transaction.atomic
def change_goal(
    *,
    goal: Goal,
    by: User,
    today: date,
    reason: str = "",
    new_indicator: dict[str, Any] | None = None,
    **fields: Any,
) -> Goal:
    """Change a goal's fields; a changed field is no template's example any more.

    A proposed goal whose commitment changes is a draft again. An adopted one needs a reason for that, gets a new
    version, and the first target stays beside the new one (R-G3). Refuses a closed goal, a missing reason, and a
    version that fails a check (GoalRefusedError). Raises ValidationError.
    """
    locked = _locked(goal)
    if not (verdict := can_edit_goal(state=locked.state)):
        raise GoalRefusedError(str(verdict.reason))
    if new_indicator is not None:
        fields["indicator"] = define_indicator(partnership=locked.partnership, by=by, **new_indicator)
    changes = changed_fields(locked, fields)
    before = locked.indicator
    for name, value in fields.items():
        setattr(locked, name, value)
    if "parent" in changes:
        locked.weight = None
    locked.examples = [name for name in locked.examples if name not in changes]
    commits = any(name in VERSIONED for name in changes)
    if commits and locked.state in (State.PROPOSED, State.IN_ENDORSEMENT):
        locked.state = State.DRAFT
    _checked(locked)
    if commits and locked.state in RUNNING_STATES:
        _new_version(locked, by=by, today=today, reason=reason, before=before)
    locked.save()
    record("goal.changed", locked, by=by, scope_id=locked.partnership.scope_id, changes=_facts_only(changes))
    return locked


@transaction.atomic
def confirm_examples(*, goal: Goal, by: User) -> Goal:
    """Say that the template's example figures are the partnership's own (R-P1)."""
    locked = _locked(goal)
    confirmed, locked.examples = locked.examples, []
    if locked.indicator is not None and is_example(locked.indicator.baseline_source):
        change_indicator(indicator=locked.indicator, by=by, baseline_source="")
    locked.save(update_fields=["examples"])
    record(
        "goal.examples_confirmed", locked, by=by, scope_id=locked.partnership.scope_id, changes={"fields": confirmed}
    )
    return locked


@transaction.atomic
def move_goal(*, goal: Goal, to: str, by: User, today: date) -> Goal:
    """Propose a goal, ask the partners, take it back to draft, begin work on it, or put it under review.

    Refuses a state that does not follow, adoption and closing (they have operations of their own), and proposing with
    a failing check (GoalRefusedError, R-G1).
    """
    locked = _locked(goal)
    allowed = (State.DRAFT, State.PROPOSED, State.IN_ENDORSEMENT, State.ACTIVE, State.UNDER_REVIEW)
    verdict = can_move_goal(state=locked.state, to=to)
    if not verdict or to not in allowed:
        raise GoalRefusedError(str(verdict.reason or _("The goal cannot go there from its present state.")))
    if to in (State.PROPOSED, State.IN_ENDORSEMENT):
        _committable(locked, today)
    return _moved(locked, to, by=by)


@transaction.atomic
def adopt_goal(*, goal: Goal, by: User, today: date) -> Goal:
    """Commit to a goal: freeze it as version 1 and make its value the indicator's target.

    Refuses a goal that was not proposed, and one with a failing check (GoalRefusedError, R-G1).
    """
    locked = _locked(goal)
    if not (verdict := can_move_goal(state=locked.state, to=State.ADOPTED)):
        raise GoalRefusedError(str(verdict.reason))
    _new_version(locked, by=by, today=today, reason="", before=locked.indicator)
    return _moved(locked, State.ADOPTED, by=by)


@transaction.atomic
def close_goal(*, goal: Goal, to: str, by: User, statement: str) -> Goal:
    """End a goal as achieved, partly achieved, not achieved or discontinued, with a word on how it is known.

    Refuses a state that does not follow (GoalRefusedError); raises ValidationError without a statement.
    """
    locked = _locked(goal)
    closing = (State.ACHIEVED, State.PARTLY_ACHIEVED, State.NOT_ACHIEVED, State.DISCONTINUED)
    if to not in closing or not can_move_goal(state=locked.state, to=to):
        raise GoalRefusedError(_("The goal cannot go there from its present state."))
    if not is_reason_given(statement):
        raise ValidationError({"statement": _("Write how you know: the last value, or that there is none.")})
    if locked.indicator is not None:
        _freeze(locked, locked.indicator, by=by, reason=statement)
    return _moved(locked, to, by=by)


def _locked(goal: Goal) -> Goal:
    rows = Goal.objects.select_for_update(of=("self",)).select_related("partnership", "indicator")
    return rows.get(pk=goal.pk)


def _committable(goal: Goal, today: date, *, is_asked: bool = False) -> None:
    checks = checks_of(goal, today=today, is_asked=is_asked)
    if not (verdict := can_commit_to(checks)):
        raise GoalRefusedError(str(verdict.reason), failures(checks))


def _new_version(goal: Goal, *, by: User, today: date, reason: str, before: Indicator | None) -> None:
    """Freeze the goal as it stands now and agree its target; the first version needs no reason."""
    if goal.version_number and not is_reason_given(reason):
        raise ValidationError({"reason": _("Write why the commitment changes. The first target stays visible.")})
    _committable(goal, today, is_asked=True)
    indicator = goal.indicator
    if indicator is None or goal.target_value is None or goal.ends_on is None:
        raise GoalRefusedError(_("A goal needs an indicator, a target and an end to be adopted."))
    if before is not None and before.pk != indicator.pk:
        retire_targets(indicator=before, by=by, today=today)
    set_target(indicator=indicator, value=goal.target_value, due_on=goal.ends_on, by=by, today=today)
    _freeze(goal, indicator, by=by, reason=reason)


def _freeze(goal: Goal, indicator: Indicator, *, by: User, reason: str) -> None:
    goal.version_number += 1
    fields = frozen_fields(goal, indicator, currency=tenant_at_work().currency)
    GoalVersion.objects.create(goal=goal, number=goal.version_number, fields=fields, reason=reason, adopted_by=by)


def _moved(goal: Goal, to: str, *, by: User) -> Goal:
    before, goal.state = goal.state, State(to)
    goal.save(update_fields=["state", "version_number"])
    changes = {"state": [before, to], "version": goal.version_number}
    record("goal.moved", goal, by=by, scope_id=goal.partnership.scope_id, changes=changes)
    return goal


def _checked(goal: Goal) -> None:
    goal.visibility = capped(Visibility(goal.visibility), cap=Visibility(goal.partnership.visibility))
    if goal.indicator is not None and goal.indicator.partnership_id != goal.partnership_id:
        raise ValidationError({"indicator": _("This indicator belongs to another partnership.")})
    if goal.indicator is not None and goal.target_value is not None:
        checked_value(goal.target_value, unit=goal.indicator.unit, field="target_value")
    _checked_parent(goal)
    goal.clean_fields(exclude=KEYS)
    goal.validate_constraints()


def _checked_parent(goal: Goal) -> None:
    """A part belongs to the same partnership and stands nowhere above itself."""
    if goal.parent is None:
        return
    parents = dict(Goal.objects.filter(partnership_id=goal.partnership_id).order_by().values_list("pk", "parent_id"))
    if goal.parent.pk not in parents:
        raise ValidationError({"parent": _("This goal belongs to another partnership.")})
    if goal.parent.pk == goal.pk or is_below(goal.parent.pk, goal.pk, parents):
        raise ValidationError({"parent": _("A goal cannot be a part of itself, nor of one of its parts.")})


def _facts_only(changes: dict[str, list[str]]) -> dict[str, list[str]]:
    """Without the free text, which may speak of people."""
    return {
        name: values
        for name, values in changes.items()
        if name not in ("why_realistic", "equity_note", "resources_needed")
    }
