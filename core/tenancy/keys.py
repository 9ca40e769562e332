"""Identifiers: made in Python, so they exist before the row does and tell no counts."""

import uuid

from uuid_utils.compat import uuid7


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): ordered by creation, safe to make offline. It tells the millisecond it was made."""
    return uuid7()


def new_anonymous_id() -> uuid.UUID:
    """A UUIDv4 for what must not tell when it was made (anonymous submissions and answers)."""
    return uuid.uuid4()
