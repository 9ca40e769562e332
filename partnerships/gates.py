"""What must be true before a partnership goes on to the next state; higher apps add their own (domain 0.4)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships.models import AgreementVersion, Partnership, Signature

State = Partnership.State


@dataclass(frozen=True)
class Gate:
    """A condition of one transition: in words, how it is checked, and where to open it.

    ``url_name`` names a page inside the partnership (``tenant`` and ``slug`` in its address).
    """

    code: str
    source: State
    target: State
    label: str | Promise
    is_open: Callable[[Partnership], bool]
    url_name: str


@dataclass(frozen=True)
class GateState:
    """A gate as a page shows it."""

    code: str
    label: str
    is_open: bool
    url_name: str


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
        GateState(gate.code, str(gate.label), gate.is_open(partnership), gate.url_name)
        for gate in _gates.values()
        if gate.source == partnership.state and gate.target == target
    ]


def _agreement_in_force_for_two(partnership: Partnership) -> bool:
    signed = Signature.objects.filter(
        version__agreement__partnership=partnership,
        version__state=AgreementVersion.State.IN_FORCE,
        state=Signature.State.SIGNED,
    )
    return signed.count() >= 2  # noqa: PLR2004 - domain 0.4: at least two members


def register_own() -> None:
    """The gates this app knows by itself."""
    for source, target in ((State.IDEA, State.SCOPING),):
        register_gate(
            Gate(
                "purpose",
                source,
                target,
                _("The purpose is written in one sentence"),
                lambda p: bool(p.purpose),
                "partnership_edit",
            )
        )
        register_gate(
            Gate(
                "territory",
                source,
                target,
                _("The territory is named"),
                lambda p: bool(p.territory),
                "partnership_edit",
            )
        )
    register_gate(
        Gate(
            "agreement",
            State.FORMING,
            State.ACTIVE,
            _("An agreement is in force for at least two members"),
            _agreement_in_force_for_two,
            "agreement_list",
        )
    )
