"""Keeping the goals an agreement names, and having it read again when one of them changes (R-A6)."""

from datetime import date

from core.models import User
from core.queries.tenant import tenant_at_work
from goals.models import AgreedGoal, Goal
from goals.queries.agreed_goal import agreements_naming, goals_named_in
from goals.rules.agreed_goal import is_another
from goals.rules.facts import frozen_fields
from partnerships.models import AgreementVersion
from partnerships.operations.agreement_review import make_review_due


def keep_named_goals(version: AgreementVersion) -> None:
    """Keep the goals the fixed text of a version names as they stand; what was kept for it before goes.

    Part of the operation that fixed the text.
    """
    AgreedGoal.objects.filter(version=version).delete()
    currency = tenant_at_work().currency
    AgreedGoal.objects.bulk_create(
        AgreedGoal(
            version=version,
            goal=goal,
            number=goal.version_number,
            fields=frozen_fields(goal, goal.indicator, currency=currency) if goal.indicator else {},
        )
        for goal in goals_named_in(version)
    )


def ask_for_review(goal: Goal, *, by: User, today: date) -> int:
    """Have the agreements in force that name a goal read again where its commitment is another now; returns how many.

    Part of the operation that changed it.
    """
    if goal.indicator is None:
        return 0
    now = frozen_fields(goal, goal.indicator, currency=tenant_at_work().currency)
    moved = [one.version_id for one in agreements_naming(goal, today=today) if is_another(one.fields, now)]
    if not moved:
        return 0
    cause = AgreementVersion.ReviewCause.GOAL_CHANGED
    return make_review_due(partnership=goal.partnership, cause=cause, by=by, today=today, versions=moved)
