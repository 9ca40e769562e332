"""What a partnership tells everybody: its newest updates and decisions, and whom it thanked in public."""

from dataclasses import dataclass

from core.queries.composed import Composed
from partnerships.models import Partnership, Recognition, Update
from partnerships.queries.communication import public_updates
from partnerships.queries.decision import PublicDecision, public_decisions
from partnerships.queries.recognition import public_thanks

FEW = 3
MOST_DECISIONS = 10


@dataclass(frozen=True)
class PublicNews:
    """Updates and decisions, of which withdrawn ones show their tombstone alone, and thank-yous with consent.

    The newest come first.
    """

    updates: list[Update]
    thanks: list[Recognition]
    decisions: list[PublicDecision]


_updates = Composed(lambda partnership: public_updates(partnership)[:FEW])
_thanks = Composed(lambda partnership: public_thanks(partnership)[:FEW])


def public_news_of(partnership: Partnership) -> PublicNews:
    """The three newest updates and thank-yous and the ten newest decisions, in three queries."""
    return PublicNews(
        _updates(partnership=partnership),
        _thanks(partnership=partnership),
        public_decisions(partnership, most=MOST_DECISIONS),
    )
