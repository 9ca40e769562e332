"""The numbers behind a chart as a table: each period's total, of how many partners it is made, what stands beside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from metrics.rules.figure import Figures, share_words
from metrics.rules.period import period_words
from metrics.rules.sentence import Sentence
from metrics.rules.series import Point

# Whoever answers alone is no part of a total.
FEWEST_FOR_TOTAL = 2
NOT_ADDED = Sentence("not added up", "non si sommano")


@dataclass(frozen=True)
class NumberTable:
    """Headings and cells, all in words."""

    columns: list[str]
    rows: list[list[str]]


def partners_words(reported: int, expected: int, language: str) -> str:
    """``1 of 2``; empty where fewer than two partners are expected."""
    return share_words(Decimal(reported), Decimal(expected), language) if expected >= FEWEST_FOR_TOTAL else ""


def total_words(point: Point, figures: Figures, language: str) -> str:
    """A period's value; why there is none, or that those of several partners make no single number (R-I2)."""
    if point.value is None and point.reported:
        return NOT_ADDED.in_language(language)
    if point.value is None and point.missing_reason:
        return point.missing_reason
    parts = {"numerator": point.numerator, "denominator": point.denominator}
    return figures.words(point.value, language, **parts, in_table=True)


def begins_new_meaning(points: Sequence[Point]) -> list[bool]:
    """For each point whether what is measured, or how, was changed since the one before (R-I1, R-E22)."""
    return [False, *(after.is_apart or after.version != before.version for before, after in pairwise(points))][
        : len(points)
    ]


def _agreed_words(value: Decimal | None, figures: Figures, language: str) -> str:
    return "" if value is None else figures.bare(value, language)


def number_table(
    points: Sequence[Point],
    figures: Figures,
    language: str,
    *,
    behind: Callable[[Point], str] = lambda _point: "",
    happened: Callable[[Point], str] = lambda _point: "",
    agreed: Callable[[Point], Decimal | None] = lambda _point: None,
) -> NumberTable:
    """The table of a series, in the language at work; a column nobody has anything to say in is left out.

    ``behind`` stands behind a value, ``happened`` beside it; ``agreed`` is what was agreed for the end of the period
    on the way to the target.
    """
    columns = [_("Period"), _("Value"), _("Expected on the way"), _("Partners who reported"), _("What happened")]
    rows = [
        [
            period_words(point.period, language),
            f"{total_words(point, figures, language)}{behind(point)}",
            _agreed_words(agreed(point), figures, language),
            partners_words(point.reported, point.expected, language),
            "; ".join(filter(None, (_("New meaning") if is_new else "", happened(point)))),
        ]
        for point, is_new in zip(points, begins_new_meaning(points), strict=True)
    ]
    kept = [at for at in range(len(columns)) if at < 2 or any(row[at] for row in rows)]  # noqa: PLR2004 - period and value
    return NumberTable([columns[at] for at in kept], [[row[at] for at in kept] for row in rows])
