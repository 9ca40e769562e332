"""What a published answer must hold, and how it is shown (domain 7.4)."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from engagement.models import Theme
from partnerships.models import Task

Outcome = Theme.Outcome
# "Planned" and "not decided yet" are promises with a date.
DATED = (Outcome.PLANNED, Outcome.UNDECIDED)

_BADGES: dict[str, tuple[str, str]] = {
    Outcome.OPEN: ("soon", "clock"),
    Outcome.DONE: ("done", "circle-check"),
    Outcome.IN_PROGRESS: ("now", "hourglass"),
    Outcome.PLANNED: ("info", "calendar-check"),
    Outcome.PARTLY: ("ok", "circle-dot"),
    Outcome.NOT_POSSIBLE: ("idle", "circle-x"),
    Outcome.PASSED_ON: ("info", "forward"),
    Outcome.UNDECIDED: ("soon", "circle-question-mark"),
}


@dataclass(frozen=True)
class OutcomeBadge:
    """An outcome as colour, icon and word."""

    tone: str
    icon: str
    label: str | Promise


def is_past_its_date(outcome: str, outcome_on: date | None, *, today: date) -> bool:
    """Whether a planned or undecided answer is due again (R-E13)."""
    return outcome in DATED and outcome_on is not None and outcome_on < today


def outcome_badge(outcome: str, outcome_on: date | None, *, today: date) -> OutcomeBadge:
    """The outcome people see; a promise whose date is over no longer looks like a promise (R-E13)."""
    if is_past_its_date(outcome, outcome_on, today=today):
        return OutcomeBadge("soon", "clock", _("The date is over: we owe an answer"))
    tone, icon = _BADGES[outcome]
    return OutcomeBadge(tone, icon, Outcome(outcome).label)


def can_publish(theme: Theme, *, task_state: str | None) -> Verdict:
    """Whether everybody may read it.

    An outcome needs words in a language in which the question stands, "done" needs evidence or a finished task
    (R-E15), a plan or an open decision needs its date. Negative and open answers are as good as any (R-E12).
    """
    if theme.outcome == Outcome.OPEN:
        return ALLOWED
    if not any(getattr(theme, f"heard_{code}") and getattr(theme, f"answer_{code}") for code in ("en", "it")):
        return Verdict(False, _("Write the answer in the language of what you heard."))
    if theme.outcome in DATED and theme.outcome_on is None:
        return Verdict(False, _("Say by which day."))
    return has_evidence(theme, task_state=task_state)


def has_evidence(theme: Theme, *, task_state: str | None) -> Verdict:
    """Whether "done" names what shows it (R-E15)."""
    if theme.outcome != Outcome.DONE or theme.evidence:
        return ALLOWED
    if task_state is None:
        return Verdict(False, _("Say what shows that it was done, or choose the task that did it."))
    if task_state != Task.State.DONE:
        return Verdict(False, _("The task you chose is not finished yet."))
    return ALLOWED
