"""What was promised publicly to a group binds what is wanted with it (R-S6)."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from stakeholders.models import Assessment


@dataclass(frozen=True)
class PublicPromise:
    """A promise everybody can read: how far the group was promised to be involved, in which words, and where.

    ``level`` is one of ``Assessment.Engagement``.
    """

    id: uuid.UUID
    level: int
    words: str
    title: str
    url: str


@dataclass(frozen=True)
class MadePromise:
    """A promise beside those on some maps: ``to`` are the entries its words seem to mean, ``maps`` whose it is."""

    promise: PublicPromise
    to: frozenset[uuid.UUID]
    maps: frozenset[uuid.UUID]

    def means(self, entry_id: uuid.UUID, said: Mapping[uuid.UUID, bool]) -> bool:
        """Whether it is made to an entry: as somebody said by hand, else as its words say."""
        return said.get(self.promise.id, entry_id in self.to)


def falls_short(desired: int | Decimal | None, promise: PublicPromise | None) -> bool:
    """Whether less is wanted than was promised; what nobody scored falls short of nothing."""
    return desired is not None and promise is not None and desired < promise.level


def promise_words(promise: PublicPromise) -> str:
    """The promise with where it was made, and the least that can be wanted because of it."""
    told = {
        "title": promise.title,
        "promise": promise.words,
        "level": Assessment.Engagement(promise.level).label,
    }
    return _("“%(title)s” promised them publicly: “%(promise)s” So at least “%(level)s”.") % told
