"""Words that ask for help today, not within ten working days (R-E6)."""

import re
from collections.abc import Collection

from core.rules.text import mask_for_search

# Two signs are a word in Chinese and Japanese.
SHORTEST = 2
# Beginnings of words, without accents; whole words end in "$". English and Italian, because people mix them.
_BEGINNINGS = (
    "danger", "emergenc", "violen", "abus", "assault", "attack", "rape", "raping", "weapon", "knife$", "gun$", "guns$",
    "threat", "suicid", "kill", "harass", "stalk", "beaten", "beats$", "beating", "neglect", "fire$", "gas leak",
    "child abuse", "child alone", "children alone", "missing child", "unsafe child", "hurt$", "bleeding",
    "pericol", "emergenza", "emergenze", "aggress", "aggred", "stupr", "molest", "maltratt", "picchia", "percoss",
    "minacc", "armat", "coltell", "pistol", "suicidi", "uccid", "ammazz", "incendio", "fuga di gas", "ferit",
    "bambino solo", "bambina sola", "bambini soli", "minore solo", "minori soli", "botte$", "aiuto subito",
)  # fmt: skip
_URGENT = re.compile(r"\b(?:" + "|".join(re.escape(word).replace(r"\$", r"\b") for word in _BEGINNINGS) + ")")


def sounds_urgent(text: str, own: Collection[str] = ()) -> bool:
    """Whether a message speaks of danger, violence or a child at risk. Rather once too often than once too rarely.

    ``own`` are words a space knows besides, in languages we do not; they are found anywhere, also inside a word.
    """
    masked = mask_for_search(text)
    return _URGENT.search(masked) is not None or any(word in masked for word in own)


def urgent_words_in(text: str) -> list[str]:
    """The words of a setting as they are looked for, one on each line; too short ones would be in every message."""
    return [word for line in text.splitlines() if len(word := mask_for_search(line)) >= SHORTEST]
