"""How many rows each tenant gets: the totals asked for, shared out the same way every time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

# Of five stakeholders in a row three are organisations, one is a group and one is a person of the first organisation.
STAKEHOLDERS_PER_PERSON = 5
# One of them is those of whom it is not known; an indicator can be broken down in four ways.
GROUPS_OF_A_CUT, MOST_GROUPS = 4, 16


class PlanError(ValueError):
    """The numbers asked for do not go together; the message says which."""


@dataclass(frozen=True)
class Amounts:
    """How many rows of each kind; ``members`` stand in each partnership, ``periods`` at each indicator.

    ``groups`` are those each value is broken down by, and then no value is missing.
    """

    stakeholders: int = 0
    partnerships: int = 1
    members: int = 0
    tasks: int = 0
    indicators: int = 0
    periods: int = 0
    groups: int = 0

    @property
    def people(self) -> int:
        """How many of the stakeholders are persons."""
        return self.stakeholders // STAKEHOLDERS_PER_PERSON


@dataclass(frozen=True)
class Plan:
    """What to sow: ``tenants`` in order, each with its amounts. ``today`` is what dates are counted from.

    ``with_register`` hangs on the stakeholders what the pages of a register read.
    """

    tenants: tuple[Amounts, ...]
    seed: int
    slug_prefix: str
    today: date
    with_register: bool = False


def shared_out(total: int, weights: Sequence[int], *, at_least: int = 0) -> list[int]:
    """A total in whole parts, in proportion to weights; parts add up unless ``at_least`` lifts some."""
    whole = sum(weights)
    parts, given, passed = [], 0, 0
    for weight in weights:
        passed += weight
        part = total * passed // whole - given
        given += part
        parts.append(max(part, at_least))
    return parts


def planned(
    totals: Amounts,
    *,
    tenants: int,
    big: int = 0,
    seed: int = 1,
    slug_prefix: str = "scale",
    today: date,
    with_register: bool = False,
) -> Plan:
    """Share totals out: the first tenant gets ``big`` stakeholders, the others the rest in equal parts.

    Everything else follows the stakeholders; each tenant has at least one partnership. Raises PlanError.
    """
    if not 0 <= totals.groups <= MOST_GROUPS or totals.groups % GROUPS_OF_A_CUT:
        raise PlanError(f"Groups come {GROUPS_OF_A_CUT} to a breakdown, and at most {MOST_GROUPS} in all.")
    if tenants < 1 or (big and not 0 < big <= totals.stakeholders):
        raise PlanError("There must be a tenant, and no more stakeholders in the big one than in all.")
    rest = shared_out(totals.stakeholders - big, [1] * (tenants - bool(big) or 1))
    stakeholders = [big, *rest][:tenants] if big else rest
    weights = [max(count, 1) for count in stakeholders]
    parts = zip(
        stakeholders,
        shared_out(totals.partnerships, weights, at_least=1),
        shared_out(totals.tasks, weights),
        shared_out(totals.indicators, weights),
        strict=True,
    )
    amounts = tuple(
        Amounts(
            people,
            partnerships,
            min(totals.members, people // STAKEHOLDERS_PER_PERSON),
            tasks,
            indicators,
            totals.periods,
            totals.groups,
        )
        for people, partnerships, tasks, indicators in parts
    )
    return Plan(amounts, seed, slug_prefix, today, with_register)
