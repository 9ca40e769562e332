"""The life of a need, and what makes its evidence worth something (domain 4.2)."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from goals.models import Need

State = Need.State

TRANSITIONS: dict[str, tuple[State, ...]] = {
    State.OPEN: (State.IN_PROGRESS, State.MET, State.SET_ASIDE),
    State.IN_PROGRESS: (State.MET, State.OPEN, State.SET_ASIDE),
    State.MET: (State.OPEN,),
    State.SET_ASIDE: (State.OPEN,),
}
TONES: dict[str, str] = {State.OPEN: "soon", State.IN_PROGRESS: "now", State.MET: "done", State.SET_ASIDE: "idle"}
# The words on the button that leads there.
MOVES: dict[str, str | Promise] = {
    State.OPEN: _("Open it again"),
    State.IN_PROGRESS: _("Work on it has begun"),
    State.MET: _("It is met"),
    State.SET_ASIDE: _("Set it aside"),
}
# Nobody asks any more whether these are pressing.
SETTLED = (State.MET, State.SET_ASIDE)


def can_move_need(*, state: str, to: str) -> Verdict:
    """Whether a need may go from one state to another."""
    if to not in TRANSITIONS[state]:
        return Verdict(False, _("The need cannot go there from its present state."))
    return ALLOWED


def can_support_need(*, state: str) -> Verdict:
    """Whether members may still say that a need is pressing."""
    if state in SETTLED:
        return Verdict(False, _("This need is settled. Open it again first."))
    return ALLOWED


def is_dated(*, evidence: str, source: str, evidence_on: date | None) -> bool:
    """Whether it is told how a need is known, from where, and of which day (R1 of domain 4.4)."""
    return bool(evidence and source.strip() and evidence_on)
