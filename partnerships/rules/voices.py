"""Whose voice was there when something was decided (domain 2.3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How a group took part."""

    PRESENT = "present"
    # Not there, but it took a position or was heard before.
    HEARD = "heard"
    MISSING = "missing"


@dataclass(frozen=True)
class Party:
    """A member organisation or a group of people affected, with what it stands for."""

    name: str
    sector: str
    is_affected: bool
    standing: Standing


def standing_of_party(*, is_present: bool, is_heard: bool) -> Standing:
    """How somebody took part; who is there needs no other way to be heard."""
    if is_present:
        return Standing.PRESENT
    return Standing.HEARD if is_heard else Standing.MISSING


ORDER = (Standing.PRESENT, Standing.HEARD, Standing.MISSING)


def voices_in(parties: Iterable[Party]) -> Mapping[str, list[list[str]]]:
    """The picture kept with a decision: sectors by their best standing, and each affected group with its own.

    Pairs of name and standing; sectors stand in the order they come, without those nobody named.
    """
    parties = list(parties)
    sectors: dict[str, Standing] = {}
    for party in parties:
        if party.sector:
            known = sectors.get(party.sector, Standing.MISSING)
            sectors[party.sector] = min(known, party.standing, key=ORDER.index)
    return {
        "sectors": [[name, standing.value] for name, standing in sectors.items()],
        "affected": [[party.name, party.standing.value] for party in parties if party.is_affected],
    }
