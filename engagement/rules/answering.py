"""How quickly and how often residents are answered, in honest words (R-E14, domain 14.2 and 14.13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.rules.statistics.shares import FEWEST_FOR_PERCENT
from metrics.rules.statistics.summaries import lead_times

# Below it a count of messages is not told (domain 14.1).
SMALL_COUNT = 5


@dataclass(frozen=True)
class AnswerFigures:
    """Messages received and the days each answered one waited."""

    received: int
    days: Sequence[int]

    @property
    def answered(self) -> int:
        """How many have an answer."""
        return len(self.days)


def share_in_words(part: int, whole: int) -> str:
    """Words like "7 of 9"; from twenty on also whole per cent."""
    words = _("%(part)d of %(whole)d") % {"part": part, "whole": whole}
    if whole < FEWEST_FOR_PERCENT:
        return words
    return f"{words} ({round(100 * part / whole)}%)"


def time_in_words(days: Sequence[int]) -> str:
    """Median and longest; with fewer than five answers each of them; nothing without any."""
    found = lead_times(Decimal(day) for day in days)
    if found is None:
        return ""
    longest = int(found.longest)
    if found.median is None:
        named = listed([int(day) for day in found.listed])
        return ngettext("after %(days)s day", "after %(days)s days", longest) % {"days": named}
    middle = found.median
    words = ngettext(
        "half of them within %(middle)s day, the slowest after %(longest)d",
        "half of them within %(middle)s days, the slowest after %(longest)d",
        2 if middle != 1 else 1,
    )
    return words % {"middle": localize(int(middle) if middle == int(middle) else middle), "longest": longest}


def listed(numbers: Sequence[int]) -> str:
    """Words like "2, 4 and 9"."""
    *first, last = [str(number) for number in numbers]
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def voices_in_words(count: int) -> str:
    """From how many messages a theme comes; small counts are not told (domain 14.1)."""
    if not count:
        return ""
    if count < SMALL_COUNT:
        return _("from fewer than 5 messages")
    return _("from %(count)d messages") % {"count": count}
