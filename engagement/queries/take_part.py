"""What a public page offers under "How to take part": each subject of engagement names its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from partnerships.models import Partnership


@dataclass(frozen=True)
class TakePart:
    """One thing a resident can do now: ``words`` say in a line what it is and what it costs."""

    title: str
    url: str
    words: str = ""


Source = Callable[[Partnership], Iterator[TakePart]]

SOURCES: tuple[Source, ...] = ()


def ways_to_take_part(partnership: Partnership) -> list[TakePart]:
    """What is open to everybody in a public partnership now, in the order of ``SOURCES``."""
    return [way for source in SOURCES for way in source(partnership)]
