"""What the calendar does in the demo: agreements begin on their day, and one person's term has an end."""

from datetime import timedelta

from django.utils import timezone

from partnerships.operations.agreement_keeping import start_agreements
from partnerships.operations.representative import name_representative
from partnerships.queries.representative import active_representatives
from reports.demo.people import Cast

TERM = timedelta(days=150)


def bring_in_days(cast: Cast) -> None:
    """Let the agreements whose day has come begin, and tell of one person until when they speak for a partner."""
    today = timezone.localdate()
    start_agreements(today=today)
    for partnership in cast.partnerships.values():
        speakers = active_representatives().filter(member__partnership=partnership, member__is_lead=False)
        if (found := speakers.filter(person__user=None).last()) is not None:
            name_representative(
                member=found.member,
                person=found.person,
                can_commit=found.can_commit,
                until=today + TERM,
                by=cast.coordinator,
            )
