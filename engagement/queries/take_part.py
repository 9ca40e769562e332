"""What a public page offers under "How to take part": each subject of engagement names its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engagement.queries.activity import activities_ahead, public_url_of, when_of
from engagement.queries.volunteer import public_opportunities, public_opportunity_url
from partnerships.models import Partnership


@dataclass(frozen=True)
class TakePart:
    """One thing a resident can do now: ``words`` say in a line what it is and what it costs."""

    title: str
    url: str
    words: str = ""


Source = Callable[[Partnership], Iterator[TakePart]]

MOST_ACTIVITIES = 5


def activities_to_come(partnership: Partnership) -> Iterator[TakePart]:
    """The next activities everybody can come to."""
    for activity in activities_ahead(partnership)[:MOST_ACTIVITIES]:
        yield TakePart(activity.title, public_url_of(activity), when_of(activity))


def volunteering(partnership: Partnership) -> Iterator[TakePart]:
    """What volunteers can do now."""
    for opportunity in public_opportunities(partnership.slug)[:MOST_ACTIVITIES]:
        yield TakePart(opportunity.title, public_opportunity_url(opportunity), opportunity.time_needed)


SOURCES: tuple[Source, ...] = (activities_to_come, volunteering)


def ways_to_take_part(partnership: Partnership) -> list[TakePart]:
    """What is open to everybody in a public partnership now, in the order of ``SOURCES``."""
    return [way for source in SOURCES for way in source(partnership)]
