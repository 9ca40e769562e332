"""Whether a series changed or only varies as usual: the two tests of a run chart (domain 14.4, Anhøj's rules)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from math import comb
from statistics import median

# Fewer useful points never get a verdict (domain 8.3).
FEWEST_FOR_VERDICT = 10
# The lower 5 % point, as one in so many.
ONE_IN = 20


@dataclass(frozen=True)
class RunChart:
    """A series beside its median. Useful points are those that do not lie on it."""

    median: Decimal
    useful: int
    longest_run: int
    crossings: int

    @property
    def most_in_a_row(self) -> int:
        """The longest run that is still usual."""
        return longest_usual_run(self.useful)

    @property
    def fewest_crossings(self) -> int:
        """The fewest crossings that are still usual."""
        return fewest_usual_crossings(self.useful)

    @property
    def has_long_run(self) -> bool:
        """Whether more points than usual follow each other on one side of the median."""
        return self.longest_run > self.most_in_a_row

    @property
    def has_few_crossings(self) -> bool:
        """Whether the series crosses the median less often than usual."""
        return self.crossings < self.fewest_crossings

    @property
    def is_signal(self) -> bool:
        """Whether either test says that something changed."""
        return self.has_long_run or self.has_few_crossings


def run_chart(values: Sequence[Decimal]) -> RunChart | None:
    """The chart of values in order of time; None below ten useful points, which allow no verdict."""
    if len(values) < FEWEST_FOR_VERDICT:
        return None
    middle = median(values)
    sides = [value > middle for value in values if value != middle]
    if len(sides) < FEWEST_FOR_VERDICT:
        return None
    runs = [len(list(run)) for _side, run in groupby(sides)]
    return RunChart(middle, len(sides), max(runs), len(runs) - 1)


def longest_usual_run(useful: int) -> int:
    """round(log2 n + 3), in whole numbers: the square of n says on which side of a half log2 n lies."""
    return (useful * useful).bit_length() // 2 + 3


def fewest_usual_crossings(useful: int) -> int:
    """The lower 5 % point of Binomial(n - 1, 1/2): the smallest number with at least 5 % at or below it."""
    throws, below = useful - 1, 0
    for crossings in range(useful):
        below += comb(throws, crossings)
        if ONE_IN * below >= 2**throws:
            return crossings
    raise ValueError("A run chart has at least one point.")
