"""The life of a partnership as decisions (domain 0.4)."""

from partnerships.models import Partnership

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
