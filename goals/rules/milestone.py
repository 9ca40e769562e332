"""Where a milestone stands on a day (domain 4.2): planned, due soon, reached, late, reached late, dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.rules.membership import ALLOWED, Verdict
from goals.models import Goal
from metrics.rules import progress
from metrics.rules.progress import Judgement, standing_against
from metrics.rules.sentence import Sentence

SOON = timedelta(days=30)
SHORTEST_REASON = 10


class Standing(StrEnum):
    """Worked out from its dates, never stored."""

    PLANNED = "planned"
    DUE_SOON = "due_soon"
    REACHED = "reached"
    LATE = "late"
    REACHED_LATE = "reached_late"
    DROPPED = "dropped"

    @property
    def label(self) -> str | Promise:
        """The word on the badge."""
        return LABELS[self]

    @property
    def tone(self) -> str:
        """The badge's tone."""
        return TONES[self]


LABELS: dict[Standing, str | Promise] = {
    Standing.PLANNED: pgettext_lazy("milestone", "Planned"),
    Standing.DUE_SOON: pgettext_lazy("milestone", "Due soon"),
    Standing.REACHED: pgettext_lazy("milestone", "Reached"),
    Standing.LATE: pgettext_lazy("milestone", "Late"),
    Standing.REACHED_LATE: pgettext_lazy("milestone", "Reached late"),
    Standing.DROPPED: pgettext_lazy("milestone", "Dropped"),
}
TONES = {
    Standing.PLANNED: "idle",
    Standing.DUE_SOON: "soon",
    Standing.REACHED: "done",
    Standing.LATE: "late",
    Standing.REACHED_LATE: "done",
    Standing.DROPPED: "draft",
}


def milestone_standing(*, due_on: date, reached_on: date | None, dropped_on: date | None, today: date) -> Standing:
    """Where a milestone stands; late is measured by its present date, the first one stays beside it."""
    if dropped_on is not None:
        return Standing.DROPPED
    if reached_on is not None:
        return Standing.REACHED_LATE if reached_on > due_on else Standing.REACHED
    if due_on < today:
        return Standing.LATE
    return Standing.DUE_SOON if due_on - SOON <= today else Standing.PLANNED


@dataclass(frozen=True)
class WayPoint:
    """A milestone that was not dropped, as a point on a goal's way: the value expected by then, if one is."""

    due_on: date
    is_reached: bool
    value: Decimal | None = None


def is_by_steps(direction: str, way: Sequence[WayPoint]) -> bool:
    """Whether a goal's milestones tell how it stands, not its values: where something is to be established (R-G4)."""
    return direction == Goal.Direction.ESTABLISH and bool(way)


def judge_steps(way: Sequence[WayPoint], *, today: date) -> Judgement:
    """Where a goal stands by the milestones reached and those due by a day (R-G4, R-G5)."""
    total, reached = len(way), sum(point.is_reached for point in way)
    due = sum(point.due_on <= today for point in way)
    share, expected = Decimal(reached) / total, Decimal(due) / total
    said = _steps_sentence(reached, total, due)
    if not due and not reached:
        return Judgement(progress.Standing.TOO_EARLY, said, share, expected)
    return Judgement(standing_against(share, expected), said, share, expected)


def _steps_sentence(reached: int, total: int, due: int) -> Sentence:
    if total == 1:
        now = Sentence(
            "Its milestone is reached." if reached else "Its milestone is not reached yet.",
            "La tappa è raggiunta." if reached else "La tappa non è ancora raggiunta.",
        )
    else:
        now = Sentence(
            f"{reached} of {total} milestones {'is' if reached == 1 else 'are'} reached.",
            f"{'Raggiunta' if reached == 1 else 'Raggiunte'} {reached} tapp{'a' if reached == 1 else 'e'} su {total}.",
        )
    if not due:
        return now + Sentence("None is due yet.", "Nessuna è ancora in scadenza.")
    return now + Sentence(f"Due by now: {due}.", f"Previste finora: {due}.")


def can_drop_milestone(*, reached_on: date | None, dropped_on: date | None) -> Verdict:
    """Whether a milestone can be given up: one that is still open."""
    if reached_on is not None:
        return Verdict(False, _("This milestone is reached. It cannot be dropped."))
    if dropped_on is not None:
        return Verdict(False, _("This milestone is dropped already."))
    return ALLOWED
