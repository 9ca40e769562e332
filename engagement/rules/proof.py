"""What a form asks for while very many messages arrive: a little work of the browser, or a little patience (INP-05).

Of our own and without any other host. The work is bound to the form's stamp, so it is done once for each message; the
ticket of who waits is bound to it as well. Nothing of either is stored.
"""

import hashlib
import uuid
from datetime import datetime, timedelta

from django.core import signing

# Some ten thousand hashes: half a second on an old phone, and a burden for ten thousand messages.
WORK_BITS = 14
WAIT = timedelta(seconds=20)
TICKET_LASTS = timedelta(hours=1)
LONGEST_PROOF = 20
_SALT = "telaio.public_form.ticket"


def is_proof(stamp: str, proof: str) -> bool:
    """Whether ``proof`` makes the hash of ``stamp:proof`` begin with enough zero bits."""
    if not (proof.isascii() and proof.isdigit() and len(proof) <= LONGEST_PROOF):
        return False
    digest = hashlib.sha256(f"{stamp}:{proof}".encode(errors="replace")).digest()
    return int.from_bytes(digest[:4]) >> (32 - WORK_BITS) == 0


def new_ticket(form_id: uuid.UUID, nonce: str, *, now: datetime) -> str:
    """What somebody without script sends back after ``WAIT``; bound to the form and the page's nonce."""
    return signing.Signer(salt=_SALT).sign(f"{int(now.timestamp())}.{form_id.hex}.{nonce}")


def waited_enough(ticket: str, form_id: uuid.UUID, nonce: str, *, now: datetime) -> bool:
    """Whether a ticket of this page is old enough, and not too old."""
    try:
        given, made_for, told = signing.Signer(salt=_SALT).unsign(ticket).split(".")
    except (signing.BadSignature, ValueError):
        return False
    age = now.timestamp() - int(given)
    is_ours = (made_for, told) == (form_id.hex, nonce)
    return is_ours and WAIT.total_seconds() <= age <= TICKET_LASTS.total_seconds()


def is_ticket_of(ticket: str, form_id: uuid.UUID, nonce: str) -> bool:
    """Whether a ticket belongs to this page, whatever its age: who is impatient keeps the place in the queue."""
    try:
        _given, made_for, told = signing.Signer(salt=_SALT).unsign(ticket).split(".")
    except (signing.BadSignature, ValueError):
        return False
    return (made_for, told) == (form_id.hex, nonce)
