"""The waiting list moves by itself: a free place is offered to the next, for a time."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core.jobs import enqueue
from engagement.models import ActivityRegistration, EngagementActivity
from engagement.operations.activity_mail import Occasion, write_mails
from engagement.queries.activity_registration import listed_registrations
from engagement.rules.waiting_list import next_offers, offer_ends, room_of

State = ActivityRegistration.State
JOB = "engagement.move_waiting_list"


@transaction.atomic
def move_waiting_list(*, activity: EngagementActivity, now: datetime | None = None) -> int:
    """Take back offers nobody took in time and offer what is free to the next; returns how many offers are new.

    Comes back by a job when the first offer ends. Safe at any time; whoever registers or cancels meanwhile waits.
    """
    now = now or timezone.now()
    locked = (
        EngagementActivity.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=activity.pk)
    )
    places = list(listed_registrations(locked))
    lapsed = [one for one in places if one.state == State.OFFERED and one.offered_until and one.offered_until <= now]
    for one in lapsed:
        one.state = State.LAPSED
    offered = _offers(locked, places, now=now)
    ActivityRegistration.objects.bulk_update([*lapsed, *offered], ["state", "offered_until"])
    write_mails(locked, lapsed, Occasion.LAPSED)
    write_mails(locked, offered, Occasion.OFFERED)
    for until in {one.offered_until for one in offered}:
        enqueue(JOB, dedup_key=f"{locked.pk} {until:%Y%m%d%H%M%S}", run_after=until, activity_id=locked.pk)
    return len(offered)


def _offers(
    activity: EngagementActivity, places: list[ActivityRegistration], *, now: datetime
) -> list[ActivityRegistration]:
    if activity.state != EngagementActivity.State.ANNOUNCED or activity.starts_at is None:
        return []
    until = offer_ends(now=now, hours=activity.hours_to_accept, starts_at=activity.starts_at)
    if until is None:
        return []
    waiting = [one for one in places if one.state == State.WAITING]
    offered = next_offers(room_of(activity.capacity, places), waiting)
    for one in offered:
        one.state, one.offered_until = State.OFFERED, until
    return offered
