"""Values that swing with the year: a month is compared with the same month of last year first (domain 14.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from metrics.rules.statistics.run_chart import RunChart, run_chart

type Dated = tuple[date, Decimal]


@dataclass(frozen=True)
class YearOnYear:
    """A value beside the one of the same time a year before, each with the last day of its period."""

    now: Dated
    before: Dated

    @property
    def difference(self) -> Decimal:
        """How much more it is now."""
        return self.now[1] - self.before[1]


def year_on_year(series: Sequence[Dated]) -> YearOnYear | None:
    """The last value beside that of a year before; None when that one is missing. Periods are known by their end."""
    if not series:
        return None
    last = max(series)
    wanted = (last[0].year - 1, last[0].month)
    before = max((point for point in series if (point[0].year, point[0].month) == wanted), default=None)
    return YearOnYear(last, before) if before else None


def same_time_of_year(series: Sequence[Dated]) -> list[Dated]:
    """The values of the time of year the last one is from, oldest first: those that can be compared."""
    if not series:
        return []
    month = max(series)[0].month
    return sorted(point for point in series if point[0].month == month)


def seasonal_run_chart(series: Sequence[Dated]) -> RunChart | None:
    """The run chart of what can be compared over the years; None below ten useful points, as always."""
    return run_chart([value for _day, value in same_time_of_year(series)])
