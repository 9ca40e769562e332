"""What a value found in a sample says of all: only a random one says how sure that is (domain 14.3, 14.6, 14.7).

Whoever answered an open link speaks for themselves: of them nothing is said here.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from metrics.models import Indicator, Measurement
from metrics.rules.figure import NBSP, number_words, percent_words, share_words
from metrics.rules.measurement import NOT_COUNTED
from metrics.rules.sentence import NOTHING, Sentence, said
from metrics.rules.series import Point, known, last_series
from metrics.rules.statistics.intervals import Interval, difference_interval, proportion_interval
from metrics.rules.statistics.matched import Matched, matched
from metrics.rules.statistics.shares import FEWEST_FOR_PERCENT, decimals_for
from metrics.rules.statistics.words import COUNTS_ONLY, before_after_words, change_words, interval_words

Sample = Indicator.Sample
# Whose values of two periods can be laid beside each other.
COMPARABLE = (Sample.RANDOM, Sample.EVERYBODY)
# Months and years are not all as long as the next.
MOST_DAYS_APART = 3
FEWEST_PARTNERS = 2
type Parts = tuple[int, int]


def parts_of(numerator: Decimal | None, denominator: Decimal | None) -> Parts | None:
    """A share as whole numbers; None where it is none, or not of whole cases."""
    if numerator is None or not denominator:
        return None
    is_whole = numerator == int(numerator) and denominator == int(denominator)
    return (int(numerator), int(denominator)) if is_whole and 0 <= numerator <= denominator else None


def interval_of(parts: Parts | None, *, unit: str, sample: str, population: int | None) -> Interval | None:
    """Between which shares that of all lies; None but for a percentage of a random sample of at least twenty."""
    if parts is None or unit != Indicator.Unit.PERCENT or parts[1] < FEWEST_FOR_PERCENT:
        return None
    size = max(population, parts[1]) if population else None
    return proportion_interval(*parts, is_random_sample=sample == Sample.RANDOM, population=size)


def sampled_sentence(points: Sequence[Point], *, unit: str, sample: str, population: int | None) -> Sentence:
    """How sure the last value is; nothing where no random sample says it."""
    values = known(points)
    parts = parts_of(values[-1].numerator, values[-1].denominator) if values else None
    found = interval_of(parts, unit=unit, sample=sample, population=population)
    if found is None or parts is None:
        return NOTHING
    low, high = (_percent(end, parts[1]) for end in (found.low, found.high))
    return interval_words(_number(parts[1]), low, high)


def before_after_sentence(points: Sequence[Point], *, unit: str, sample: str) -> Sentence:
    """The counts of the last two comparable periods, and for two random samples how far the change can be told."""
    two = last_two(points)
    if two is None or unit != Indicator.Unit.PERCENT or sample not in COMPARABLE or any(one.is_partial for one in two):
        return NOTHING
    before, now = (parts_of(one.numerator, one.denominator) for one in two)
    if before is None or now is None:
        return NOTHING
    counts = before_after_words(_share(before), _share(now))
    if sample != Sample.RANDOM:
        return counts
    found = difference_interval(before, now, are_random_samples=True)
    return counts + (change_words(_points(found.low), _points(found.high)) if found else COUNTS_ONLY)


def _number(count: int) -> Sentence:
    return said(lambda language: number_words(Decimal(count), language))


def _share(parts: Parts) -> Sentence:
    return said(lambda language: share_words(Decimal(parts[0]), Decimal(parts[1]), language))


def _percent(share: float, cases: int) -> Sentence:
    return said(lambda language: percent_words(Decimal(share * 100), language, decimals=decimals_for(cases)))


def _points(share: float) -> Sentence:
    """Whole points with their sign."""
    points = round(100 * share)
    sign = "+" if points > 0 else ""
    return said(lambda language: f"{sign}{number_words(Decimal(points), language)}")


def last_two(points: Sequence[Point]) -> tuple[Point, Point] | None:
    """The last two values that mean the same and cover times of the same length; None without two."""
    values = known(last_series(points))
    if len(values) < 2:  # noqa: PLR2004 - two
        return None
    before, now = values[-2:]
    lengths = [(one.period.ends_on - one.period.starts_on).days for one in (before, now)]
    return (before, now) if abs(lengths[0] - lengths[1]) <= MOST_DAYS_APART else None


def partners_matched(points: Sequence[Point], rows: Iterable[Measurement], *, wants_increase: bool) -> Matched | None:
    """How many partners stand better, the same and worse than in the period before; None below two that told both."""
    two = last_two(points)
    if two is None:
        return None
    told: dict[object, dict[object, Decimal | None]] = {}
    for row in rows:
        if row.member_id is not None and row.state not in NOT_COUNTED:
            told.setdefault(row.member_id, {})[row.period_starts_on, row.period_ends_on] = row.value
    days = [(one.period.starts_on, one.period.ends_on) for one in two]
    found = matched(
        ((values.get(days[0]), values.get(days[1])) for values in told.values()), wants_increase=wants_increase
    )
    return found if found.people >= FEWEST_PARTNERS else None


def interval_in_table(found: Interval, cases: int, language: str) -> str:
    """An interval behind its value, with as many decimals as so many cases allow."""
    low, high = (
        number_words(Decimal(end * 100), language, decimals=decimals_for(cases)) for end in (found.low, found.high)
    )
    return f" (95{NBSP}%: {low}–{high}{NBSP}%)"  # noqa: RUF001 - from to
