"""When a goal is to be reviewed: its date has come, or two readings in a row were off track (R-G9)."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goals.models import Goal
from metrics.rules.figure import Figures
from metrics.rules.progress import Course, Standing, judge
from metrics.rules.series import Point

IN_A_ROW = 2
# A goal is looked at every six months unless a review says otherwise.


class Why(StrEnum):
    """Why a review is due."""

    OFF_TRACK = "off_track"
    DATE = "date"


@dataclass(frozen=True)
class ReviewDue:
    """A review that is due; ``since`` is its date, or the end of the second period off track."""

    why: Why
    since: date


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


def review_due(*, state: str, off_track_on: date | None, next_review_on: date | None, today: date) -> ReviewDue | None:
    """Whether a goal of a state is to be reviewed today; only goals at work are."""
    if state not in (Goal.State.ADOPTED, Goal.State.ACTIVE, Goal.State.UNDER_REVIEW):
        return None
    if off_track_on is not None:
        return ReviewDue(Why.OFF_TRACK, off_track_on)
    if next_review_on is not None and next_review_on <= today:
        return ReviewDue(Why.DATE, next_review_on)
    return None


def next_review_after(day: date, *, months: int) -> date:
    """So many months after a day, the last of the month where that has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
