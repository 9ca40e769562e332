"""Decisions to be looked at again, for the reminders of those who coordinate."""

from datetime import date, timedelta

from core.web.space import space_url
from partnerships.models import Decision, Partnership
from partnerships.queries.coordination import coordination_to_write_to
from partnerships.queries.due import REVIEWS, DueItem
from partnerships.rules.agreement import reminder_of
from partnerships.rules.decision import VALID

FIRST = timedelta(days=max(REVIEWS))


def decision_due_items(*, today: date) -> list[DueItem]:
    """What coordinators and deputies are reminded of 90, 60 and 30 days before a decision is to be looked at again.

    Three queries.
    """
    rows = Decision.objects.filter(state__in=VALID, review_on__lte=today + FIRST)
    rows = rows.exclude(partnership__state=Partnership.State.CLOSED)
    decisions = list(rows.select_related("partnership").order_by("id"))
    people = coordination_to_write_to({decision.partnership for decision in decisions}) if decisions else {}
    return [
        DueItem(
            item_id=decision.pk,
            person_id=person_id,
            member_id=None,
            partnership_id=decision.partnership_id,
            title=decision.title,
            due_on=decision.review_on,
            url=space_url(
                "decision_detail", slug=decision.partnership.slug, year=decision.year, number=decision.number
            ),
            step=REVIEWS[days],
        )
        for decision in decisions
        if (days := reminder_of(decision.review_on, today=today)) is not None
        for person_id in people[decision.partnership_id]
    ]
