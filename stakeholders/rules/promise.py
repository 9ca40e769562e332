"""What was promised publicly to a group binds what is wanted with it (R-S6)."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from stakeholders.models import Assessment


@dataclass(frozen=True)
class PublicPromise:
    """A promise everybody can read: how far the group was promised to be involved, in which words, and where.

    ``level`` is one of ``Assessment.Engagement``.
    """

    level: int
    words: str
    title: str
    url: str


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
