"""What goes from a person who leaves to the one who follows (registry, filled in ``AppConfig.ready``)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from partnerships.models import PartnershipMember
from stakeholders.models import Stakeholder


@dataclass(frozen=True)
class Handover:
    """One kind of thing a person holds for a member.

    ``count(member, person)`` says how many; ``move(member, giver, taker)`` gives them all and returns how many.
    """

    code: str
    label: str | Promise
    count: Callable[[PartnershipMember, Stakeholder], int]
    move: Callable[[PartnershipMember, Stakeholder, Stakeholder], int]


_handovers: dict[str, Handover] = {}


def register_handover(handover: Handover) -> None:
    """Add a kind; called from ``AppConfig.ready``. The same code again replaces it."""
    _handovers[handover.code] = handover


def registered_handovers() -> list[Handover]:
    """All kinds, by code."""
    return [_handovers[code] for code in sorted(_handovers)]


def held_by(member: PartnershipMember, person: Stakeholder) -> list[tuple[str, int]]:
    """What a person holds for a member: label and number, only where there is something."""
    counted = ((str(one.label), one.count(member, person)) for one in registered_handovers())
    return [(label, number) for label, number in counted if number]
