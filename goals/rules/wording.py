"""Words of a goal: those nobody can observe, two goals in one (domain 4.4, S1 and S2), and what is but a slip."""

import re
from itertools import zip_longest

VAGUE = (
    "understand", "know", "raise awareness", "awareness", "promote", "improve", "support", "encourage", "foster",
    "strengthen", "capire", "conoscere", "sensibilizzare", "promuovere", "migliorare", "sostenere", "incoraggiare",
    "favorire", "rafforzare", "valorizzare",
)  # fmt: skip
VERBS_EN = frozenset(
    [
        "increase", "reduce", "open", "create", "build", "train", "help", "teach", "plant", "clean", "find", "offer",
        "reach", "raise", "bring", "start", "give", "make", "improve", "promote", "support", "strengthen", "foster",
        "encourage", "cut", "keep", "recruit", "develop", "organise", "provide", "visit", "repair", "involve",
    ]
)  # fmt: skip
JOINT = re.compile(r"\s+(?:and|e|ed)\s+", re.IGNORECASE)
SHORTEST_MISSPELT = 5
INFINITIVE_IT = re.compile(r"\w{2,}(?:are|ere|ire|arsi|ersi|irsi)", re.IGNORECASE)


def vague_verb_in(title: str) -> str:
    """The first word of a title that names nothing anybody could observe; empty when there is none."""
    text = title.casefold()
    return next((word for word in VAGUE if re.search(rf"\b{word}\b", text)), "")


def has_two_verbs(title: str) -> bool:
    """Whether joining words stand between two verbs that each begin a part: "open a desk and train volunteers"."""
    parts = JOINT.split(title)
    return sum(_begins_with_verb(part) for part in parts) > 1


def _begins_with_verb(part: str) -> bool:
    first = part.strip().split(" ", 1)[0]
    return first.casefold() in VERBS_EN or INFINITIVE_IT.fullmatch(first) is not None


def is_slip(before: str, after: str) -> bool:
    """Whether a text differs from another by slips of the pen alone: capitals, marks, spaces, a letter inside a word.

    A word of five letters or more may lack, have too many or have swapped one letter between its first and its last:
    those tell "bambini" from "bambine". Another number, another word, and words that come or go are no slips.
    """
    words = [re.findall(r"\w+", text.casefold()) for text in (before, after)]
    if not words[0] or not words[1]:
        return False
    return all(one == other or _is_misspelt(one, other) for one, other in zip_longest(*words, fillvalue=""))


def _is_misspelt(one: str, other: str) -> bool:
    """Whether two words are one letter apart, inside."""
    short, long = sorted((one, other), key=len)
    if len(long) < SHORTEST_MISSPELT or not (one + other).isalpha() or one[0] != other[0] or one[-1] != other[-1]:
        return False
    at = next((place for place in range(len(short)) if short[place] != long[place]), len(short) - 1)
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    is_swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return is_swapped or short[at + 1 :] == long[at + 1 :]
