"""What may become of a worry, and who may be turned to."""

import secrets
import uuid
from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from core.rules.workdays import workdays_after
from partnerships.models import Worry

State = Worry.State
# Domain 3.3: acknowledged within three working days.
WORKDAYS_TO_ACKNOWLEDGE = 3
CONTACTS = 2
# Without what is read for something else: no I, L, O, 0, 1.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
NEXT: dict[str, tuple[State, ...]] = {
    State.RAISED: (State.ACKNOWLEDGED, State.ANSWERED),
    State.ACKNOWLEDGED: (State.ANSWERED,),
    State.ANSWERED: (State.ANSWERED,),
    State.CLOSED: (),
}


def new_code() -> str:
    """A random code that names nobody."""
    letters = "".join(secrets.choice(LETTERS) for _position in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def acknowledge_by(raised_on: date) -> date:
    """The last day on which a worry of a day is acknowledged in time."""
    return workdays_after(raised_on, WORKDAYS_TO_ACKNOWLEDGE)


def is_late(worry: Worry, *, today: date) -> bool:
    """Whether nobody acknowledged it in time."""
    return worry.state == State.RAISED and worry.acknowledge_by < today


def can_turn_to(
    *, contact_member_id: uuid.UUID, own_member_ids: Collection[uuid.UUID], about_member_id: uuid.UUID | None
) -> Verdict:
    """Whether a contact can take a worry: not of the raiser's own organisation, not of the one it is about (R-X1)."""
    if contact_member_id in own_member_ids:
        return Verdict(False, _("This contact is of your own organisation. Choose the other one."))
    if contact_member_id == about_member_id:
        return Verdict(False, _("This contact is of the organisation it is about. Choose the other one."))
    return ALLOWED


def can_move_worry(*, state: str, to: str) -> Verdict:
    """Whether the contact may bring a worry to a state."""
    if State(to) not in NEXT[state]:
        return Verdict(False, _("This is done already."))
    return ALLOWED


def can_close_worry(*, state: str) -> Verdict:
    """Who raised it closes it, at any time, once."""
    return ALLOWED if state != State.CLOSED else Verdict(False, _("This is done already."))
