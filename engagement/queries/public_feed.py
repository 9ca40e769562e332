"""What is new on a partnership's public page, for feeds."""

import uuid
from dataclasses import dataclass
from datetime import date

from core.rules.bilingual import spoken
from engagement.models import Theme
from engagement.queries.theme import published_themes
from partnerships.models import Partnership
from partnerships.queries.communication import public_updates

MOST = 30


@dataclass(frozen=True)
class FeedItem:
    """One piece of news; ``anchor`` is where it stands on the page."""

    key: uuid.UUID
    title: str
    text: str
    anchor: str
    on: date


def feed_of(partnership: Partnership) -> list[FeedItem]:
    """Published answers and updates of a public partnership, the newest first; two queries. No names of residents."""
    answers = [
        FeedItem(theme.pk, spoken(theme, "heard"), _answer(theme), "said", theme.published_on)
        for theme in published_themes(partnership)[:MOST]
        if theme.published_on
    ]
    updates = [
        FeedItem(update.pk, update.title, update.body or update.went_well, "news", update.published_on)
        for update in public_updates(partnership)[:MOST]
        if update.published_on and not update.withdrawn_on
    ]
    return sorted([*answers, *updates], key=lambda item: (item.on, str(item.key)), reverse=True)[:MOST]


def _answer(theme: Theme) -> str:
    return f"{theme.get_outcome_display()}. {spoken(theme, 'answer')}".strip()
