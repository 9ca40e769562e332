"""How far a share found in a random sample may be from that of all (domain 14.3 and 14.7).

For anybody else than a random sample there is no interval: who answered an open link speaks for themselves.
"""

from dataclasses import dataclass
from math import sqrt

Z = 1.96
# A sample above this share of everybody is sure of more than its size says.
LARGE_SHARE_OF_ALL = 0.05
FEWEST_FOR_DIFFERENCE = 20


@dataclass(frozen=True)
class Interval:
    """Two ends, as shares from 0 to 1 (a difference: from -1 to 1)."""

    low: float
    high: float


def proportion_interval(
    part: int, whole: int, *, is_random_sample: bool, population: int | None = None
) -> Interval | None:
    """The 95 % interval of a share; None unless it comes from a random sample of at least one.

    Raises ValueError for a part outside its whole and a sample larger than its ``population``.
    """
    if not is_random_sample or not whole:
        return None
    return wilson(part, whole, population=population)


def wilson(part: int, whole: int, *, population: int | None = None) -> Interval:
    """Wilson's score interval (1927).

    The factor for a finite population, sqrt((N - n) / (N - 1)) above 5 %, narrows the standard error wherever it
    stands, not the finished interval only: so whoever asked everybody gets the share itself.
    """
    if not 0 <= part <= whole or whole < 1:
        raise ValueError("The part lies between nothing and a whole of at least one.")
    share = part / whole
    spread = (Z * finite_factor(whole, population)) ** 2 / whole
    centre = (share + spread / 2) / (1 + spread)
    half = sqrt(spread * share * (1 - share) + spread**2 / 4) / (1 + spread)
    return Interval(max(centre - half, 0.0), min(centre + half, 1.0))


def finite_factor(sample: int, population: int | None) -> float:
    """By how much the standard error shrinks; 1 for an unknown or a much larger population."""
    if population is None:
        return 1.0
    if sample > population:
        raise ValueError("A sample is not larger than those it is drawn from.")
    if sample <= LARGE_SHARE_OF_ALL * population:
        return 1.0
    return sqrt((population - sample) / (population - 1)) if population > 1 else 0.0


def difference_interval(
    first: tuple[int, int], second: tuple[int, int], *, are_random_samples: bool
) -> Interval | None:
    """The 95 % interval of the second share minus the first, each as (part, whole).

    None unless both are random samples of at least 20: then only counts are told.
    """
    if not are_random_samples or min(first[1], second[1]) < FEWEST_FOR_DIFFERENCE:
        return None
    return newcombe(first, second)


def newcombe(first: tuple[int, int], second: tuple[int, int]) -> Interval:
    """Newcombe's hybrid score interval (1998, method 10) of the second share minus the first."""
    before, after = wilson(*first), wilson(*second)
    share_before, share_after = first[0] / first[1], second[0] / second[1]
    difference = share_after - share_before
    below = sqrt((share_after - after.low) ** 2 + (before.high - share_before) ** 2)
    above = sqrt((after.high - share_after) ** 2 + (share_before - before.low) ** 2)
    return Interval(difference - below, difference + above)
