"""How far a value has come, how far it should have come, and the words for it (R-G4, R-G5, R-G6)."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metrics.models import Indicator
from metrics.rules.dates import at_date_it, by_date_it, date_words
from metrics.rules.figure import WHOLE, Figures
from metrics.rules.period import Period, period_words
from metrics.rules.sentence import Sentence
from metrics.rules.series import Point

ON_TRACK_FROM = Decimal("0.9")
AT_RISK_FROM = Decimal("0.6")
TOO_EARLY_BELOW = Decimal("0.2")
# A value to be kept may miss its mark by this share before it is off track.
TOLERANCE = Decimal("0.1")


class Standing(StrEnum):
    """Where a value stands against its target (R-G5)."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    TOO_EARLY = "too_early"
    DATA_OVERDUE = "data_overdue"
    NO_BASELINE = "no_baseline"

    @property
    def label(self) -> str | Promise:
        """The word on the badge."""
        return LABELS[self]

    @property
    def tone(self) -> str:
        """The badge's tone."""
        return TONES[self]


LABELS: dict[Standing, str | Promise] = {
    Standing.ON_TRACK: _("On track"),
    Standing.AT_RISK: _("At risk"),
    Standing.OFF_TRACK: _("Off track"),
    Standing.TOO_EARLY: _("Too early to say"),
    Standing.DATA_OVERDUE: _("Value overdue"),
    Standing.NO_BASELINE: _("No baseline yet"),
}
TONES = {
    Standing.ON_TRACK: "ok",
    Standing.AT_RISK: "soon",
    Standing.OFF_TRACK: "late",
    Standing.TOO_EARLY: "idle",
    Standing.DATA_OVERDUE: "late",
    Standing.NO_BASELINE: "draft",
}


@dataclass(frozen=True)
class Course:
    """What is to be reached: from a baseline to a target between two dates. ``is_kept``: stay at the target.

    ``path`` are the values expected on days between, where the way is not a straight line.
    """

    baseline: Decimal | None
    target: Decimal
    starts_on: date
    ends_on: date
    wants_increase: bool = True
    is_kept: bool = False
    baseline_due_on: date | None = None
    path: tuple[tuple[date, Decimal], ...] = ()


@dataclass(frozen=True)
class Judgement:
    """A standing with its reason, and progress as a share: 0 at the baseline, 1 at the target, not clipped."""

    standing: Standing
    reason: Sentence
    progress: Decimal | None = None
    expected: Decimal | None = None


def progress_share(*, baseline: Decimal, latest: Decimal, target: Decimal) -> Decimal | None:
    """(latest - baseline) / (target - baseline), not clipped (R-G4); None when the two are the same."""
    return None if target == baseline else (latest - baseline) / (target - baseline)


def elapsed_share(course: Course, day: date) -> Decimal:
    """The share of the time that has passed on a day, from 0 to 1."""
    whole = max((course.ends_on - course.starts_on).days, 1)
    return min(max(Decimal((day - course.starts_on).days) / whole, Decimal(0)), Decimal(1))


def value_on_the_way(course: Course, day: date) -> Decimal | None:
    """The value agreed for a day, between those agreed for milestones; None where the way is a straight line."""
    if not course.path or course.baseline is None:
        return None
    between = sorted(point for point in course.path if course.starts_on < point[0] < course.ends_on)
    points = [(course.starts_on, course.baseline), *between, (course.ends_on, course.target)]
    day = min(max(day, course.starts_on), course.ends_on)
    (begin, first), (end, last) = next(pair for pair in pairwise(points) if day <= pair[1][0])
    return first + (last - first) * (day - begin).days / max((end - begin).days, 1)


def expected_share(course: Course, day: date) -> Decimal:
    """The share of the way that should lie behind on a day: a straight line, or along the path there is (R-G5)."""
    elapsed, value = elapsed_share(course, day), value_on_the_way(course, day)
    if value is None or course.baseline is None:
        return elapsed
    share = progress_share(baseline=course.baseline, latest=value, target=course.target)
    return elapsed if share is None else share


def judge(
    course: Course, latest: Point | None, figures: Figures, *, today: date, missing: Period | None = None
) -> Judgement:
    """Where a course stands today.

    ``latest`` is the last known point, ``missing`` the first period whose value is late, if any. The expected value
    is that of the day of the latest value, so like is compared with like.
    """
    if course.baseline is None and not course.is_kept:
        return Judgement(Standing.NO_BASELINE, _no_baseline(course))
    share = None if latest is None else _progress(course, latest)
    if missing is not None and missing.is_late(today):
        return Judgement(Standing.DATA_OVERDUE, _overdue(missing), share)
    if latest is None or latest.value is None:
        return Judgement(Standing.TOO_EARLY, Sentence("There is no value yet.", "Non c'è ancora un valore."))
    if course.is_kept:
        return _judge_kept(course, latest, figures)
    elapsed, expected = (share_of(course, latest.period.ends_on) for share_of in (elapsed_share, expected_share))
    if elapsed < TOO_EARLY_BELOW:
        return Judgement(Standing.TOO_EARLY, _too_early(elapsed), share, expected)
    # The baseline is the target already: there is nothing left to measure progress against.
    reached = share if share is not None else Decimal(1)
    return Judgement(standing_against(reached, expected), _compared(course, latest, expected, figures), share, expected)


def _progress(course: Course, latest: Point) -> Decimal | None:
    if course.baseline is None or latest.value is None:
        return None
    return progress_share(baseline=course.baseline, latest=latest.value, target=course.target)


