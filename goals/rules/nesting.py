"""A goal made of parts: what each part weighs, and how far the whole has come (R-G4)."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from metrics.rules.sentence import Sentence

WHOLE = 100


@dataclass(frozen=True)
class Part:
    """A part's weight in per cent, and its progress as a share, not clipped; None where it is not known."""

    weight: int | None
    progress: Decimal | None


def weights_add_up(weights: Collection[int | None]) -> bool:
    """Whether every part has a weight and they add up to 100."""
    return bool(weights) and sum(weight or 0 for weight in weights) == WHOLE and None not in weights


def rolled_up(parts: Sequence[Part]) -> Decimal | None:
    """The weighted progress of all parts, each cut to 0 to 1.

    None while a weight or a value is missing: a part nobody measured is not a part without progress (R-I6).
    """
    if not weights_add_up([part.weight for part in parts]) or any(part.progress is None for part in parts):
        return None
    shares = (_cut(part.progress or Decimal(0)) * (part.weight or 0) for part in parts)
    return sum(shares, Decimal(0)) / WHOLE


def roll_up_sentence(parts: Sequence[Part]) -> Sentence:
    """How far the whole has come, or what is missing to say so."""
    if not parts:
        return Sentence("", "")
    if not weights_add_up([part.weight for part in parts]):
        total = sum(part.weight or 0 for part in parts)
        return Sentence(
            f"The weights add up to {total} %: they must make 100 % before the parts say anything of the whole.",
            f"I pesi sommano a {total} %: devono fare 100 % perché le parti dicano qualcosa dell'insieme.",
        )
    known = sum(part.progress is not None for part in parts)
    if known < len(parts):
        return Sentence(
            f"{known} of {len(parts)} parts have a value: too early to add them up.",
            f"{known} parti su {len(parts)} hanno un valore: è presto per metterle insieme.",
        )
    share = rolled_up(parts) or Decimal(0)
    percent = int((share * WHOLE).to_integral_value())
    return Sentence(
        f"Its parts together have come {percent} % of the way, by weight.",
        f"Le parti insieme sono al {percent} % del cammino, secondo il peso.",
    )


def is_below(goal_id: uuid.UUID, other_id: uuid.UUID, parents: Mapping[uuid.UUID, uuid.UUID | None]) -> bool:
    """Whether a goal stands somewhere below another; ``parents`` names each goal's parent."""
    at: uuid.UUID | None = parents.get(goal_id)
    seen: set[uuid.UUID] = set()
    while at is not None and at not in seen:
        if at == other_id:
            return True
        seen.add(at)
        at = parents.get(at)
    return False


def _cut(share: Decimal) -> Decimal:
    return min(max(share, Decimal(0)), Decimal(1))
