"""The life of a membership as decisions (domain 5.3)."""

from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from partnerships.models import PartnershipMember

State = PartnershipMember.State

# Only a signature makes a member (P1), so MEMBER stands here only as the way back from notice and suspension.
TRANSITIONS: dict[str, tuple[State, ...]] = {
    State.INVITED: (State.INTERESTED, State.JOINING, State.FORMER),
    State.INTERESTED: (State.JOINING, State.FORMER),
    State.JOINING: (State.FORMER,),
    State.MEMBER: (State.ON_NOTICE, State.SUSPENDED, State.EXCLUDED),
    State.ON_NOTICE: (State.MEMBER, State.FORMER),
    State.SUSPENDED: (State.MEMBER, State.FORMER, State.EXCLUDED),
    State.FORMER: (State.INVITED,),
    State.EXCLUDED: (),
}
# Left the partnership: takes on no tasks, signs nothing, its people act no more.
GONE = (State.FORMER, State.EXCLUDED)
# On the way out or out: there is something to settle.
LEAVING = (State.ON_NOTICE, State.SUSPENDED, State.EXCLUDED)
# States that say something unpleasant about an organisation and therefore need a reason.
WITH_REASON = (State.SUSPENDED, State.EXCLUDED)


def next_member_states(state: str) -> tuple[State, ...]:
    """The states a coordinator may move a membership to."""
    return TRANSITIONS[state]


def can_move_member(*, state: str, to: str, reason: str = "", is_unsettled: bool = False) -> Verdict:
    """Whether a membership may change to another state by hand.

    ``is_unsettled``: points of its exit checklist are open in a partnership where that stops it from leaving.
    """
    if to not in TRANSITIONS[state]:
        return Verdict(False, _("A membership cannot go there from its present state."))
    if to in WITH_REASON and not reason.strip():
        return Verdict(False, _("Write the reason. The organisation has a right to read it."))
    if to == State.FORMER and is_unsettled:
        return Verdict(False, _("Settle what is open first: the checklist for leaving shows it."))
    return ALLOWED


def can_act_for_member(*, state: str) -> Verdict:
    """Whether people may still act for an organisation in the partnership."""
    if state in GONE:
        return Verdict(False, _("This organisation is no longer in the partnership."))
    return ALLOWED
