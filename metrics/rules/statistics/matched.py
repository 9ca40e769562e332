"""The same people before and after: how many are better, the same and worse (domain 14.6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import comb

FEWEST_FOR_TEST = 10
# Below it chance alone is called an unlikely reason.
UNLIKELY = Fraction(1, 20)


@dataclass(frozen=True)
class Matched:
    """Counts of people measured twice; these are told first, whatever the test says."""

    better: int
    same: int
    worse: int

    @property
    def people(self) -> int:
        """Everybody measured twice."""
        return self.better + self.same + self.worse

    @property
    def chance(self) -> Fraction | None:
        """The exact two-sided sign test; None when fewer than ten changed."""
        if self.better + self.worse < FEWEST_FOR_TEST:
            return None
        return sign_test(self.better, self.worse)

    @property
    def is_beyond_chance(self) -> bool:
        """Whether so uneven a split would be rare if better and worse were equally likely."""
        chance = self.chance
        return chance is not None and chance < UNLIKELY


def matched(pairs: Iterable[tuple[Decimal | None, Decimal | None]], *, wants_increase: bool = True) -> Matched:
    """Count pairs of (before, after); who was not measured both times does not count."""
    better = same = worse = 0
    for before, after in pairs:
        if before is None or after is None:
            continue
        if before == after:
            same += 1
        elif (after > before) == wants_increase:
            better += 1
        else:
            worse += 1
    return Matched(better, same, worse)


def sign_test(better: int, worse: int) -> Fraction:
    """How likely a split at least so uneven is by the toss of a coin, in both directions, exactly."""
    changed = better + worse
    tail = sum(comb(changed, count) for count in range(min(better, worse) + 1))
    return min(Fraction(2 * tail, 2**changed), Fraction(1))
