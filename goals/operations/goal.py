"""Writing a goal, proposing it, and what changes only with a reason once it is adopted."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.visibility import Visibility, capped
from core.models import User
from core.operations.audit import changed_fields, record
from core.operations.levels import note_withdrawal, require_meant
from goals.models import EndorsementRound, Goal
from goals.operations.endorsement_round import begin_round, end_round, hold_round
from goals.operations.version import (
    GoalRefusedError,
    committable,
    freeze,
    new_version,
    refuse_for,
    require_version,
)
from goals.queries.endorsement import adoption_findings_of
from goals.rules.example import is_example
from goals.rules.goal import (
    RUNNING_STATES,
    can_ask_partners,
    can_edit_goal,
    can_move_goal,
    changes_commitment,
    is_reason_given,
    is_told,
)
from goals.rules.nesting import is_below
from metrics.models import Measurement
from metrics.operations.indicator import change_indicator, define_indicator
from metrics.rules.measurement import checked_value
from partnerships.models import Decision, Partnership

__all__ = [
    "GoalRefusedError",
    "adopt_goal",
    "change_goal",
    "close_goal",
    "confirm_examples",
    "draft_goal",
    "move_goal",
]

State = Goal.State
Outcome = EndorsementRound.Outcome
KEYS = {"tenant", "partnership", "indicator", "owner_member", "owner_person", "parent"}
FREE_TEXTS = {"why_realistic", "equity_note", "resources_needed"}


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
    decision: Decision | None = None,
    new_indicator: dict[str, Any] | None = None,
    **fields: Any,
) -> Goal:
    """Change a goal's fields; a changed field is no template's example any more.

    A proposed goal whose commitment changes is a draft again, and answers to its old wording stay with that wording.
    An adopted one needs a reason for that and, in a full partnership, the decision it rests on; it gets a new version,
    the first target stays beside the new one (R-G3), and partners that were asked before are asked about the new
    wording. What everybody could read leaves the day of its withdrawal. Refuses a closed goal, a missing reason, a
    version that fails a check, and in a full partnership another target while a review is forced (R-G9,
    GoalRefusedError). Raises ValidationError.
    """
    locked = _locked(goal)
    if not (verdict := can_edit_goal(state=locked.state)):
        raise GoalRefusedError(str(verdict.reason))
    if new_indicator is not None:
        fields["indicator"] = define_indicator(partnership=locked.partnership, by=by, **new_indicator)
    require_meant(locked, fields)
    changes = changed_fields(locked, fields)
    commits = changes_commitment(changes)
    if commits and locked.state in RUNNING_STATES:
        require_version(locked, changes, reason=reason, decision=decision)
    before, was_told = locked.indicator, _is_told(locked)
    for name, value in fields.items():
        setattr(locked, name, value)
    if "parent" in changes:
        locked.weight = None
    locked.examples = [name for name in locked.examples if name not in changes]
    if commits and locked.state in (State.PROPOSED, State.IN_ENDORSEMENT):
        locked.state = State.DRAFT
        end_round(locked, Outcome.REWORDED, by=by, today=today)
    _checked(locked)
    note_withdrawal(locked, was_told=was_told, is_told=_is_told(locked), today=today)
    if commits and locked.state in RUNNING_STATES:
        new_version(locked, by=by, today=today, reason=reason, before=before, decision=decision)
        _ask_again(locked, by=by, today=today)
    locked.save()
    record("goal.changed", locked, by=by, scope_id=locked.partnership.scope_id, changes=_facts_only(changes))
    return locked


@transaction.atomic
def confirm_examples(*, goal: Goal, by: User) -> Goal:
    """Say that the template's example figures are the partnership's own (R-P1)."""
    locked = _locked(goal)
    confirmed, locked.examples = locked.examples, []
    if locked.indicator is not None and is_example(locked.indicator.baseline_source):
        change_indicator(indicator=locked.indicator, by=by, baseline_source_en="", baseline_source_it="")
    locked.save(update_fields=["examples"])
    record(
        "goal.examples_confirmed", locked, by=by, scope_id=locked.partnership.scope_id, changes={"fields": confirmed}
    )
    return locked


@transaction.atomic
def move_goal(*, goal: Goal, to: str, by: User, today: date) -> Goal:
    """Propose a goal, ask the partners, take it back to draft, begin work on it, or put it under review.

    Asking begins a round about the present wording; back to draft ends it. Refuses a state that does not follow,
    adoption and closing (they have operations of their own), proposing with a failing check (R-G1), and asking about
    a goal that partners cannot see (GoalRefusedError).
    """
    locked = _locked(goal)
    allowed = (State.DRAFT, State.PROPOSED, State.IN_ENDORSEMENT, State.ACTIVE, State.UNDER_REVIEW)
    verdict = can_move_goal(state=locked.state, to=to)
    if not verdict or to not in allowed:
        raise GoalRefusedError(str(verdict.reason or _("The goal cannot go there from its present state.")))
    if to in (State.PROPOSED, State.IN_ENDORSEMENT):
        committable(locked, today)
    if to == State.IN_ENDORSEMENT:
        _ask(locked, by=by, today=today)
    elif to == State.DRAFT:
        end_round(locked, Outcome.WITHDRAWN, by=by, today=today)
    return _moved(locked, to, by=by)


@transaction.atomic
def adopt_goal(*, goal: Goal, by: User, today: date, decision: Decision | None = None) -> Goal:
    """Commit to a goal: freeze it as version 1 and make its value the indicator's target.

    Refuses a goal that was not proposed, one with a failing check (R-G1), and in a full partnership one the partners
    do not stand behind as they agreed (R-G8, GoalRefusedError). Raises ValidationError for a decision from elsewhere.
    """
    locked = _locked(goal)
    if not (verdict := can_move_goal(state=locked.state, to=State.ADOPTED)):
        raise GoalRefusedError(str(verdict.reason))
    # No answer slips in between what is counted and what it is counted for.
    hold_round(locked)
    refuse_for(adoption_findings_of(locked, today=today), locked)
    committable(locked, today, is_asked=True)
    new_version(locked, by=by, today=today, reason="", before=locked.indicator, decision=decision)
    end_round(locked, Outcome.ADOPTED, by=by, today=today)
    return _moved(locked, State.ADOPTED, by=by)


@transaction.atomic
def close_goal(
    *,
    goal: Goal,
    to: str,
    by: User,
    statement: str,
    today: date | None = None,
    measurement: Measurement | None = None,
) -> Goal:
    """End a goal as achieved, partly achieved, not achieved or discontinued, with a word on how it is known.

    ``measurement`` is the value it ended with; without one the statement says that there is none. Refuses a state that
    does not follow (GoalRefusedError); raises ValidationError without a statement and for another indicator's value.
    """
    locked = _locked(goal)
    closing = (State.ACHIEVED, State.PARTLY_ACHIEVED, State.NOT_ACHIEVED, State.DISCONTINUED)
    if to not in closing or not can_move_goal(state=locked.state, to=to):
        raise GoalRefusedError(_("The goal cannot go there from its present state."))
    if not is_reason_given(statement):
        raise ValidationError({"statement": _("Write how you know: the last value, or that there is none.")})
    if measurement is not None and measurement.indicator_id != locked.indicator_id:
        raise ValidationError({"measurement": _("This value belongs to another indicator.")})
    if locked.indicator is not None:
        freeze(locked, locked.indicator, by=by, reason=statement, final_measurement=measurement)
    end_round(locked, Outcome.ENDED, by=by, today=today or timezone.localdate())
    return _moved(locked, to, by=by)


def _locked(goal: Goal) -> Goal:
    rows = Goal.objects.select_for_update(of=("self",)).select_related("partnership", "indicator")
    return rows.get(pk=goal.pk)


def _ask(goal: Goal, *, by: User, today: date) -> None:
    """Begin a round about the goal as it stands now."""
    indicator = goal.indicator
    if indicator is None:
        raise GoalRefusedError(_("A goal needs an indicator, a target and an end to be adopted."))
    if not (verdict := can_ask_partners(level=min(goal.visibility, indicator.visibility))):
        raise GoalRefusedError(str(verdict.reason))
    begin_round(goal, version_number=goal.version_number + 1, by=by, today=today)


def _ask_again(goal: Goal, *, by: User, today: date) -> None:
    """A material revision reopens the question for partners that were asked before."""
    if EndorsementRound.objects.filter(goal=goal).exists():
        end_round(goal, Outcome.REWORDED, by=by, today=today)
        begin_round(goal, version_number=goal.version_number, by=by, today=today)


def _moved(goal: Goal, to: str, *, by: User) -> Goal:
    before, goal.state = goal.state, State(to)
    goal.save(update_fields=["state", "version_number"])
    changes = {"state": [before, to], "version": goal.version_number}
    record("goal.moved", goal, by=by, scope_id=goal.partnership.scope_id, changes=changes)
    return goal


def _is_told(goal: Goal) -> bool:
    return is_told(state=goal.state, level=goal.visibility, cap=goal.partnership.visibility)


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
    return {name: values for name, values in changes.items() if name not in FREE_TEXTS}
