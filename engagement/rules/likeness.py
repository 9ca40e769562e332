"""Which messages may say the same: words in common, by their beginnings; a person decides (R-E9)."""

from collections.abc import Sequence

from core.rules.text import mask_for_search

# Shorter words say little; endings differ with number and gender.
SHORTEST_WORD, BEGINNING = 4, 5
FEWEST_IN_COMMON, LEAST_SHARE = 2, 0.3


def likeness(first: str, second: str) -> float:
    """From 0 to 1: the share of the shorter text's words that stand in the other too; 0 for a chance meeting."""
    one, other = _beginnings(first), _beginnings(second)
    common = len(one & other)
    return common / min(len(one), len(other)) if common >= FEWEST_IN_COMMON else 0.0


def most_alike[Key](text: str, others: Sequence[tuple[Key, str]], *, most: int) -> list[Key]:
    """The keys of those others that seem to say the same, the likest first."""
    found = [(likeness(text, said), key) for key, said in others]
    ranked = sorted((one for one in found if one[0] >= LEAST_SHARE), key=lambda one: -one[0])
    return [key for _share, key in ranked[:most]]


def _beginnings(text: str) -> set[str]:
    return {word[:BEGINNING] for word in mask_for_search(text).split() if len(word) >= SHORTEST_WORD}
