"""Who has a place and who is next: capacity counts people, arrival decides, an offer has an end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.utils.translation import gettext as _

from core.rules.membership import ALLOWED, Verdict
from engagement.models import ActivityRegistration, EngagementActivity

State = ActivityRegistration.State
HOLDING = (State.GOING, State.OFFERED)
LISTED = (*HOLDING, State.WAITING)
# A family or a small group; more is another conversation.
MOST_PEOPLE = 10
# An offer for tonight would reach nobody: below it the place stays for whoever stands at the door.
SHORTEST_OFFER = timedelta(hours=1)


class Place(Protocol):
    """A registration as the rules see it."""

    people: int
    state: str


@dataclass(frozen=True)
class Room:
    """The places of an activity; ``capacity`` None has no end."""

    capacity: int | None
    taken: int

    @property
    def free(self) -> int | None:
        """How many people still fit; None without an end."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    def fits(self, people: int) -> bool:
        """Whether so many more fit."""
        return self.free is None or people <= self.free


def room_of(capacity: int | None, places: Iterable[Place]) -> Room:
    """The room left when who comes and who was offered a place have theirs."""
    return Room(capacity, sum(place.people for place in places if place.state in HOLDING))


def can_register(activity: EngagementActivity, *, now: datetime) -> Verdict:
    """Until it begins, where people are asked to register."""
    if not activity.takes_registrations:
        return Verdict(False, _("You need not register. Just come."))
    if activity.state == EngagementActivity.State.CANCELLED:
        return Verdict(False, _("This activity was called off."))
    if activity.state != EngagementActivity.State.ANNOUNCED or activity.starts_at is None:
        return Verdict(False, _("Nobody can register for this any more."))
    if activity.starts_at <= now:
        return Verdict(False, _("It has begun. Whoever is near may still come and ask at the door."))
    return ALLOWED


def first_state(room: Room, *, people: int, somebody_waits: bool) -> str:
    """A place where there is one, else the end of the waiting list; nobody passes those who wait."""
    return State.GOING if room.fits(people) and not somebody_waits else State.WAITING


def next_offers[PlaceT: Place](room: Room, waiting: Sequence[PlaceT]) -> list[PlaceT]:
    """Who of those who wait, in their order, is offered a place now.

    A group that does not fit lets a smaller one behind it pass, so that no chair stays empty.
    """
    offered: list[PlaceT] = []
    taken = room.taken
    for place in waiting:
        if Room(room.capacity, taken).fits(place.people):
            offered.append(place)
            taken += place.people
    return offered


def offer_ends(*, now: datetime, hours: int, starts_at: datetime) -> datetime | None:
    """Until when an offered place waits for an answer, at the latest until it begins; None when that is too soon."""
    until = min(now + timedelta(hours=hours), starts_at)
    return until if until - now >= SHORTEST_OFFER else None


def can_accept(state: str, offered_until: datetime | None, *, now: datetime) -> Verdict:
    """An offered place until its time is over."""
    if state == State.GOING:
        return Verdict(False, _("The place is yours already."))
    if state != State.OFFERED or offered_until is None:
        return Verdict(False, _("No place is offered to you at the moment."))
    if offered_until <= now:
        return Verdict(False, _("The time to take this place is over. It went to the next on the list."))
    return ALLOWED


def can_cancel_registration(state: str, *, has_begun: bool) -> Verdict:
    """A place or a wait, until it begins."""
    if state not in LISTED:
        return Verdict(False, _("You are not on the list any more."))
    if has_begun:
        return Verdict(False, _("It has begun already."))
    return ALLOWED
