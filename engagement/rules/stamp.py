"""The signed stamp in a public form: when it was opened, for which form, and a random part that no two pages share.

It stands in the page only. Nothing of it is stored, so the time in it cannot be tied to a message (PRI-04).
"""

import secrets
import uuid
from datetime import datetime

from django.core import signing

from engagement.rules.limits import FASTEST, SLOWEST

_SALT = "telaio.feedback.stamp"


class StampError(ValueError):
    """The stamp is not ours, or was made for another form."""


class TooFastError(StampError):
    """The form came back faster than a person reads it."""


class TooOldError(StampError):
    """The form was open for more than a day."""


def new_stamp(form_id: uuid.UUID, *, now: datetime) -> str:
    """A stamp for one showing of one form."""
    return signing.Signer(salt=_SALT).sign(f"{int(now.timestamp())}.{form_id.hex}.{secrets.token_hex(16)}")


def nonce_of(stamp: str, form_id: uuid.UUID, *, now: datetime) -> str:
    """The random part of a stamp. Raises TooFastError, TooOldError or StampError."""
    try:
        opened, made_for, nonce = signing.Signer(salt=_SALT).unsign(stamp).split(".")
    except (signing.BadSignature, ValueError) as error:
        raise StampError from error
    if made_for != form_id.hex:
        raise StampError
    age = now.timestamp() - int(opened)
    if age < FASTEST.total_seconds():
        raise TooFastError
    if age > SLOWEST.total_seconds():
        raise TooOldError
    return nonce
