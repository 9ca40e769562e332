"""What may become of a worry, who may be turned to, and what says that somebody raised it."""

import hashlib
import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from core.models import User
from core.rules.membership import ALLOWED, Verdict
from core.rules.workdays import workdays_after
from partnerships.models import Worry

State = Worry.State
# Domain 3.3: acknowledged within three working days.
WORKDAYS_TO_ACKNOWLEDGE = 3
CONTACTS = 2
# Without what is read for something else: no I, L, O, 0, 1.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
GROUPS_OF_CODE, GROUPS_OF_KEY = 2, 4
NEXT: dict[str, tuple[State, ...]] = {
    State.RAISED: (State.ACKNOWLEDGED, State.ANSWERED),
    State.ACKNOWLEDGED: (State.ANSWERED,),
    State.ANSWERED: (State.ANSWERED,),
    State.CLOSED: (),
}


@dataclass(frozen=True)
class KeyHolder:
    """Whoever holds the key shown once to who raised a worry from an e-mailed link."""

    key: str


def new_code() -> str:
    """A random code that names nobody."""
    return _letters(GROUPS_OF_CODE)


def new_key() -> str:
    """A secret that opens one worry (79 bits)."""
    return _letters(GROUPS_OF_KEY)


def _letters(groups: int) -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _position in range(4)) for _group in range(groups))


def code_from(typed: str) -> str:
    """A code or key as it was given, however it was typed: without spaces, in capitals, four letters a group."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def key_hash(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(f"telaio.worry:{code_from(key)}".encode()).hexdigest()


def is_raised_by(worry: Worry, by: User | KeyHolder) -> bool:
    """Whether somebody raised a worry: by their account, or by the key they hold."""
    if isinstance(by, KeyHolder):
        return bool(worry.key_sha256) and secrets.compare_digest(worry.key_sha256, key_hash(by.key))
    return worry.raised_by_id == by.pk


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
