"""Living with a warning of the checks."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from goals.models import AcceptedWarning, Goal
from goals.operations.goal import GoalRefusedError
from goals.queries.checks import checks_of
from goals.rules.goal import can_edit_goal, is_reason_given
from goals.rules.smart import Outcome


@transaction.atomic
def accept_warning(*, goal: Goal, code: str, reason: str, by: User, today: date) -> AcceptedWarning:
    """Say why the partnership lives with a warning; a second time replaces the reason (R-G1).

    Refuses a closed goal, and a check that does not warn: what fails must be mended (GoalRefusedError). Raises
    ValidationError without a reason.
    """
    locked = Goal.objects.select_for_update(of=("self",)).select_related("partnership", "indicator").get(pk=goal.pk)
    if not (verdict := can_edit_goal(state=locked.state)):
        raise GoalRefusedError(str(verdict.reason))
    warning = {check.code for check in checks_of(locked, today=today) if check.outcome == Outcome.WARN}
    if code not in warning:
        raise GoalRefusedError(_("This check does not warn. What is missing has to be mended."))
    if not is_reason_given(reason):
        raise ValidationError({"reason": _("Write why you can live with it.")})
    fields = {"reason": reason.strip(), "accepted_by": by}
    accepted, _is_new = AcceptedWarning.objects.update_or_create(goal=locked, code=code, defaults=fields)
    record("goal.warning_accepted", locked, by=by, scope_id=locked.partnership.scope_id, changes={"check": code})
    return accepted
