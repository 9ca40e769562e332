"""How long a survey takes, before anybody tried (domain 7.5)."""

from collections.abc import Sequence
from math import ceil

from engagement.rules.survey_form import CLOSED, Asked, Kind

# Seconds to read a question and think, for each word and choice to read, and to write.
THINKING: dict[str, float] = {
    Kind.SINGLE: 5,
    Kind.MULTI: 8,
    Kind.RATING: 5,
    Kind.SCALE: 6,
    Kind.YES_NO: 4,
    Kind.NUMBER: 8,
    Kind.SHORT: 15,
    Kind.LONG: 60,
    Kind.RANKING: 25,
    Kind.SECTION: 1,
}
PER_WORD = 0.35
PER_CHOICE = 0.8
# The notice, age and agreement.
BEFORE_SENDING = 25
TOO_LONG = 12


def estimated_minutes(questions: Sequence[Asked]) -> int:
    """Whole minutes, rounded up, for somebody who is asked everything; 0 without questions."""
    if not questions:
        return 0
    return max(ceil((BEFORE_SENDING + sum(map(_seconds, questions))) / 60), 1)


def _seconds(question: Asked) -> float:
    words = max(
        len(f"{question.text_en} {question.help_en}".split()), len(f"{question.text_it} {question.help_it}".split())
    )
    choices = len(question.choices) if question.kind in CLOSED else 0
    return THINKING[question.kind] + PER_WORD * words + PER_CHOICE * choices
