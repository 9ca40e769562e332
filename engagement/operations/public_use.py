"""Counting what arrives through the public forms, so that no robot fills them (INP-05, INP-06)."""

import sys
import uuid
from datetime import datetime

from core.operations.rate import count_use_of
from engagement.rules import limits
from engagement.rules.limits import Limit


def count_sending(kind: str, form_id: uuid.UUID, *, sent_from: str, now: datetime) -> None:
    """Count one message of ``kind`` from the network ``sent_from`` to the form. Raises TooOftenError.

    Call it inside the sending's own transaction: what is refused takes its count back with it.
    """
    count_public_use(f"{kind}:from:{sent_from}", limits.SENDING_FROM_ONE_NETWORK, now=now)
    count_public_use(f"{kind}:to:{form_id}", limits.SENDING_TO_ONE_FORM, now=now)
    # Only counted: by it ``queries.public_load`` finds out that the form is busy.
    count_public_use(f"load:{form_id}", Limit(sys.maxsize, limits.BUSY.per), now=now)


def count_public_use(key: str, limit: Limit, *, now: datetime) -> None:
    """Count one use of ``key``. Raises TooOftenError."""
    count_use_of(f"public:{key}", limit=limit.most, per=limit.per, now=now)
