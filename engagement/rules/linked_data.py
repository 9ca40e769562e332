"""What machines read of a public page: schema.org as JSON-LD, which no browser runs."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# As json_script of Django: nothing in it can end the element or begin another.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
Linked = dict[str, Any]


def organisation(
    *,
    name: str,
    url: str,
    about: str = "",
    email: str = "",
    area: str = "",
    logo: str = "",
    members: Sequence[str] = (),
) -> Linked:
    """A space or a partnership as an Organization; what is empty is left out."""
    told: Linked = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": name,
        "url": url,
        "description": about,
        "email": email,
        "areaServed": area,
        "logo": logo,
        "member": [{"@type": "Organization", "name": member} for member in members],
    }
    return {key: value for key, value in told.items() if value}


def event(
    *,
    name: str,
    url: str,
    starts: datetime,
    organiser: Linked,
    ends: datetime | None = None,
    about: str = "",
    place: str = "",
    online_at: str = "",
    most_people: int | None = None,
    is_cancelled: bool = False,
) -> Linked:
    """Something people can come to, as an Event; moments in the zone they are told in."""
    status = "EventCancelled" if is_cancelled else "EventScheduled"
    mode = ("Mixed" if place else "Online") if online_at else "Offline"
    where: list[Linked] = [{"@type": "Place", "name": place, "address": place}] if place else []
    if online_at:
        where.append({"@type": "VirtualLocation", "url": online_at})
    told: Linked = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": name,
        "description": about,
        "startDate": starts.isoformat(),
        "endDate": ends.isoformat() if ends else "",
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "location": where,
        "organizer": {key: value for key, value in organiser.items() if key != "@context"},
        "isAccessibleForFree": True,
        "maximumAttendeeCapacity": most_people,
        "url": url,
    }
    return {key: value for key, value in told.items() if value}


def report(
    *,
    name: str,
    url: str,
    publisher: Linked,
    language: str,
    starts_on: date,
    ends_on: date,
    published_on: date | None,
    about: str = "",
    files: Mapping[str, str] | None = None,
) -> Linked:
    """A published report as a Report; ``files`` are the addresses of its downloads by media type."""
    told: Linked = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": name,
        "url": url,
        "description": about,
        "inLanguage": language,
        "temporalCoverage": f"{starts_on.isoformat()}/{ends_on.isoformat()}",
        "datePublished": published_on.isoformat() if published_on else "",
        "publisher": {key: value for key, value in publisher.items() if key != "@context"},
        "isAccessibleForFree": True,
        "encoding": [
            {"@type": "MediaObject", "encodingFormat": kind, "contentUrl": address}
            for kind, address in (files or {}).items()
        ],
    }
    return {key: value for key, value in told.items() if value}


def as_json_ld(linked: Linked | Sequence[Linked]) -> SafeString:
    """The text for a ``script`` element of the type ``application/ld+json``."""
    return mark_safe(json.dumps(linked, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped above
