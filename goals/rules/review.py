"""When a goal is to be reviewed: its date has come, or two readings in a row were off track (R-G9)."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goals.models import Goal
from goals.rules.milestone import WayPoint, judge_steps
from metrics.models import Indicator
from metrics.rules.figure import Figures
from metrics.rules.period import Period, last_complete_period, period_before
from metrics.rules.progress import Course, Standing, judge
from metrics.rules.series import Point

IN_A_ROW = 2
Frequency = Indicator.Frequency


class Why(StrEnum):
    """Why a review is due."""

    OFF_TRACK = "off_track"
    DATE = "date"


@dataclass(frozen=True)
class ReviewDue:
    """A review that is due; ``since`` is its date, or the end of the second period off track.

    ``is_by_steps``: what was off track are its milestones, not values.
    """

    why: Why
    since: date
    is_by_steps: bool = False


def off_track_since(
    course: Course | None, points: Sequence[Point], figures: Figures, *, reviewed_until: date | None = None
) -> date | None:
    """The end of the second of two readings off track in a row, the last two there are; None when they are not.

    Only readings after ``reviewed_until`` count. Each is judged as it stood at its own end, periods without a value
    are no readings.
    """
    if course is None:
        return None
    known = [
        point
        for point in points
        if point.value is not None and (reviewed_until is None or point.period.ends_on > reviewed_until)
    ]
    last = known[-IN_A_ROW:]
    standings = [judge(course, point, figures, today=point.period.ends_on).standing for point in last]
    is_forced = len(last) == IN_A_ROW and all(standing == Standing.OFF_TRACK for standing in standings)
    return last[-1].period.ends_on if is_forced else None


def last_readings(frequency: str | None, *, today: date) -> list[Period]:
    """The last two periods at whose ends a goal told by its milestones is read, the earlier first.

    Months where its indicator is measured every month, else quarters: milestones are seldom closer together.
    """
    rhythm = Frequency.MONTHLY if frequency == Frequency.MONTHLY else Frequency.QUARTERLY
    last = last_complete_period(today, rhythm)
    return [period_before(last, rhythm), last]


def steps_off_track_since(
    way_until: Callable[[date], Sequence[WayPoint]],
    readings: Sequence[Period],
    *,
    starts_on: date | None,
    reviewed_until: date | None = None,
) -> date | None:
    """As ``off_track_since`` for a goal told by its milestones; ``way_until`` is its way as it was known on a day.

    Each reading is the judgement at the end of a period, by what was due and reached by then. Readings before the goal
    began or up to ``reviewed_until`` do not count.
    """
    known = [
        period.ends_on
        for period in readings
        if (starts_on is None or period.ends_on >= starts_on)
        and (reviewed_until is None or period.ends_on > reviewed_until)
    ]
    standings = [judge_steps(way_until(day), today=day).standing for day in known]
    is_forced = len(known) == IN_A_ROW and all(standing == Standing.OFF_TRACK for standing in standings)
    return known[-1] if is_forced else None


def review_due(
    *, state: str, off_track_on: date | None, next_review_on: date | None, today: date, is_by_steps: bool = False
) -> ReviewDue | None:
    """Whether a goal of a state is to be reviewed today; only goals at work are."""
    if state not in (Goal.State.ADOPTED, Goal.State.ACTIVE, Goal.State.UNDER_REVIEW):
        return None
    if off_track_on is not None:
        return ReviewDue(Why.OFF_TRACK, off_track_on, is_by_steps)
    if next_review_on is not None and next_review_on <= today:
        return ReviewDue(Why.DATE, next_review_on)
    return None


def next_review_after(day: date, *, months: int) -> date:
    """So many months after a day, the last of the month where that has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
