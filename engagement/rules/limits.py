"""How often the public forms may be used (INP-05, INP-06)."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import ngettext


@dataclass(frozen=True)
class Limit:
    """At most ``most`` uses in each window of ``per``."""

    most: int
    per: timedelta


# A hall full of people on one wireless network fits in; a robot behind one network does not.
SENDING_FROM_ONE_NETWORK = Limit(40, timedelta(minutes=10))
# Two windows of it stay below the one per cent of INP-06 (100 of 10,000 posts in ten minutes).
SENDING_TO_ONE_FORM = Limit(48, timedelta(minutes=10))
# Parents or guardians one young volunteer names.
GUARDIANS_ASKED = Limit(3, timedelta(days=1))
LOOKING_UP_FROM_ONE_NETWORK = Limit(10, timedelta(minutes=15))
# With 80 bits in a code, this many guesses an hour find nothing in the life of the universe.
LOOKING_UP_IN_ONE_SPACE = Limit(300, timedelta(hours=1))

# So many messages to one form and it asks for a little work of the browser; well before it takes no more.
BUSY = Limit(20, timedelta(minutes=10))

# A person needs longer than this to read the form; a form left open over night is still good.
FASTEST = timedelta(seconds=3)
SLOWEST = timedelta(hours=24)
# The same words again within this time are the same message.
SAME_MESSAGE_WITHIN = timedelta(days=1)
# What was said longer ago is no message any more.
OLDEST_TOLD = timedelta(days=366)


def too_often_in_words(wait: timedelta) -> str:
    """What whoever has to wait is told."""
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    return ngettext(
        "Many messages are arriving right now. Nothing is lost: please send again in %(minutes)d minute.",
        "Many messages are arriving right now. Nothing is lost: please send again in %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}
