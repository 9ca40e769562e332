"""What waits for somebody, told as a number and the place to go to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Somewhere:
    """How many wait, and the partnership that is the place to see them; empty where none waits or no one place does."""

    number: int = 0
    slug: str = ""
