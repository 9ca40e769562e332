"""What an answer may say became of a message, and what it must name then (domain 7.3, 7.4)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from engagement.models import Submission, Theme

State, Outcome = Submission.State, Theme.Outcome
# What somebody who answers may say; "done" comes with a theme that shows what was done (R-E15).
SAYABLE = (State.ANSWERED, State.PLANNED, State.NOT_POSSIBLE, State.REDIRECTED, State.DONE)
# What a theme's outcome means for each message in it.
STATE_OF_OUTCOME: dict[str, str] = {
    Outcome.DONE: State.DONE,
    Outcome.IN_PROGRESS: State.PLANNED,
    Outcome.PLANNED: State.PLANNED,
    Outcome.PARTLY: State.ANSWERED,
    Outcome.NOT_POSSIBLE: State.NOT_POSSIBLE,
    Outcome.PASSED_ON: State.REDIRECTED,
    Outcome.UNDECIDED: State.ANSWERED,
}


@dataclass(frozen=True)
class Settled:
    """What became of a message: a state of ``SAYABLE``, with the reason or with whom it was passed on to."""

    state: str = State.ANSWERED
    why_not: str = ""
    passed_to: str = ""


ANSWERED = Settled()


def settled_by(theme: Theme) -> Settled:
    """What an answered theme says of each message in it."""
    return Settled(STATE_OF_OUTCOME[theme.outcome], why_not=theme.why_not)


def can_settle(settled: Settled, *, is_shown: bool) -> Verdict:
    """A "no" has its reason, what is passed on has its address, and "done" is shown by a published theme (R-E15)."""
    if settled.state not in SAYABLE:
        return Verdict(False, _("Choose what becomes of it."))
    if settled.state == State.NOT_POSSIBLE and not settled.why_not:
        return Verdict(False, _("Say why it is not possible."))
    if settled.state == State.REDIRECTED and not settled.passed_to:
        return Verdict(False, _("Say to whom you passed it on."))
    if settled.state == State.DONE and not is_shown:
        return Verdict(False, _("Put it in a published theme that shows what was done: then it counts as done."))
    return ALLOWED
