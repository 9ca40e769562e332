"""How many different people were reached, where several partners count the same ones (R-I2)."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from metrics.models import Indicator, Measurement, Overlap
from metrics.rules.measurement import NOT_COUNTED
from metrics.rules.period import Period
from metrics.rules.reporter import Asked, expected_of
from metrics.rules.sentence import Sentence
from metrics.rules.statistics.words import reported_words

FEWEST_PARTNERS = 2


@dataclass(frozen=True)
class Reach:
    """A period's people as its partners count them; ``unique`` is None until somebody says who overlaps."""

    period: Period
    values: tuple[int, ...]
    expected: int
    overlap: Overlap | None = None

    @property
    def plain_sum(self) -> int:
        """All partners' people, whoever was counted more than once more than once."""
        return sum(self.values)

    @property
    def unique(self) -> int | None:
        """Everybody once; None without a statement, or when a corrected value made it impossible."""
        if self.overlap is None or overlap_problems(self.overlap.people, self.overlap.surplus, self.values):
            return None
        return self.plain_sum - self.overlap.surplus

    @property
    def is_outdated(self) -> bool:
        """Whether values changed so that the statement cannot be true any more."""
        return self.overlap is not None and self.unique is None

    @property
    def reported(self) -> Sentence:
        """How many partners the sum is made of."""
        return reported_words(len(self.values), self.expected)


def reaches_of(
    measurements: Iterable[Measurement], overlaps: Iterable[Overlap], asked: Sequence[Asked] = ()
) -> list[Reach]:
    """The periods several partners counted people in, the newest first."""
    stated = {Period(one.period_starts_on, one.period_ends_on): one for one in overlaps}
    values: dict[Period, list[int]] = {}
    heard_of: set[uuid.UUID] = set()
    here: dict[Period, set[uuid.UUID]] = {}
    expected: dict[Period, int] = {}
    for row in sorted(measurements, key=lambda one: (one.period_ends_on, one.period_starts_on)):
        if row.state in NOT_COUNTED or row.member_id is None:
            continue
        heard_of.add(row.member_id)
        period = Period(row.period_starts_on, row.period_ends_on)
        here.setdefault(period, set()).add(row.member_id)
        expected[period] = len(expected_of(period.ends_on, heard_of, asked) | here[period])
        if row.value is not None:
            values.setdefault(period, []).append(int(row.value))
    found = [
        Reach(period, tuple(given), expected[period], stated.get(period))
        for period, given in values.items()
        if len(given) >= FEWEST_PARTNERS
    ]
    return sorted(found, key=lambda reach: (reach.period.ends_on, reach.period.starts_on), reverse=True)


def overlap_problems(people: int, surplus: int, values: Sequence[int]) -> dict[str, str]:
    """What stands against so many people having been counted too often, by field."""
    if surplus < people:
        return {"surplus": _("Each of them was counted at least once too often.")}
    if surplus > people * (len(values) - 1):
        return {"surplus": _("No more than once for each further partner.")}
    # Everybody a partner counts is one of the people reached.
    if sum(values) - surplus < max(values, default=0):
        return {"people": _("There cannot be so many: one partner alone counted more people than would be left.")}
    return {}


def checked_overlap(indicator: Indicator, people: int, surplus: int, values: Sequence[int]) -> None:
    """Refuse a statement that cannot be true; raises ValidationError by field."""
    if indicator.unit != Indicator.Unit.UNIQUE_PEOPLE:
        raise ValidationError(_("Only people, each counted once, can overlap."))
    if len(values) < FEWEST_PARTNERS:
        raise ValidationError({"period": _("Fewer than two partners reported for this period.")})
    if problems := overlap_problems(people, surplus, values):
        raise ValidationError(problems)


def reach_words(reach: Reach) -> Sentence:
    """The plain sum and, beside it, everybody once."""
    plain = Sentence(
        f"Added up over partners: {reach.plain_sum}. The same person may be counted more than once.",
        f"Somma dei partner: {reach.plain_sum}. La stessa persona può essere contata più di una volta.",
    )
    if reach.unique is None or reach.overlap is None:
        return plain
    both = Sentence(f"Everybody once: {reach.unique}.", f"Ogni persona una volta sola: {reach.unique}.")
    return both + plain
