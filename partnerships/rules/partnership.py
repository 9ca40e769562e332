"""The life of a partnership as decisions (domain 0.4)."""

from datetime import date

from partnerships.models import Partnership
from partnerships.rules.agreement import first_review

State = Partnership.State

TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.IDEA: (State.SCOPING, State.WINDING_DOWN),
    State.SCOPING: (State.FORMING, State.WINDING_DOWN),
    State.FORMING: (State.ACTIVE, State.PAUSED, State.WINDING_DOWN),
    State.ACTIVE: (State.UNDER_REVIEW, State.PAUSED, State.WINDING_DOWN),
    State.UNDER_REVIEW: (State.ACTIVE, State.WINDING_DOWN),
    State.PAUSED: (State.FORMING, State.ACTIVE, State.WINDING_DOWN),
    State.WINDING_DOWN: (State.CLOSED,),
    State.CLOSED: (),
}
# From any of these a partnership may begin to end.
BEFORE_ENDING = tuple(state for state, targets in TRANSITIONS.items() if State.WINDING_DOWN in targets)
TONES: dict[str, str] = {
    State.IDEA: "draft",
    State.SCOPING: "info",
    State.FORMING: "now",
    State.ACTIVE: "ok",
    State.UNDER_REVIEW: "soon",
    State.PAUSED: "idle",
    State.WINDING_DOWN: "soon",
    State.CLOSED: "idle",
}
# Words that stand in an address where a short name would.
RESERVED_SLUGS = frozenset({"new", "kits", "follow", "logo"})
# Shortest reason that says something when a closed gate is passed.
SHORTEST_REASON = 10


def gated_as(state: str, target: str) -> str:
    """The state whose gates count on the way to ``target``: a pause is no way around those before being active."""
    return State.FORMING if (state, target) == (State.PAUSED, State.ACTIVE) else state


def next_states(state: str) -> tuple[State, ...]:
    """The states a partnership may go to from its present one."""
    return TRANSITIONS[State(state)]


def is_reason_given(reason: str) -> bool:
    """Whether a reason for passing a closed gate says something."""
    return len(reason.strip()) >= SHORTEST_REASON


def review_due_on(
    *, state: str, state_since: date | None, starts_on: date | None, ends_on: date | None, reviewed_on: date | None
) -> date | None:
    """When an active partnership is to be reviewed: a year after the last review, or at its end where that is sooner.

    ``reviewed_on`` is the day on which it was last decided what follows from a review; without one the year begins when
    it became active, else with its start. None for one that is not active, or of which no day is known (domain 0.4).
    """
    begun = max((day for day in (reviewed_on, state_since) if day is not None), default=starts_on)
    if state != State.ACTIVE or begun is None:
        return None
    return first_review(begun, valid_to=ends_on)
