"""What is planned for goals, for their check of means."""

import uuid
from collections.abc import Collection

from django.db.models import Sum

from core.queries.tenant import tenant_at_work
from funding.models import FundingSource
from goals.models import Goal


def planned_for_goals(goals: Collection[Goal]) -> dict[uuid.UUID, int]:
    """Cents expected and secured, gifts in kind at their value, by goal, of what is in the tenant's currency.

    The sum is compared with the need and never shown, so that in-kind stands beside cash everywhere (R-F15).
    """
    rows = FundingSource.objects.exclude(status=FundingSource.Status.LOST).filter(
        goal__in=goals, currency=tenant_at_work().currency
    )
    totals = rows.order_by().values_list("goal").annotate(total=Sum("amount_cents"))
    return {goal_id: int(total) for goal_id, total in totals if goal_id is not None}
