"""Milestones that are due, for the reminder digest."""

from datetime import date, timedelta

from core.web.space import space_url
from goals.models import Milestone
from goals.rules.goal import RUNNING_STATES
from partnerships.queries.due import DueItem, Step


def due_items(*, today: date, within: timedelta) -> list[DueItem]:
    """Milestones of adopted goals not reached and due until ``today + within``, for who looks after the goal.

    One query.
    """
    rows = Milestone.objects.filter(
        reached_on=None,
        due_on__lte=today + within,
        goal__state__in=RUNNING_STATES,
        goal__owner_person__isnull=False,
    )
    return [
        DueItem(
            item_id=milestone.pk,
            person_id=milestone.goal.owner_person_id,
            member_id=milestone.goal.owner_member_id,
            partnership_id=milestone.goal.partnership_id,
            title=milestone.title,
            due_on=milestone.due_on,
            url=space_url("goal_detail", slug=milestone.goal.partnership.slug, number=milestone.goal.number),
            step=Step.OVERDUE if milestone.due_on < today else Step.DUE,
        )
        for milestone in rows.select_related("goal__partnership").order_by("due_on", "id")
    ]
