"""Words in a title that make a goal hard to see or hold two goals at once (domain 4.4, S1 and S2)."""

import re

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
