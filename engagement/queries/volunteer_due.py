"""People who offered their time and wait for a yes or no, for the reminders of those who coordinate."""

from datetime import date, datetime, time

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import ngettext

from core.web.space import space_url
from engagement.models import VolunteerOpportunity, VolunteerSignup
from partnerships.models import Partnership
from partnerships.queries.coordination import coordination_to_write_to
from partnerships.queries.due import DueItem, Step, worded


def signup_due_items(*, today: date) -> list[DueItem]:
    """Work with names nobody answered yet, by the day of the first shift they ask for; for coordination.

    Four queries at most. No name is told.
    """
    morning = timezone.make_aware(datetime.combine(today, time()))
    rows = VolunteerOpportunity.objects.filter(
        shifts__signups__state=VolunteerSignup.State.APPLIED,
        shifts__starts_at__gte=morning,
        shifts__cancelled_reason="",
    ).exclude(partnership__state=Partnership.State.CLOSED)
    rows = rows.annotate(asking=Count("shifts__signups__volunteer", distinct=True), first=Min("shifts__starts_at"))
    waiting = list(rows.select_related("partnership").order_by("id"))
    people = coordination_to_write_to({one.partnership for one in waiting}) if waiting else {}
    return [
        DueItem(
            item_id=one.pk,
            person_id=person_id,
            member_id=None,
            partnership_id=one.partnership_id,
            title=worded(_waiting_words, one.asking, one.title),
            due_on=timezone.localdate(one.first),
            url=space_url("roster", slug=one.partnership.slug, number=one.number),
            step=Step.VOLUNTEER,
        )
        for one in waiting
        for person_id in people[one.partnership_id]
    ]


def _waiting_words(count: int, title: str) -> str:
    words = ngettext(
        "%(count)d volunteer waits for your yes or no: %(title)s",
        "%(count)d volunteers wait for your yes or no: %(title)s",
        count,
    )
    return words % {"count": count, "title": title}
