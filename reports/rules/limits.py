"""How often the public may write back."""

from datetime import timedelta
from typing import TypedDict


class Limit(TypedDict):
    """A number of uses in a window."""

    limit: int
    per: timedelta


REPLIES: Limit = {"limit": 5, "per": timedelta(hours=1)}
