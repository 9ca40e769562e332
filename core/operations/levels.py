"""Showing a record to more people than now, or to fewer than read it (domain 0.3)."""

from datetime import date
from typing import Any, Protocol

from django.core.exceptions import ValidationError

from core.access.visibility import MORE_WOULD_SEE


class Shown(Protocol):
    """A record with a level."""

    visibility: int


class Withdrawable(Protocol):
    """A record with a public page: the day it was taken from everybody's eyes, if it was."""

    withdrawn_on: date | None


def require_meant(shown: Shown, fields: dict[str, Any]) -> None:
    """Take ``is_meant`` out of a record's new fields; refuse a wider level than now without it.

    Raises ValidationError at ``visibility``.
    """
    is_meant = fields.pop("is_meant", False)
    if fields.get("visibility", shown.visibility) > shown.visibility and not is_meant:
        raise ValidationError({"visibility": str(MORE_WOULD_SEE)})


def note_withdrawal(shown: Withdrawable, *, was_told: bool, is_told: bool, today: date) -> None:
    """What everybody could read leaves the day of its withdrawal behind, until everybody can read it again."""
    if is_told:
        shown.withdrawn_on = None
    elif was_told:
        shown.withdrawn_on = today
