"""What a partnership tells everybody: its newest public updates, and whom it thanked in public."""

from dataclasses import dataclass

from partnerships.models import Partnership, Recognition, Update
from partnerships.queries.communication import public_updates
from partnerships.queries.recognition import public_thanks

FEW = 3


@dataclass(frozen=True)
class PublicNews:
    """Updates, of which withdrawn ones show their tombstone alone, and thank-yous with consent; newest first."""

    updates: list[Update]
    thanks: list[Recognition]


def public_news_of(partnership: Partnership) -> PublicNews:
    """The three newest of each, in two queries."""
    return PublicNews(list(public_updates(partnership)[:FEW]), list(public_thanks(partnership)[:FEW]))
