"""How fast a value has changed before."""

from collections.abc import Sequence
from decimal import Decimal

from metrics.rules.series import Point, known

DAYS_OF_YEAR = 365
# A value a few days short of a year after another still tells of a year.
SHORTEST_YEAR = 350


def best_year(points: Sequence[Point], *, wants_increase: bool) -> Decimal | None:
    """The largest change in the wanted direction over a year or more, per year; None without a year of values.

    Zero when the value never moved the wanted way. Points in the order of their periods (domain 4.4, A2).
    """
    values = [(point.period.ends_on, point.value) for point in known(points) if point.value is not None]
    sign = 1 if wants_increase else -1
    rates = [
        sign * (after - before) * DAYS_OF_YEAR / (later - first).days
        for at, (first, before) in enumerate(values)
        for later, after in values[at + 1 :]
        if (later - first).days >= SHORTEST_YEAR
    ]
    return max(Decimal(0), *rates) if rates else None
