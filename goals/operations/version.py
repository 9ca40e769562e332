"""What has to be there before a goal's commitment is made or changed, and freezing it as a version."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.models import User
from core.queries.tenant import tenant_at_work
from goals.models import Goal, GoalVersion
from goals.operations.agreed_goal import ask_for_review
from goals.queries.checks import checks_of
from goals.queries.review import forced_review_of
from goals.rules.facts import frozen_fields
from goals.rules.goal import can_commit_to, is_reason_given, version_findings
from goals.rules.smart import Check, failures
from metrics.models import Indicator
from metrics.operations.target import retire_targets, set_target
from partnerships.models import Decision
from partnerships.rules.severity import Finding, blocking


class GoalRefusedError(Exception):
    """The goal's state, its checks or what the partners agreed do not allow this.

    ``checks`` lists what fails, ``findings`` the rules that stop it.
    """

    def __init__(self, message: str, checks: list[Check] | None = None, findings: list[Finding] | None = None) -> None:
        super().__init__(message)
        self.checks = checks or []
        self.findings = findings or []


def committable(goal: Goal, today: date, *, is_asked: bool = False) -> None:
    """Raise GoalRefusedError with what fails while a check does (R-G1); ``is_asked`` looks at the late ones too."""
    checks = checks_of(goal, today=today, is_asked=is_asked)
    if not (verdict := can_commit_to(checks)):
        raise GoalRefusedError(str(verdict.reason), failures(checks))


def require_version(goal: Goal, changes: dict[str, list[str]], *, reason: str, decision: Decision | None) -> None:
    """What is asked before a commitment changes: a reason, in full a decision and no review due; ``goal`` as it was."""
    found = version_findings(
        changed=changes, has_decision=decision is not None, is_review_forced=forced_review_of(goal)
    )
    stops = blocking(found, goal.partnership.mode)
    refuse_for([finding for finding in stops if finding.code != "R-G3"], goal)
    problems = {}
    if stops:
        problems["decision"] = str(stops[0].message)
    if not is_reason_given(reason):
        problems["reason"] = _("Write why the commitment changes. The first target stays visible.")
    if problems:
        raise ValidationError(problems)


def refuse_for(findings: list[Finding], goal: Goal) -> None:
    """Raise GoalRefusedError for what stops a partnership of the goal's mode."""
    if stops := blocking(findings, goal.partnership.mode):
        raise GoalRefusedError(" ".join(str(finding.message) for finding in stops), findings=stops)


def new_version(
    goal: Goal, *, by: User, today: date, reason: str, before: Indicator | None, decision: Decision | None
) -> None:
    """Freeze the goal as it stands now and agree its target; agreements that named another one are to be read again."""
    if decision is not None and decision.partnership_id != goal.partnership_id:
        raise ValidationError({"decision": _("This decision belongs to another partnership.")})
    committable(goal, today)
    indicator = goal.indicator
    if indicator is None or goal.target_value is None or goal.ends_on is None:
        raise GoalRefusedError(_("A goal needs an indicator, a target and an end to be adopted."))
    if before is not None and before.pk != indicator.pk:
        retire_targets(indicator=before, by=by, today=today)
    set_target(indicator=indicator, value=goal.target_value, due_on=goal.ends_on, by=by, today=today)
    freeze(goal, indicator, by=by, reason=reason, decision=decision)
    ask_for_review(goal, by=by, today=today)


def freeze(goal: Goal, indicator: Indicator, *, by: User, reason: str, **rests_on: Any) -> None:
    """Keep the goal as it stands as its next version; the goal itself is saved by the caller."""
    goal.version_number += 1
    fields = frozen_fields(goal, indicator, currency=tenant_at_work().currency)
    GoalVersion.objects.create(
        goal=goal, number=goal.version_number, fields=fields, reason=reason, adopted_by=by, **rests_on
    )
