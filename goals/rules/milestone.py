"""Where a milestone stands on a day (domain 4.2): planned, due soon, reached, late, reached late, dropped."""

from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.rules.membership import ALLOWED, Verdict

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


def can_drop_milestone(*, reached_on: date | None, dropped_on: date | None) -> Verdict:
    """Whether a milestone can be given up: one that is still open."""
    if reached_on is not None:
        return Verdict(False, _("This milestone is reached. It cannot be dropped."))
    if dropped_on is not None:
        return Verdict(False, _("This milestone is dropped already."))
    return ALLOWED
