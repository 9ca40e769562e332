"""Meetings and dates for people's own calendars (RFC 5545, invitations by mail RFC 5546 and 6047).

Moments are written in UTC, so no time zone has to be described and every reader shows its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vText
from icalendar.enums import STATUS

PRODUCT = "-//Telaio//Telaio//EN"


class CalendarMethod(StrEnum):
    """What a calendar asks of its reader: to show, to invite, to take back."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Guest:
    """Somebody in an invitation."""

    name: str
    email: str


@dataclass(frozen=True)
class CalendarEntry:
    """One meeting or date. ``starts`` and ``ends`` are both moments, or both days with ``ends`` the day after the last.

    ``uid`` stays the same over all changes and ``sequence`` grows with each; ``stamp`` is the moment of the newest.
    """

    uid: str
    title: str
    starts: date | datetime
    ends: date | datetime
    stamp: datetime
    sequence: int = 0
    description: str = ""
    place: str = ""
    url: str = ""
    organiser: Guest | None = None
    guests: tuple[Guest, ...] = ()
    is_cancelled: bool = False


def calendar_text(entries: Iterable[CalendarEntry], *, method: CalendarMethod, name: str = "") -> str:
    """Entries as one iCalendar text with CRLF line ends. Raises ValueError for an entry that ends before it starts."""
    calendar = Calendar.new(prodid=PRODUCT, method=method.value, name=name or None, uid=None)
    del calendar["UID"]
    for entry in entries:
        calendar.add_component(_event(entry))
    text: str = calendar.to_ical().decode()
    return text


def _event(entry: CalendarEntry) -> Event:
    starts, ends = _utc(entry.starts), _utc(entry.ends)
    if str(ends) < str(starts):
        raise ValueError(f"{entry.uid} ends before it starts")
    event = Event.new(
        uid=entry.uid,
        summary=entry.title,
        start=starts,
        end=ends,
        stamp=entry.stamp.astimezone(UTC),
        sequence=entry.sequence,
        description=entry.description or None,
        location=entry.place or None,
        url=entry.url or None,
        organizer=_address(entry.organiser) if entry.organiser else None,
        status=STATUS.CANCELLED if entry.is_cancelled else STATUS.CONFIRMED,
    )
    for guest in entry.guests:
        address = _address(guest)
        address.params["ROLE"], address.params["PARTSTAT"] = vText("REQ-PARTICIPANT"), vText("NEEDS-ACTION")
        event.add("attendee", address, encode=False)
    return event


def _address(guest: Guest) -> vCalAddress:
    address = vCalAddress(f"mailto:{guest.email}")
    # A quote would end the parameter; no escape for it exists (RFC 5545, 3.2).
    address.params["CN"] = vText(guest.name.replace('"', "'"))
    return address


def _utc(moment: date | datetime) -> date | datetime:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment
