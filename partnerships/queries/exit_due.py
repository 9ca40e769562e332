"""Organisations on their way out with something still to settle, for the reminders of those who coordinate."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from core.web.space import space_url
from partnerships.models import ExitStep, PartnershipMember
from partnerships.queries.coordination import coordination_to_write_to
from partnerships.queries.due import DueItem, Step, worded
from partnerships.rules.member import LEAVING

# Time enough to find somebody else for what it does.
AHEAD = timedelta(days=30)


def exit_due_items(*, today: date) -> Iterator[DueItem]:
    """For coordinators and deputies of each member whose checklist for leaving is not settled.

    From 30 days before it leaves on, and once more when that day has passed; of one suspended, excluded or without a
    day at once. One query, and two where something is open.
    """
    settled = Count("exit_steps", filter=Q(exit_steps__settled_on__isnull=False))
    rows = PartnershipMember.objects.filter(Q(leaves_on=None) | Q(leaves_on__lte=today + AHEAD), state__in=LEAVING)
    rows = rows.annotate(settled=settled).filter(settled__lt=len(ExitStep.Kind))
    members = list(rows.select_related("partnership", "organisation").order_by("leaves_on", "id"))
    people = coordination_to_write_to({member.partnership for member in members}) if members else {}
    for member in members:
        is_late = member.leaves_on is not None and member.leaves_on < today
        for person_id in people[member.partnership_id]:
            yield DueItem(
                item_id=member.pk,
                person_id=person_id,
                member_id=member.pk,
                partnership_id=member.partnership_id,
                title=worded(_leaving, member.organisation.name),
                due_on=member.leaves_on,
                url=space_url("member_exit", slug=member.partnership.slug, member_id=member.pk),
                step=Step.EXIT_LATE if is_late else Step.EXIT,
                who=member.partnership.name,
            )


def _leaving(name: str) -> str:
    return _("%(name)s leaves: the checklist") % {"name": name}
