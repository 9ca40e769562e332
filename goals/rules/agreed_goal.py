"""Which goals an agreement names, and whether one of them is another since."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from goals.rules.goal import VERSIONED

SHORTEST_TITLE = 8


def is_named(text: str, *, sentences: Iterable[str], titles: Iterable[str]) -> bool:
    """Whether a text names a goal: by its whole sentence, or by its title of at least eight letters as whole words."""
    if any(sentence and sentence in text for sentence in sentences):
        return True
    long_enough = (title for title in titles if len(title) >= SHORTEST_TITLE)
    return any(re.search(rf"(?<!\w){re.escape(title)}(?!\w)", text, re.IGNORECASE) for title in long_enough)


def is_another(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether the commitment changed: what asks for a new version of a goal (R-G3), not its title or first day."""
    return any((before.get(name) or "") != (now.get(name) or "") for name in VERSIONED)
