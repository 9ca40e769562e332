"""What must be true before a partnership goes on to the next state; higher apps add their own (domain 0.4)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships.models import AgreementVersion, Partnership, Signature, WorryContact
from partnerships.rules.member import GONE
from partnerships.rules.severity import Severity, severity_of
from stakeholders.models import MapEntry, MapRound

State = Partnership.State


IsOpen = Callable[[Partnership], bool]


@dataclass(frozen=True)
class Gate:
    """A condition of one transition: in words, how it is checked, and where to open it.

    ``url_name`` names a page inside the partnership (``tenant`` and ``slug`` in its address).
    """

    code: str
    source: State
    target: State
    label: str | Promise
    is_open: IsOpen
    url_name: str


@dataclass(frozen=True)
class GateState:
    """A gate as a page shows it."""

    code: str
    label: str
    is_open: bool
    url_name: str
    blocks: bool = True


_gates: dict[str, Gate] = {}


def register_gate(gate: Gate) -> None:
    """Add a gate; called from ``AppConfig.ready``. The same code again replaces it."""
    _gates[gate.code] = gate


def registered_gates() -> list[Gate]:
    """All gates, for the README's list and its test."""
    return list(_gates.values())


def gate_states(partnership: Partnership, target: State) -> list[GateState]:
    """The gates between a partnership's state and another, each checked now."""
    return [
        GateState(gate.code, str(gate.label), gate.is_open(partnership), gate.url_name, _blocks(gate, partnership))
        for gate in _gates.values()
        if gate.source == partnership.state and gate.target == target
    ]


def _blocks(gate: Gate, partnership: Partnership) -> bool:
    return severity_of(gate.code, partnership.mode) == Severity.BLOCKS


def _agreement_in_force_for_two(partnership: Partnership) -> bool:
    lasting = Q(version__valid_to=None) | Q(version__valid_to__gte=timezone.localdate())
    signed = Signature.objects.filter(
        lasting | Q(version__renewal=AgreementVersion.Renewal.TACIT),
        version__agreement__partnership=partnership,
        version__state=AgreementVersion.State.IN_FORCE,
        state=Signature.State.SIGNED,
    )
    return signed.count() >= 2  # noqa: PLR2004 - domain 0.4: at least two members


def _has_assessed_map(partnership: Partnership) -> bool:
    return MapRound.objects.filter(map__partnership_links__partnership=partnership, closed_on__isnull=False).exists()


def _has_people_affected(partnership: Partnership) -> bool:
    centre = MapEntry.objects.filter(ring=MapEntry.Ring.LIVING_IT)
    return centre.filter(map__partnership_links__partnership=partnership).exists()


def register_own() -> None:
    """The gates this app knows by itself."""
    edit = "partnership_edit"
    purpose = _("The purpose is written in one sentence")
    register_gate(Gate("purpose", State.IDEA, State.SCOPING, purpose, lambda found: bool(found.purpose), edit))
    territory = _("The territory is named")
    register_gate(Gate("territory", State.IDEA, State.SCOPING, territory, lambda found: bool(found.territory), edit))
    why = _("It is written why something lighter would not do")
    register_gate(
        Gate("why_partnership", State.SCOPING, State.FORMING, why, lambda found: bool(found.why_partnership), edit)
    )
    assessed = _("A map of who matters was rated by two people in a round that ended")
    register_gate(Gate("assessed", State.SCOPING, State.FORMING, assessed, _has_assessed_map, "partnership_maps"))
    affected = _("Somebody who lives the issue stands in the centre of a map")
    register_gate(Gate("affected", State.SCOPING, State.FORMING, affected, _has_people_affected, "partnership_maps"))
    agreement = _("An agreement is in force for at least two members")
    register_gate(
        Gate("agreement", State.FORMING, State.ACTIVE, agreement, _agreement_in_force_for_two, "agreement_list")
    )
    people = _("Somebody coordinates it and somebody else stands in")
    register_gate(Gate("people", State.FORMING, State.ACTIVE, people, _is_led_by_two, edit))
    rhythm = _("It is agreed how often you tell each other how it goes")
    register_gate(Gate("rhythm", State.FORMING, State.ACTIVE, rhythm, lambda found: bool(found.rhythm), edit))
    contacts = _("Two people of different organisations can be turned to in private")
    register_gate(Gate("worry_contacts", State.FORMING, State.ACTIVE, contacts, _has_two_contacts, "worry_contacts"))


def _has_two_contacts(partnership: Partnership) -> bool:
    named = WorryContact.objects.filter(partnership=partnership, until=None, person__user__is_active=True)
    return named.exclude(member__state__in=GONE).count() >= 2  # noqa: PLR2004 - R-X1: one of each of two organisations


def _is_led_by_two(partnership: Partnership) -> bool:
    return partnership.coordinator_id is not None and partnership.deputy_id is not None
