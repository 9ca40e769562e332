"""What must be true before a partnership goes on to the next state; each app adds its own (domain 0.4)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from core.access.permissions import Permission
from partnerships.models import Partnership
from partnerships.rules.partnership import gated_as
from partnerships.rules.severity import Severity, severity_of

State = Partnership.State


IsOpen = Callable[[Partnership], bool]


@dataclass(frozen=True)
class Gate:
    """A condition of one transition: in words, how it is checked, and where to open it.

    ``url_name`` names a page inside the partnership (``tenant`` and ``slug`` in its address), and ``needs`` what that
    page asks of whoever opens it. ``source`` may be several states.
    """

    code: str
    source: State | tuple[State, ...]
    target: State
    label: str | Promise
    is_open: IsOpen
    url_name: str
    needs: Permission = Permission.SEE_PARTNERSHIP

    def stands_between(self, source: str, target: str) -> bool:
        """Whether a partnership on its way from one state to another meets it."""
        sources = self.source if isinstance(self.source, tuple) else (self.source,)
        return source in sources and target == self.target


@dataclass(frozen=True)
class GateState:
    """A gate as a page shows it."""

    code: str
    label: str
    is_open: bool
    url_name: str
    blocks: bool = True
    needs: Permission = Permission.SEE_PARTNERSHIP


_gates: dict[str, Gate] = {}


def register_gate(gate: Gate) -> None:
    """Add a gate; called from ``AppConfig.ready``. The same code again replaces it."""
    _gates[gate.code] = gate


def registered_gates() -> list[Gate]:
    """All gates, for the README's list and its test."""
    return list(_gates.values())


def gate_states(partnership: Partnership, target: State) -> list[GateState]:
    """The gates between a partnership's state and another, each checked now.

    One that pauses is asked what one is asked that was never active (``gated_as``).
    """
    source = gated_as(partnership.state, target)
    return [
        GateState(
            gate.code, str(gate.label), gate.is_open(partnership), gate.url_name, _blocks(gate, partnership), gate.needs
        )
        for gate in _gates.values()
        if gate.stands_between(source, target)
    ]


def _blocks(gate: Gate, partnership: Partnership) -> bool:
    return severity_of(gate.code, partnership.mode) == Severity.BLOCKS
