"""What a published answer must hold, and how it is shown (domain 7.4)."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from engagement.models import Theme
from partnerships.models import Task
from partnerships.rules.decision import VALID as DECISIONS_IN_FORCE
from partnerships.rules.severity import Severity, severity_of

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


@dataclass(frozen=True)
class Shown:
    """What stands behind a "did": the state of the task and of the decision, whether the milestone is reached.

    None where nothing was chosen.
    """

    task_state: str | None = None
    decision_state: str | None = None
    is_milestone_reached: bool | None = None


def shown_by(theme: Theme) -> Shown:
    """What a theme names as having done it."""
    milestone = theme.milestone
    return Shown(
        theme.task.state if theme.task else None,
        theme.decision.state if theme.decision else None,
        milestone.reached_on is not None if milestone else None,
    )


def can_publish(theme: Theme, *, shown: Shown, mode: str) -> Verdict:
    """Whether everybody may read it.

    An outcome needs words in a language in which the question stands, "done" needs what did it (R-E15), a "no" its
    reason, a plan or an open decision its date. Negative and open answers are as good as any (R-E12).
    """
    if theme.outcome == Outcome.OPEN:
        return ALLOWED
    if not any(getattr(theme, f"heard_{code}") and getattr(theme, f"answer_{code}") for code in ("en", "it")):
        return Verdict(False, _("Write the answer in the language of what you heard."))
    if theme.outcome in DATED and theme.outcome_on is None:
        return Verdict(False, _("Say by which day."))
    if theme.outcome == Outcome.NOT_POSSIBLE and not theme.why_not:
        return Verdict(False, _("Say why it is not possible."))
    return has_evidence(theme, shown=shown, mode=mode)


def has_evidence(theme: Theme, *, shown: Shown, mode: str) -> Verdict:
    """Whether "done" rests on a finished task, a decision in force or a milestone that was reached (R-E15).

    In a light partnership a sentence that says what shows it is enough.
    """
    if theme.outcome != Outcome.DONE or _is_shown(shown):
        return ALLOWED
    if shown.task_state is not None:
        return Verdict(False, _("The task you chose is not finished yet."))
    if shown.decision_state is not None:
        return Verdict(False, _("The decision you chose is not in force."))
    if shown.is_milestone_reached is not None:
        return Verdict(False, _("The milestone you chose is not reached yet."))
    if theme.evidence and severity_of("R-E15", mode) == Severity.WARNS:
        return ALLOWED
    return Verdict(False, _("Choose the task, decision or milestone that did it."))


def _is_shown(shown: Shown) -> bool:
    return (
        shown.task_state == Task.State.DONE
        or shown.decision_state in DECISIONS_IN_FORCE
        or shown.is_milestone_reached is True
    )
