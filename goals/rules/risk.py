"""How high a risk is, its life, and when something is done about it (domain 15)."""

from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.rules.membership import ALLOWED, Verdict
from goals.models import Risk

State = Risk.State

TRANSITIONS: dict[str, tuple[State, ...]] = {
    State.OPEN: (State.TREATED, State.CLOSED, State.OCCURRED),
    State.TREATED: (State.CLOSED, State.OCCURRED, State.OPEN),
    State.CLOSED: (State.OPEN,),
    State.OCCURRED: (State.OPEN,),
}
# Still to be looked at.
LIVE = (State.OPEN, State.TREATED)
# The words on the button that leads there.
MOVES: dict[str, str | Promise] = {
    State.OPEN: _("Open it again"),
    State.TREATED: _("It is being dealt with"),
    State.CLOSED: _("It is over"),
    State.OCCURRED: _("It happened"),
}
STATE_TONES: dict[str, str] = {State.OPEN: "soon", State.TREATED: "now", State.CLOSED: "done", State.OCCURRED: "late"}


class Height(StrEnum):
    """How high a risk is, in four words."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"

    @property
    def label(self) -> str | Promise:
        """The word people read."""
        return _LABELS[self]

    @property
    def tone(self) -> str:
        """The colour beside the word."""
        return _TONES[self]


_LABELS: dict[Height, str | Promise] = {
    Height.LOW: pgettext_lazy("risk", "Low"),
    Height.MEDIUM: pgettext_lazy("risk", "Medium"),
    Height.HIGH: pgettext_lazy("risk", "High"),
    Height.VERY_HIGH: pgettext_lazy("risk", "Very high"),
}
_TONES = {Height.LOW: "idle", Height.MEDIUM: "info", Height.HIGH: "soon", Height.VERY_HIGH: "late"}
# Likelihood times impact from which a risk is that high.
_FROM = ((15, Height.VERY_HIGH), (10, Height.HIGH), (5, Height.MEDIUM))


def height_of(likelihood: int, impact: int) -> Height:
    """How high a risk is: likelihood times impact, each from 1 to 5."""
    score = likelihood * impact
    return next((height for least, height in _FROM if score >= least), Height.LOW)


def has_response(*, response: str, actions: str) -> bool:
    """Whether it is decided how to answer a risk: what is done, unless it is accepted as it is (A4 of domain 4.4)."""
    return bool(response) and (response == Risk.Response.ACCEPT or bool(actions.strip()))


def can_move_risk(*, state: str, to: str, response: str, actions: str) -> Verdict:
    """Whether a risk may go from one state to another."""
    if to not in TRANSITIONS[state]:
        return Verdict(False, _("The risk cannot go there from its present state."))
    if to == State.TREATED and not has_response(response=response, actions=actions):
        return Verdict(False, _("Say first how you answer it, and what you do."))
    return ALLOWED


def is_review_overdue(*, state: str, review_on: date | None, today: date) -> bool:
    """Whether a risk should have been looked at again before today."""
    return state in LIVE and review_on is not None and review_on < today
