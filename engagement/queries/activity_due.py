"""Reports back that people were promised, for the reminders of those who coordinate (R-E1, P5)."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from core.web.space import space_url
from engagement.models import EngagementActivity
from engagement.rules.activity import OWING, is_report_back_late
from partnerships.models import Partnership
from partnerships.queries.coordination import coordination_to_write_to
from partnerships.queries.due import DueItem, Step


def activity_due_items(*, today: date, within: timedelta) -> list[DueItem]:
    """What coordinators and deputies owe to those who took part until ``today + within``, or did not say in time.

    Three queries.
    """
    rows = EngagementActivity.objects.filter(state__in=OWING, report_back_by__lte=today + within)
    rows = rows.exclude(partnership__state=Partnership.State.CLOSED)
    activities = list(rows.select_related("partnership").order_by("id"))
    people = coordination_to_write_to({activity.partnership for activity in activities}) if activities else {}
    return [
        DueItem(
            item_id=activity.pk,
            person_id=person_id,
            member_id=None,
            partnership_id=activity.partnership_id,
            title=_("Tell those who came to “%(title)s” what became of it") % {"title": activity.title},
            due_on=activity.report_back_by,
            url=space_url("activity_detail", slug=activity.partnership.slug, number=activity.number),
            step=Step.REPORT_LATE if is_report_back_late(activity, today=today) else Step.REPORT_BACK,
        )
        for activity in activities
        for person_id in people[activity.partnership_id]
    ]
