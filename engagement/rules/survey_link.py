"""Secrets in the addresses of surveys: the one for trying, and those of invitations."""

import hashlib
import uuid
from datetime import timedelta

from django.utils.crypto import salted_hmac

PILOT_CHARACTERS = 32
# So long an invitation is left alone before it is reminded of.
REMINDED_AFTER = timedelta(days=3)


def pilot_token(survey_id: uuid.UUID) -> str:
    """What the address for trying a survey ends in: 128 bits that nobody can make without our key."""
    return salted_hmac("telaio.survey.pilot", str(survey_id), algorithm="sha256").hexdigest()[:PILOT_CHARACTERS]


def hash_of_declined(survey_id: uuid.UUID, email: str) -> str:
    """What is kept of an address nobody may write to about a survey; only with our key it is known again."""
    return salted_hmac(f"telaio.survey.declined.{survey_id}", email, algorithm="sha256").hexdigest()


def hash_of_invitation(token: str) -> str:
    """What is stored instead of an invitation's token."""
    return hashlib.sha256(f"telaio.survey_invitation:{token}".encode(errors="replace")).hexdigest()
