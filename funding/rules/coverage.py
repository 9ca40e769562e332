"""What covers a need, and what is missing (R-F14, R-F15).

Secured cash and accepted gifts in kind stand side by side and are never one figure; what is only expected is weighted
by its probability, shown apart, and covers nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

IN_KIND = "in_kind"
EXPECTED, SECURED, LOST = "expected", "secured", "lost"
WHOLE = 100


@dataclass(frozen=True)
class Means:
    """One source, as far as coverage asks: its kind, status, amount or value in cents, and chance in per cent."""

    kind: str
    status: str
    amount_cents: int
    probability_percent: int
    currency: str


@dataclass(frozen=True)
class Columns:
    """Cash and in-kind in cents, never added up."""

    cash_cents: int
    in_kind_cents: int


@dataclass(frozen=True)
class Coverage:
    """How far a need is covered; all figures in cents of one currency.

    ``missing_cents`` is None when nobody has said what is needed. ``left_out`` counts sources in other currencies.
    """

    currency: str
    need_cents: int | None
    secured: Columns
    expected: Columns
    weighted: Columns
    missing_cents: int | None
    left_out: int

    @property
    def is_covered(self) -> bool:
        """Whether nothing is missing."""
        return self.missing_cents == 0


def weighted_cents(amount_cents: int, probability_percent: int) -> int:
    """An expected amount times its chance, to the nearest cent."""
    return (amount_cents * probability_percent + WHOLE // 2) // WHOLE


def columns_of(sources: Iterable[Means], status: str) -> Columns:
    """The two totals of one status; the sources must share a currency."""
    chosen = [source for source in sources if source.status == status]
    return Columns(
        sum(source.amount_cents for source in chosen if source.kind != IN_KIND),
        sum(source.amount_cents for source in chosen if source.kind == IN_KIND),
    )


def weighted_columns(sources: Iterable[Means]) -> Columns:
    """The two probability-weighted totals of what is expected, rounded once at the end (domain 14.10)."""
    chosen = [source for source in sources if source.status == EXPECTED]

    def total(*, in_kind: bool) -> int:
        parts = (s.amount_cents * s.probability_percent for s in chosen if (s.kind == IN_KIND) == in_kind)
        return (sum(parts) + WHOLE // 2) // WHOLE

    return Columns(total(in_kind=False), total(in_kind=True))


def coverage_of(need_cents: int | None, sources: Iterable[Means], *, currency: str) -> Coverage:
    """The coverage of a need; sources in another currency are counted, not converted."""
    everything = list(sources)
    same = [source for source in everything if source.currency == currency]
    secured = columns_of(same, SECURED)
    missing = None if need_cents is None else max(0, need_cents - secured.cash_cents - secured.in_kind_cents)
    return Coverage(
        currency=currency,
        need_cents=need_cents,
        secured=secured,
        expected=columns_of(same, EXPECTED),
        weighted=weighted_columns(same),
        missing_cents=missing,
        left_out=len(everything) - len(same),
    )
