"""The same people before and after, typed or pasted as a list: only how many are better is kept (domain 8.3, 14.6)."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from metrics.models import Indicator
from metrics.rules.measurement import parse_figure
from metrics.rules.statistics.matched import matched
from metrics.rules.statistics.words import matched_words

MOST_PEOPLE = 2000
LONGEST_NOTE = 500
# What a cell of somebody who was not there says.
EMPTY = {"", "-", "–", "—"}  # noqa: RUF001 - dashes people type
type Pair = tuple[Decimal | None, Decimal | None]


def parse_pairs(text: str, language: str) -> list[Pair]:
    """One person a line, the value before and the one after, apart by a semicolon, a tab or a space.

    A dash is somebody who was not measured then. Raises ValidationError naming the line that cannot be read, and for
    more than 2,000 lines.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > MOST_PEOPLE:
        raise ValidationError(_("At most %(number)s people at once.") % {"number": MOST_PEOPLE})
    return [_pair(number, line, language) for number, line in lines]


def _pair(number: int, line: str, language: str) -> Pair:
    apart = re.split(r"\s*[;\t]\s*" if re.search(r"[;\t]", line) else r"\s+", line.strip(" "))
    if len(apart) != 2:  # noqa: PLR2004 - before and after
        told = _("Line %(number)s: write two values, before and after, for example: 3; 5.")
        raise ValidationError(told % {"number": number})
    try:
        before, after = (None if cell.strip() in EMPTY else parse_figure(cell, language) for cell in apart)
    except ValidationError as error:
        told = _("Line %(number)s: %(error)s")
        raise ValidationError(told % {"number": number, "error": error.messages[0]}) from error
    return before, after


def can_count_pairs(*, unit: str, wants_increase: bool) -> bool:
    """Whether a value may come from a list of people: a share of those who are better."""
    return unit == Indicator.Unit.PERCENT and wants_increase


def value_of_pairs(pairs: Sequence[Pair], *, more_is_better: bool, note: str, language: str) -> dict[str, Any]:
    """Those who are better out of all measured both times, and the counts before the remark.

    Raises ValidationError where nobody was measured both times.
    """
    found = matched(pairs, wants_increase=more_is_better)
    if not found.people:
        raise ValidationError(_("Nobody in the list was measured both times."))
    said = matched_words(found).in_language(language)
    return {
        "numerator": Decimal(found.better),
        "denominator": Decimal(found.people),
        "note": f"{said} {note}".strip()[:LONGEST_NOTE],
    }
