"""What the register may be narrowed by: read from an address, a saved filter or the API, always checked."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from stakeholders.models import Stakeholder
from stakeholders.rules.stakeholder import VISIBILITIES

LONGEST_QUERY = 200
LONGEST_PLACE = 120
ME, NOBODY = "me", "none"
# What can be done to many at once.
ACTS = ("tag", "untag", "owner", "move", "show")
CONTACT = ("allowed", "refused")
SEEN = tuple(str(level.value) for level in VISIBILITIES)
BASIS = ("missing", *(value for value in Stakeholder.LawfulBasis.values if value))
ALLOWED: dict[str, frozenset[str]] = {
    "kind": frozenset(Stakeholder.Kind.values),
    "sector": frozenset(Stakeholder.Sector.values),
    "status": frozenset(Stakeholder.Status.values),
    "stake": frozenset(Stakeholder.Stake.values),
    "contact": frozenset(CONTACT),
    "basis": frozenset(BASIS),
    "seen": frozenset(SEEN),
}


class NarrowingError(ValueError):
    """A value that is not among those a list may be narrowed by (INP-03)."""


@dataclass(frozen=True)
class Narrowing:
    """What a list is narrowed by; ``query`` is what somebody typed, ``place`` a whole name, ``tag`` an id.

    ``owner`` is an id, "me" or "none"; ``contact`` whether it may be contacted; ``basis`` why, or "missing"; ``seen``
    the number of the level of who may see it.
    """

    query: str = ""
    kind: str = ""
    sector: str = ""
    place: str = ""
    status: str = ""
    stake: str = ""
    tag: str = ""
    owner: str = ""
    contact: str = ""
    basis: str = ""
    seen: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    @property
    def is_deep(self) -> bool:
        """Whether anything beside the words narrows."""
        return any(getattr(self, field.name) for field in fields(self) if field.name != "query")

    def as_query(self) -> str:
        """The address parameters that say the same."""
        named = {"q" if field.name == "query" else field.name: getattr(self, field.name) for field in fields(self)}
        return urlencode({name: value for name, value in named.items() if value})


def narrowing_from(parameters: Mapping[str, str]) -> Narrowing:
    """What an address asks for. Raises NarrowingError for a value there is not."""
    asked = {name: str(parameters.get(name) or "") for name in ALLOWED}
    for name, allowed in ALLOWED.items():
        if asked[name] and asked[name] not in allowed:
            raise NarrowingError(name)
    place = str(parameters.get("place") or "").strip()[:LONGEST_PLACE]
    if "\0" in place:
        raise NarrowingError("place")
    return Narrowing(
        query=str(parameters.get("q") or "").strip()[:LONGEST_QUERY],
        place=place,
        tag=_id("tag", parameters),
        owner=_id("owner", parameters, but=(ME, NOBODY)),
        **asked,
    )


def _id(name: str, parameters: Mapping[str, str], *, but: tuple[str, ...] = ()) -> str:
    value = str(parameters.get(name) or "")
    if not value or value in but:
        return value
    try:
        return str(uuid.UUID(value))
    except ValueError as error:
        raise NarrowingError(name) from error
