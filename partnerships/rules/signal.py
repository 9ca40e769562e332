"""When an early-warning signal is raised, raised again and cleared, what people may do with it, and own thresholds."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from core.rules.workdays import workdays_after
from partnerships.models import Partnership, PartnershipMember, Signal
from partnerships.rules.minutes import CIRCULATE_WORKDAYS

State = Signal.State
# Before that there is little to go wrong, and after it nothing to be done.
WATCHED = (Partnership.State.FORMING, Partnership.State.ACTIVE, Partnership.State.UNDER_REVIEW)
OPEN = (State.RAISED, State.SEEN, State.ACTION_CHOSEN)
REST = timedelta(days=90)

MINUTES_LATE_DAYS = 10
MEETINGS_LOOKED_AT = 4
MINUTES_LATE_TIMES = 2
ABSENCES = 3
QUIET_DAYS = 60
AGREEMENT_DAYS = 90
# Of fewer decisions a share says nothing; the people affected should have had a say in one of four at least.
DECISIONS_LOOKED_AT = 4
LEAST_HEARD_PERCENT = 25


class Challenge(TextChoices):
    """The known difficulty a signal belongs to (domain 11)."""

    PRIORITIES = "priorities", _("Conflicting priorities")
    RESOURCES = "resources", _("Lack of resources")
    COMMUNICATION = "communication", _("Communication")
    POWER = "power", _("Who has the say")
    KEEPING_GOING = "keeping_going", _("Keeping going")


@dataclass(frozen=True)
class TaskWish:
    """That an action becomes a task: of which member (None: of coordination), until when."""

    member: PartnershipMember | None = None
    due_on: date | None = None


def state_after_look(
    state: str | None,
    *,
    is_found: bool,
    has_worsened: bool = False,
    dismissed_on: date | None = None,
    today: date,
) -> State | None:
    """Where a signal stands after its rule looked again; ``state`` None means that there is none.

    A signal whose cause is gone is cleared. One that was put aside is raised again only when it got worse, or after
    90 days. What was seen, and what is being done, stays.
    """
    if not is_found:
        return State.CLEARED if state else None
    if state is None:
        return State.RAISED
    if state != State.DISMISSED:
        return State(state)
    rested = dismissed_on is None or today - dismissed_on >= REST
    return State.RAISED if has_worsened or rested else State.DISMISSED


def has_worsened(measure: int, *, before: int | None, step: int) -> bool:
    """Whether something got worse by a step that is worth telling since it was put aside."""
    return before is not None and step > 0 and measure - before >= step


def are_unheard(*, heard: int, decisions: int) -> bool:
    """Whether people affected were present or heard at fewer than a quarter of at least four decisions."""
    return decisions >= DECISIONS_LOOKED_AT and 100 * heard < LEAST_HEARD_PERCENT * decisions


def can_see_signal(*, state: str) -> Verdict:
    """Only what is new becomes seen."""
    return ALLOWED if state == State.RAISED else Verdict(False, _("Somebody has seen this already."))


def can_choose_action(*, state: str, action: str) -> Verdict:
    """Something is done about what is open; another action may take the place of the first."""
    if state not in OPEN:
        return Verdict(False, _("This is put aside or over."))
    return ALLOWED if action.strip() else Verdict(False, _("Write what you will do."))


def can_dismiss_signal(*, state: str, reason: str) -> Verdict:
    """Nothing is put aside without a reason everybody can read."""
    if state not in OPEN:
        return Verdict(False, _("This is put aside or over."))
    return ALLOWED if reason.strip() else Verdict(False, _("Write the reason. All partners can read it."))


def minutes_late(meetings: Iterable[tuple[date, date | None]], *, today: date) -> int:
    """Of some meetings (day, day on which the minutes first went round or None): how many had minutes that were late.

    Late is more than ten days after the day they should have gone round (R-C3).
    """
    return sum(
        (sent_on or today) - workdays_after(met_on, CIRCULATE_WORKDAYS) > timedelta(days=MINUTES_LATE_DAYS)
        for met_on, sent_on in meetings
    )


def absent_in_a_row(was_there: Sequence[bool]) -> int:
    """How many meetings in a row somebody was missed at; ``was_there`` begins with the newest meeting."""
    return next((count for count, there in enumerate(was_there) if there), len(was_there))


def quiet_since(days: Collection[date | None], *, since: date) -> date:
    """The day of the last sign of life, never before ``since``."""
    return max([since, *(day for day in days if day is not None)])
