"""Numbers beside the answers on paper, and reading them back: digits and tab are enough to key a sheet in."""

import re
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from engagement.rules.survey_answer import Given
from engagement.rules.survey_form import IN_WORDS, ORDERED, Asked, Choice, Kind, Meaning

# The same on every question, so that they are known by heart.
DONT_KNOW_KEY, PREFER_NOT_KEY = "88", "99"
_SETS_APART = re.compile(r"[\s,;.+-]+")


def keys_of(question: Asked) -> list[tuple[str, Choice]]:
    """The number beside each answer: steps of a scale are their own, others are counted from 1."""
    found = []
    place = 0
    for choice in question.choices:
        if choice.meaning == Meaning.DONT_KNOW:
            found.append((DONT_KNOW_KEY, choice))
        elif choice.meaning == Meaning.PREFER_NOT:
            found.append((PREFER_NOT_KEY, choice))
        elif question.kind in ORDERED:
            found.append((choice.code, choice))
        else:
            place += 1
            found.append((str(place), choice))
    return found


def given_by_keys(question: Asked, typed: str) -> Given:
    """What was keyed in for a question. Raises ValueError naming a number that stands beside no answer."""
    text = typed.strip()
    if not text:
        return Given()
    if question.kind in IN_WORDS:
        return Given(text=text)
    if question.kind == Kind.NUMBER:
        try:
            return Given(number=Decimal(text.replace(",", ".")))
        except ArithmeticError as error:
            raise ValueError(_("Write a number.")) from error
    known = {key: choice.code for key, choice in keys_of(question)}
    keys = _keys(text, known)
    if unknown := [key for key in keys if key not in known]:
        raise ValueError(_("No answer has the number %(key)s.") % {"key": ", ".join(unknown)[:40]})
    return Given(codes=tuple(known[key] for key in keys))


def _keys(text: str, known: Sequence[str] | dict[str, str]) -> list[str]:
    return [text] if text in known else [key for key in _SETS_APART.split(text) if key]
