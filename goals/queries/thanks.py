"""Milestones reached lately, as a reason to say thank you."""

from datetime import date

from django.utils.translation import gettext as _

from core.web.space import space_url
from goals.models import Milestone
from partnerships.models import Partnership
from partnerships.rules.recognition import FRESH
from partnerships.thanks import ThanksReason


def milestones_reached(partnership: Partnership, *, today: date) -> list[ThanksReason]:
    """The milestones of goals a member looks after, reached in the last sixty days."""
    rows = Milestone.objects.filter(
        goal__partnership=partnership,
        goal__owner_member__isnull=False,
        reached_on__gte=today - FRESH,
        reached_on__lte=today,
    )
    return [
        ThanksReason(
            key=f"milestone:{row.pk}",
            on=row.reached_on or today,
            what=_("Reached the milestone: %(what)s") % {"what": row.title},
            to=str(row.goal.owner_member),
            member_id=row.goal.owner_member_id,
            evidence_url=space_url("goal_detail", slug=partnership.slug, number=row.goal.number),
        )
        for row in rows.select_related("goal__owner_member__organisation")
    ]
