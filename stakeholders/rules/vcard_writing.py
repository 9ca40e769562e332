"""Contact cards as vCard 4.0 (RFC 6350): lines of at most 75 octets, ended by CRLF."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC

from stakeholders.models import ContactPoint, Stakeholder
from stakeholders.rules.exchange import Outgoing

MOST_OCTETS = 75
# Lines of our own (RFC 6350, 6.10), which other programs pass over: who may see the record, and whether it asked not
# to be contacted.
LEVEL, REFUSAL = "X-TELAIO-VISIBILITY", "X-TELAIO-DO-NOT-CONTACT"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_KINDS = {Stakeholder.Kind.PERSON: "individual"}
_NAMES = {ContactPoint.Kind.EMAIL: "EMAIL", ContactPoint.Kind.PHONE: "TEL"}


def vcards(stakeholders: Iterable[Outgoing]) -> Iterator[bytes]:
    """One card for each."""
    for one in stakeholders:
        yield "".join(map(folded, _lines(one))).encode()


def folded(line: str) -> str:
    """A line as it stands in the file; a sign of several octets is never taken apart."""
    parts, size = [""], 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > MOST_OCTETS:
            parts.append(" ")
            size = 1
        parts[-1] += sign
        size += octets
    return "\r\n".join(parts) + "\r\n"


def escaped(text: str) -> str:
    """A value that is one text."""
    clean = _CONTROLS.sub("", text.replace("\r\n", "\n"))
    return clean.replace("\\", "\\\\").replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")


def _lines(one: Outgoing) -> Iterator[str]:
    told = one.values
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield f"UID:urn:uuid:{one.id}"
    yield f"KIND:{_KINDS.get(one.kind, 'org')}"  # type: ignore[call-overload]  # a member of the kinds is its text
    yield f"FN:{escaped(told['name'])}"
    if told["aliases"]:
        yield "NICKNAME:" + ",".join(escaped(name) for name in told["aliases"].splitlines() if name)
    yield from _organisations(one)
    yield from _ways(one)
    if told["place"] or told["province"] or told["region"]:
        yield f"ADR:;;;{escaped(told['place'])};{escaped(told['province'] or told['region'])};;"
    for code in dict.fromkeys(filter(None, (told["language"], *one.languages))):
        yield f"LANG:{code}"
    if one.tags:
        yield "CATEGORIES:" + ",".join(map(escaped, one.tags))
    if told["description"]:
        yield f"NOTE:{escaped(told['description'])}"
    yield f"{LEVEL}:{one.level}"
    if one.refuses_contact:
        yield f"{REFUSAL}:yes"
    yield f"REV:{one.updated_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "END:VCARD"


def _organisations(one: Outgoing) -> Iterator[str]:
    if one.kind != Stakeholder.Kind.PERSON:
        yield f"ORG:{escaped(one.values['name'])}"
    for place in one.organisations:
        yield f"ORG:{escaped(place.name)}"
        if place.title:
            yield f"TITLE:{escaped(place.title)}"


def _ways(one: Outgoing) -> Iterator[str]:
    """The first address of each kind is the preferred one."""
    for name, fact in (("EMAIL", "email"), ("TEL", "phone"), ("URL", "website")):
        if one.values[fact]:
            text = one.values[fact]
            yield f"{name};PREF=1:{_address(text) if name == 'URL' else escaped(text)}"
    for kind, value, _label in one.contacts:
        if kind == ContactPoint.Kind.ADDRESS:
            yield f"ADR:;;{escaped(value)};;;;"
        elif kind in _NAMES:
            yield f"{_NAMES[kind]}:{escaped(value)}"  # type: ignore[index]  # as above
        else:
            yield f"URL:{_address(value)}"


def _address(text: str) -> str:
    """A web address; readers that split at commas find none."""
    return "".join(_CONTROLS.sub("", text).split()).replace(",", "%2C").replace(";", "%3B").replace("\\", "%5C")
