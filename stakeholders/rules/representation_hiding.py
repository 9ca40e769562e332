"""Which counts of people may be told, so that nobody's answer can be worked out (R-S9, R-D8, PRI-07).

What is promised: whoever knows everything that is shown, this rule, and even one of the answers (their own), finds at
least two possible values for every count that is not shown. Pages, downloads, the API and charts all show the outcome
of ``told``, so there is no other view to subtract from.

What is out of reach: the difference between two audits. Where one person joins a body between two of them, two honest
pictures may tell what that person said; so may counts that somebody types, looks at and corrects. And people who put
their answers together, or somebody who answers with many slips, know more than one answer.

Hiding the counts from 1 to 4 is not enough where they can be got from the total: two of them that add up to 2 are 1
and 1. Then one count more is withheld. It is not the next smallest one, because choosing by size would itself tell
something: it is the one whose group is smallest in the community, which everybody may know. Where even that is not
enough, no count is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# Domain 14.1: counts below are not told, nor anything from fewer answers.
SMALLEST_TOLD = 5
# What is promised of every count that is not shown.
FEWEST_VALUES = 2


class Showing(StrEnum):
    """How a count is shown: as it is, as fewer than five (0 to 4), or not at all."""

    COUNT = "count"
    SMALL = "small"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Cell:
    """A count as it may be shown; ``count`` is None unless it is shown as it is."""

    showing: Showing
    count: int | None = None


SMALL, WITHHELD = Cell(Showing.SMALL), Cell(Showing.WITHHELD)


def told(counts: Sequence[int], populations: Sequence[int], *, smallest: int = SMALLEST_TOLD) -> tuple[Cell, ...]:
    """The counts of a body's groups as they may be shown beside their total, in the same order.

    ``populations`` are the sizes of the same groups in the community, ``smallest`` is the smallest count that is told.
    All are withheld from fewer answers than that. When all answers are the same, the group and an empty one are shown
    as any other such pair (domain 14.1).
    """
    total = sum(counts)
    small = {place for place, count in enumerate(counts) if 0 < count < smallest}
    large = [place for place, count in enumerate(counts) if count >= smallest]
    if not total or (not small and len(large) > 1):
        return tuple(Cell(Showing.COUNT, count) for count in counts)
    if total < smallest or len(small) == len(counts):
        return (WITHHELD,) * len(counts)
    hidden = sum(counts[place] for place in small)
    if small and hidden not in _telling_sums(len(small), smallest):
        return _shown(counts, small=small)
    return _with_one_withheld(counts, populations, small=small, hidden=hidden, smallest=smallest)


def _with_one_withheld(
    counts: Sequence[int], populations: Sequence[int], *, small: set[int], hidden: int, smallest: int
) -> tuple[Cell, ...]:
    # One more than a count that is told: the one withheld needs room for other values.
    roomy = [place for place, count in enumerate(counts) if count > smallest]
    if not roomy:
        return (WITHHELD,) * len(counts)
    withheld = min(roomy, key=lambda place: (populations[place], place))
    together = hidden + counts[withheld]
    possible = [one for one in _telling_sums(len(small) or 1, smallest) if together - one > smallest]
    if len(possible) < FEWEST_VALUES:
        return (WITHHELD,) * len(counts)
    if not small:
        empty = [place for place, count in enumerate(counts) if not count]
        small = {max(empty, key=lambda place: (populations[place], place))}
    return _shown(counts, small=small, withheld=withheld)


def _telling_sums(cells: int, smallest: int) -> set[int]:
    """Sums of so many small counts that leave a count one value, and those beside, to stand among."""
    most = cells * (smallest - 1)
    return {cells, cells + 1, most - 1, most}


def _shown(counts: Sequence[int], *, small: set[int], withheld: int | None = None) -> tuple[Cell, ...]:
    return tuple(
        SMALL if place in small else WITHHELD if place == withheld else Cell(Showing.COUNT, count)
        for place, count in enumerate(counts)
    )
