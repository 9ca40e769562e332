"""Which figure of a question an indicator takes, if any may be told."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from engagement.rules.survey_result import Wave, can_compare_waves, cell_of_part, is_same_wording
from metrics.models import Indicator

Unit = Indicator.Unit
COUNTS = frozenset({Unit.COUNT, Unit.UNIQUE_PEOPLE})
# What a number of people who chose an answer can be.
FED_UNITS = COUNTS | {Unit.PERCENT}
WRONG_UNIT = _("The indicator measures something else than a number or a percentage of people.")


class NotFedError(ValueError):
    """No figure can be given; the text says why."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))


@dataclass(frozen=True)
class Feed:
    """A value, or the two numbers of a percentage."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def feed_for(unit: str, *, chosen: Collection[frozenset[str]], counted: Collection[str], smallest: int) -> Feed:
    """How many of those who answered chose a code that counts, for an indicator of a unit.

    ``chosen`` are the codes of each person who answered. Raises NotFedError without codes that count, for a unit that
    a number of people is not, and for a number that is hidden because it is small: what a page hides is no value.
    """
    if not counted:
        raise NotFedError(_("Say at the question which answers count for the indicator."))
    if unit not in FED_UNITS:
        raise NotFedError(WRONG_UNIT)
    wanted = set(counted)
    part = sum(bool(wanted & codes) for codes in chosen)
    if cell_of_part(part, len(chosen), smallest=smallest).count is None:
        raise NotFedError(_("Too few people for a figure that everybody may see."))
    if unit == Unit.PERCENT:
        return Feed(numerator=Decimal(part), denominator=Decimal(len(chosen)))
    return Feed(value=Decimal(part))


def why_apart(before: Wave, now: Wave, *, is_same_count: bool) -> str:
    """Why the figures of one question in two surveys are not one series (R-E22); empty where they are.

    ``is_same_count``: whether the same answers count.
    """
    if not (verdict := can_compare_waves(before, now)):
        return str(verdict.reason)
    if not is_same_wording(before.questions[0], now.questions[0]):
        return _now("Asked in other words than the time before: not to be compared.")
    return "" if is_same_count else _now("Other answers count than the time before: not to be compared.")
