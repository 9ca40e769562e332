"""Whom to call now: the numbers a space set, or those of the country (R-E6)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_NUMBERS = 8
_LINE = re.compile(r"^(\+?[0-9][0-9 ]{1,18}[0-9])\s+(\S.{0,118})$")


@dataclass(frozen=True)
class EmergencyNumber:
    """A number as it is shown, and whom it reaches."""

    number: str
    whom: str | Promise

    @property
    def dialled(self) -> str:
        """The number without spaces."""
        return self.number.replace(" ", "")


EUROPE = EmergencyNumber("112", _("emergencies, everywhere in Europe, day and night"))
_ITALY = (
    EUROPE,
    EmergencyNumber("114", _("children and young people in danger")),
    EmergencyNumber("1522", _("violence against women and stalking")),
)


class NumberUnreadableError(ValueError):
    """A line is not a number followed by whom it reaches; the text is the line."""


def numbers_in(text: str) -> list[EmergencyNumber]:
    """The numbers of a text, one on each line: ``112 everything urgent``. Raises NumberUnreadableError."""
    found: list[EmergencyNumber] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        match = _LINE.match(line)
        if match is None or len(found) == MOST_NUMBERS:
            raise NumberUnreadableError(line)
        found.append(EmergencyNumber(match[1], match[2]))
    return found


def usual_numbers(language: str) -> Sequence[EmergencyNumber]:
    """Those shown where a space set none: of Italy where it speaks Italian."""
    return _ITALY if language == "it" else (EUROPE,)
