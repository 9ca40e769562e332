"""The periods an indicator is measured for, and when a value is late (R-I9)."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from metrics.models import Indicator
from metrics.rules.dates import MONTHS, date_words, month_label, month_words

MONTHS_IN = {
    Indicator.Frequency.MONTHLY: 1,
    Indicator.Frequency.QUARTERLY: 3,
    Indicator.Frequency.HALF_YEARLY: 6,
    Indicator.Frequency.YEARLY: 12,
}
# Days after the end of a period in which its value is expected.
LAG_DAYS = 30
# Keeps a mistyped year from asking for a thousand periods.
MOST_PERIODS = 240

MONTHS_OF_YEAR = 12
YEAR, WORD = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)"), re.compile(r"[^\W\d_]+")
YEAR_AND_MONTH = re.compile(r"\d{4}[-/](?P<month>\d{1,2})")
# Months by their first three letters, which are enough in both languages.
MONTH_NAMES = {name[:3].casefold(): at for names in MONTHS.values() for at, name in enumerate(names, start=1)}


@dataclass(frozen=True, order=True)
class Period:
    """From the first to the last day, both included; its value is due ``lag_days`` after it."""

    starts_on: date
    ends_on: date
    lag_days: int = field(default=LAG_DAYS, compare=False)

    @property
    def due_on(self) -> date:
        """The day by which the value should be there."""
        return self.ends_on + timedelta(days=self.lag_days)

    def is_late(self, today: date) -> bool:
        """Whether its value, not yet there, is overdue."""
        return today > self.due_on


def period_of(day: date, frequency: str) -> Period:
    """The calendar period a day lies in."""
    months = MONTHS_IN[Indicator.Frequency(frequency)]
    first = (day.month - 1) // months * months
    starts_on = date(day.year, first + 1, 1)
    return Period(starts_on, _month_after(starts_on, months) - timedelta(days=1))


def period_after(period: Period, frequency: str) -> Period:
    """The calendar period that follows."""
    return period_of(period.ends_on + timedelta(days=1), frequency)


def period_before(period: Period, frequency: str) -> Period:
    """The calendar period that precedes."""
    return period_of(period.starts_on - timedelta(days=1), frequency)


def latest_periods(today: date, frequency: str, *, count: int) -> list[Period]:
    """The calendar period that runs and those before it, so many in all, the earliest first."""
    found = [period_of(today, frequency)]
    while len(found) < count:
        found.append(period_before(found[-1], frequency))
    return found[::-1]


def last_complete_period(today: date, frequency: str) -> Period:
    """The latest calendar period that is over."""
    return period_of(period_of(today, frequency).starts_on - timedelta(days=1), frequency)


def period_to_report(frequency: str, *, last_reported: date | None, today: date) -> Period:
    """The period a person most likely has a value for: the one after the last reported, never one in the future."""
    latest = last_complete_period(today, frequency)
    if last_reported is None or last_reported < latest.starts_on - timedelta(days=1):
        return latest
    return min(period_of(last_reported + timedelta(days=1), frequency), period_of(today, frequency))


def periods_between(first: date, last: date, frequency: str) -> list[Period]:
    """The calendar periods from the one a day lies in to the one another lies in, at most 240."""
    found: list[Period] = []
    period = period_of(first, frequency)
    while period.starts_on <= last and len(found) < MOST_PERIODS:
        found.append(period)
        period = period_after(period, frequency)
    return found


def planned_measurements(starts_on: date, ends_on: date, frequency: str) -> int:
    """How many periods end within two dates."""
    return sum(starts_on < period.ends_on <= ends_on for period in periods_between(starts_on, ends_on, frequency))


def period_words(period: Period, language: str) -> str:
    """A month, a span of months or a year by name; else the two dates."""
    starts, ends = period.starts_on, period.ends_on
    whole_months = starts.day == 1 and (ends + timedelta(days=1)).day == 1
    if not whole_months:
        return f"{date_words(starts, language)} \u2013 {date_words(ends, language)}"
    if starts.year != ends.year:
        return f"{month_words(starts, language)} \u2013 {month_words(ends, language)}"
    if (starts.month, ends.month) == (1, 12):
        return str(starts.year)
    if starts.month == ends.month:
        return month_words(starts, language)
    return f"{month_words(starts, language).removesuffix(f' {starts.year}')} \u2013 {month_words(ends, language)}"


def period_named(text: str, frequency: str) -> Period | None:
    """The period of a name as people and lists write it: "2026-03", "March 2026", "gen-mar 2026", "2026".

    None for what names no month or year, and for a year where more is asked than once a year.
    """
    words = text.casefold()
    years = YEAR.findall(words)
    if len(years) != 1:
        return None
    year = int(years[0])
    if (match := YEAR_AND_MONTH.fullmatch(words.strip())) and 1 <= int(match["month"]) <= MONTHS_OF_YEAR:
        return period_of(date(year, int(match["month"]), 1), frequency)
    if words.strip() == years[0]:
        return period_of(date(year, 1, 1), frequency) if frequency == Indicator.Frequency.YEARLY else None
    named = [MONTH_NAMES.get(word[:3]) for word in WORD.findall(words)]
    months = [month for month in named if month is not None]
    if not months or len(months) < len(named):
        return None
    found = period_of(date(year, months[0], 1), frequency)
    return found if found.starts_on.month <= months[-1] <= found.ends_on.month else None


def period_label(ends_on: date, frequency: str, language: str) -> str:
    """A period as an axis shows it, by its last month; a year by its number."""
    if frequency == Indicator.Frequency.YEARLY and (ends_on.month, ends_on.day) == (12, 31):
        return str(ends_on.year)
    return month_label(ends_on, language)


def _month_after(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
