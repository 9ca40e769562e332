"""Many values in one: middles, distributions, concentration, waiting times, averages (14.8, 14.9, 14.12, 14.13)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median

# Fewer sources are told by their shares: an index of two says nothing they do not.
FEWEST_FOR_INDEX = 3
# Fewer waiting times are listed.
FEWEST_FOR_MEDIAN = 5


@dataclass(frozen=True)
class Distribution:
    """How often each level of an ordered scale was chosen. Its mean is not shown, its middle is."""

    counts: tuple[int, ...]

    @property
    def answers(self) -> int:
        """Everybody who answered."""
        return sum(self.counts)

    @property
    def middle(self) -> tuple[int, int] | None:
        """The levels of the two answers in the middle, by place in the scale; the same twice when they agree."""
        if not self.answers:
            return None
        return self._level_of((self.answers - 1) // 2), self._level_of(self.answers // 2)

    def _level_of(self, place: int) -> int:
        seen = 0
        for level, count in enumerate(self.counts):
            seen += count
            if place < seen:
                return level
        raise ValueError(place)


def distribution(answers: Iterable[int], *, levels: int) -> Distribution:
    """Answers given as places in a scale of so many levels; raises ValueError for a level it does not have."""
    found = Counter(answers)
    if any(not 0 <= level < levels for level in found):
        raise ValueError("An answer lies outside the scale.")
    return Distribution(tuple(found[level] for level in range(levels)))


@dataclass(frozen=True)
class Concentration:
    """Shares of a whole, in the order given."""

    shares: tuple[Fraction, ...]

    @property
    def sum_of_squares(self) -> Fraction:
        """Of the shares: 1 for one source, 1/2 for two alike."""
        return sum((share**2 for share in self.shares), Fraction(0))

    @property
    def index(self) -> Fraction | None:
        """Herfindahl's index, which is only told from three sources on."""
        return self.sum_of_squares if len(self.shares) >= FEWEST_FOR_INDEX else None

    @property
    def largest(self) -> Fraction:
        """The largest share."""
        return max(self.shares)


def concentration(amounts: Sequence[int]) -> Concentration | None:
    """How much depends on how few: the sum of squared shares; None when there is nothing to share.

    Sources that gave nothing are none. Raises ValueError for an amount below zero.
    """
    if any(amount < 0 for amount in amounts):
        raise ValueError("A share cannot be below zero.")
    given = [amount for amount in amounts if amount]
    whole = sum(given)
    if not whole:
        return None
    return Concentration(tuple(Fraction(amount, whole) for amount in given))


@dataclass(frozen=True)
class LeadTimes:
    """How long things took: middle and longest; with fewer than five, each of them, shortest first."""

    count: int
    longest: Decimal
    median: Decimal | None
    listed: tuple[Decimal, ...] = ()


def lead_times(values: Iterable[Decimal]) -> LeadTimes | None:
    """Waiting times of one unit; None when there are none."""
    ordered = sorted(values)
    if not ordered:
        return None
    if len(ordered) < FEWEST_FOR_MEDIAN:
        return LeadTimes(len(ordered), ordered[-1], None, tuple(ordered))
    return LeadTimes(len(ordered), ordered[-1], median(ordered))


@dataclass(frozen=True)
class Averages:
    """Two averages over partners that are easily taken for one another; whoever shows one says which."""

    by_people: Decimal
    by_organisation: Decimal


def averages(partners: Sequence[tuple[Decimal, Decimal]]) -> Averages | None:
    """Averages of (value, people) of each partner: each person counts once, or each organisation does.

    None without partners or without people. Raises ValueError for fewer people than none.
    """
    if any(people < 0 for _value, people in partners):
        raise ValueError("There cannot be fewer people than none.")
    people = sum((count for _value, count in partners), Decimal(0))
    if not partners or not people:
        return None
    weighted = sum((value * count for value, count in partners), Decimal(0)) / people
    return Averages(weighted, sum((value for value, _count in partners), Decimal(0)) / len(partners))
