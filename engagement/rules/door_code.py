"""The short code people show at the door. It opens nothing but a line of a list that staff have before them anyway."""

import hashlib
import uuid

from django.utils.crypto import salted_hmac

from engagement.rules.reference_code import code_from, normalised

CODE_LENGTH = 6


def door_code_of(registration_id: uuid.UUID) -> str:
    """The code of a registration, always the same: ``7F3-K2M``."""
    secret = salted_hmac("telaio.door", str(registration_id), algorithm="sha256").digest()
    letters = code_from(secret).replace("-", "")[:CODE_LENGTH]
    return f"{letters[:3]}-{letters[3:]}"


def hash_of_door_code(typed: str, activity_id: uuid.UUID) -> str:
    """What is stored instead of a code; it fits one activity only."""
    text = f"telaio.door:{activity_id}:{normalised(typed)}"
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
