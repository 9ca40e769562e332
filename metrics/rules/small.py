"""Totals so small that everybody is not told them (domain 14.1)."""

from decimal import Decimal

from metrics.models import Indicator
from metrics.rules.sentence import Sentence
from metrics.rules.series import Point
from metrics.rules.statistics.shares import FEWEST_FOR_PERCENT

# What counts people, or may.
COUNTED = (Indicator.Unit.COUNT, Indicator.Unit.UNIQUE_PEOPLE)


def is_small(
    value: Decimal | None,
    *,
    unit: str,
    smallest: int,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
) -> bool:
    """Whether a total would tell of fewer than ``smallest`` people; nothing and missing values tell of nobody.

    A percentage does where it is written as its two counts, and one of them or the rest is small.
    """
    if unit in COUNTED:
        return value is not None and 0 < value < smallest
    if unit != Indicator.Unit.PERCENT or numerator is None or denominator is None or denominator >= FEWEST_FOR_PERCENT:
        return False
    return any(0 < count < smallest for count in (numerator, denominator - numerator, denominator))


def is_small_point(point: Point, *, unit: str, smallest: int) -> bool:
    """Whether a period's value is small, or what it added to a running total."""
    parts = {"numerator": point.numerator, "denominator": point.denominator}
    return is_small(point.value, unit=unit, smallest=smallest, **parts) or is_small(
        point.own, unit=unit, smallest=smallest
    )


def fewer_than(smallest: int) -> Sentence:
    """What stands in the place of a small total."""
    return Sentence(f"fewer than {smallest}", f"meno di {smallest}")