def standing_against(share: Decimal, expected: Decimal) -> Standing:
    """How a share of the way compares with the one expected (R-G5)."""
    if share >= ON_TRACK_FROM * expected:
        return Standing.ON_TRACK
    return Standing.AT_RISK if share >= AT_RISK_FROM * expected else Standing.OFF_TRACK


def _judge_kept(course: Course, latest: Point, figures: Figures) -> Judgement:
    value = latest.value if latest.value is not None else course.target
    short = course.target - value if course.wants_increase else value - course.target
    if short <= 0:
        standing = Standing.ON_TRACK
    else:
        standing = Standing.AT_RISK if short <= TOLERANCE * abs(course.target) else Standing.OFF_TRACK
    now, aim = _point(latest, figures), figures.said(course.target)
    day = latest.period.ends_on
    reason = Sentence(
        f"Latest value: {now.text_en} ({date_words(day, 'en')}). To be kept: {aim.text_en}.",
        f"Ultimo valore: {now.text_it} ({date_words(day, 'it')}). Da mantenere: {aim.text_it}.",
    )
    return Judgement(standing, reason)


def _compared(course: Course, latest: Point, expected: Decimal, figures: Figures) -> Sentence:
    start = course.baseline if course.baseline is not None else Decimal(0)
    by_then = start + expected * (course.target - start)
    if figures.unit in WHOLE:
        by_then = by_then.to_integral_value()
    elif figures.unit != Indicator.Unit.PERCENT:
        # No finer than the figures it lies between.
        by_then = by_then.quantize(Decimal(1).scaleb(-_decimals(start, course.target, latest.value or start)))
    now, aim = _point(latest, figures), figures.said(by_then)
    day = latest.period.ends_on
    return Sentence(
        f"Latest value: {now.text_en} ({date_words(day, 'en')}). Expected by then: {aim.text_en}.",
        f"Ultimo valore: {now.text_it} ({date_words(day, 'it')}). Previsto a quella data: {aim.text_it}.",
    )


def _decimals(*values: Decimal) -> int:
    """How many decimals the most exact of some values has."""
    return max(max(-int(value.normalize().as_tuple().exponent), 0) for value in values)


def _point(point: Point, figures: Figures) -> Sentence:
    return figures.said(point.value, numerator=point.numerator, denominator=point.denominator)


def _no_baseline(course: Course) -> Sentence:
    if course.baseline_due_on is None:
        return Sentence("The starting value has not been measured.", "Il valore di partenza non è stato rilevato.")
    return Sentence(
        f"The starting value is to be measured by {date_words(course.baseline_due_on, 'en')}.",
        f"Il valore di partenza va rilevato {by_date_it(course.baseline_due_on)}.",
    )


def _overdue(missing: Period) -> Sentence:
    return Sentence(
        f"The value for {period_words(missing, 'en')} was expected by {date_words(missing.due_on, 'en')}.",
        f"Il valore per {period_words(missing, 'it')} andava inserito {by_date_it(missing.due_on)}.",
    )


def _too_early(expected: Decimal) -> Sentence:
    percent = int(100 * expected)
    return Sentence(
        f"At the latest value {percent}\u00a0% of the time had passed: too early to judge.",
        f"All'ultima rilevazione era passato {article_it(str(percent))}{percent}\u00a0% del tempo: "
        "troppo presto per giudicare.",
    )


def finding(course: Course, latest: Point | None, figures: Figures) -> Sentence:
    """What a chart shows, for its caption: the latest value and how far it is from the target."""
    aim = figures.said(course.target)
    by = Sentence(
        f"Target: {aim.text_en} by {date_words(course.ends_on, 'en')}.",
        f"Valore atteso: {aim.text_it} {by_date_it(course.ends_on)}.",
    )
    if latest is None or latest.value is None:
        return Sentence("No measurement so far.", "Finora nessuna rilevazione.") + by
    now, day = _point(latest, figures), latest.period.ends_on
    left = course.target - latest.value if course.wants_increase else latest.value - course.target
    head = Sentence(f"{now.text_en} on {date_words(day, 'en')}", f"{now.text_it} {at_date_it(day)}")
    if left <= 0:
        return Sentence(f"{head.text_en}: the target is reached.", f"{head.text_it}: valore atteso raggiunto.") + by
    # The difference of the two figures as they are written: "48 %" is 7 points below "55 %".
    gap = abs(_written(course.target, figures) - _written(latest.value, figures))
    gap_en, gap_it = figures.difference(gap, "en"), figures.difference(gap, "it")
    side_en, side_it = ("below", "sotto") if course.wants_increase else ("above", "sopra")
    return Sentence(
        f"{head.text_en}: {gap_en} {side_en} the target of {aim.text_en}.",
        f"{head.text_it}: {gap_it} {side_it} il valore atteso ({aim.text_it}).",
    ) + Sentence(
        f"To be reached by {date_words(course.ends_on, 'en')}.", f"Da raggiungere {by_date_it(course.ends_on)}."
    )


def _written(value: Decimal, figures: Figures) -> Decimal:
    if figures.unit != Indicator.Unit.PERCENT:
        return value
    return value.quantize(Decimal(1).scaleb(-figures.percent_decimals), rounding=ROUND_HALF_UP)


def article_it(number: str) -> str:
    """The article before an Italian numeral in digits: ``il 22``, ``l'8``, ``lo 0`` (with the space it needs)."""
    whole = number.partition(",")[0]
    if whole == "0":
        return "lo "
    is_vowel = (
        whole.startswith("8") or whole in {"1", "11"} or (whole.startswith("11.") and len(whole) == len("11.000"))
    )
    return "l'" if is_vowel else "il "
