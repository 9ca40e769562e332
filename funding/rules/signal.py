"""When means are short, money comes from too few, and one organisation has the say (domain 11, 14.12)."""

from dataclasses import dataclass
from fractions import Fraction

from metrics.rules.statistics.summaries import Concentration

COVERAGE_PERCENT = 80
# As concentrated as with fewer than two equal sources.
CONCENTRATED = Fraction(1, 2)
FEWEST_MEETINGS = 3


def covered_percent(*, secured_cents: int, need_cents: int) -> int:
    """What is secured as whole per cent of the need, rounded down."""
    return 100 * secured_cents // need_cents


def is_short(*, secured_cents: int, need_cents: int) -> bool:
    """Whether less than 80 per cent of a need is secured (R-F14); nobody is short of what nobody needs."""
    return need_cents > 0 and 100 * secured_cents < COVERAGE_PERCENT * need_cents


def is_concentrated(found: Concentration | None) -> bool:
    """Whether money comes from so few that it is as if there were fewer than two equal sources."""
    return found is not None and found.sum_of_squares > CONCENTRATED


@dataclass(frozen=True)
class Say:
    """What one organisation has of the money, the chairs and the items proposed, each with its whole."""

    money_cents: int
    all_money_cents: int
    chaired: int
    all_chaired: int
    proposed: int
    all_proposed: int

    @property
    def percents(self) -> tuple[int, int, int]:
        """The three shares in whole per cent, rounded down; 0 of nothing."""
        pairs = (
            (self.money_cents, self.all_money_cents),
            (self.chaired, self.all_chaired),
            (self.proposed, self.all_proposed),
        )
        money, chairs, items = (100 * part // whole if whole else 0 for part, whole in pairs)
        return money, chairs, items


def has_the_say(say: Say) -> bool:
    """Whether somebody gives over half of the money, chairs over half of the meetings and proposes over half of items.

    Fewer than three chaired meetings tell nothing.
    """
    return (
        say.all_chaired >= FEWEST_MEETINGS
        and 2 * say.money_cents > say.all_money_cents
        and 2 * say.chaired > say.all_chaired
        and 2 * say.proposed > say.all_proposed
    )
