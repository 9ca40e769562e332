"""What whoever sent a message sees of its way: five steps, and the reason when nothing can be done (domain 7.3)."""

from dataclasses import dataclass
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrPromise

from engagement.models import Submission, WhyNot

State = Submission.State


class Step(IntEnum):
    """How far a message has come."""

    RECEIVED = 0
    READ = 1
    AT_WORK = 2
    DECIDED = 3
    FINISHED = 4


_LABELS: dict[Step, StrPromise] = {
    Step.RECEIVED: _("Received"),
    Step.READ: pgettext_lazy("message", "Read"),
    Step.AT_WORK: _("Being worked on"),
    Step.DECIDED: pgettext_lazy("message", "Decided"),
    Step.FINISHED: _("Done"),
}
STEP_OF: dict[str, Step] = {
    State.RECEIVED: Step.RECEIVED,
    State.ACKNOWLEDGED: Step.READ,
    State.TRIAGED: Step.AT_WORK,
    State.MERGED: Step.AT_WORK,
    State.REFERRED: Step.AT_WORK,
    State.ASSIGNED: Step.AT_WORK,
    State.ANSWERED: Step.DECIDED,
    State.REDIRECTED: Step.DECIDED,
    State.PLANNED: Step.DECIDED,
    State.DONE: Step.FINISHED,
    State.NOT_POSSIBLE: Step.FINISHED,
    State.CLOSED: Step.DECIDED,
}
# What the state means for whoever sent it.
STATE_WORDS: dict[str, StrPromise] = {
    State.RECEIVED: _("It is with the partnership. A person will read it and answer within ten working days."),
    State.ACKNOWLEDGED: _("A person has read it. The answer is on its way."),
    State.TRIAGED: _("It has its place among what residents say, and somebody is working on it."),
    State.MERGED: _("Others said the same. It is worked on together, and each of you gets the answer."),
    State.REFERRED: _("It sounded urgent: it was taken at once to those who can act."),
    State.ASSIGNED: _("Somebody has it in hand and will answer."),
    State.ANSWERED: _("We have answered."),
    State.REDIRECTED: _("This is not ours to do. We passed it on and say below to whom."),
    State.PLANNED: _("It will be done. When it is, it is told here."),
    State.DONE: _("It was done. What shows it is told below."),
    State.NOT_POSSIBLE: _("It is not possible. The reason is told below."),
    State.CLOSED: _("We have answered and closed it. To go on, send a new message."),
    State.SPAM: _("We did not take this for a message to the partnership. If we are wrong, please write again."),
    State.WITHDRAWN: _("You took it back. Your words, our answers and your address are deleted."),
}


@dataclass(frozen=True)
class ShownStep:
    """A step as the kit shows it."""

    label: str | Promise
    is_past: bool
    is_current: bool


@dataclass(frozen=True)
class Progress:
    """The way of a message; no steps for what is no message any more."""

    words: str | Promise
    why_not: str | Promise
    passed_to: str
    steps: list[ShownStep]


def progress_of(submission: Submission, first: Submission | None = None) -> Progress:
    """The way of a message, or of the one it was joined with, whose state is ``first``'s.

    A closed message stands where it was decided.
    """
    standing = first if first is not None and submission.state == State.MERGED else submission
    decided = standing.outcome if standing.state == State.CLOSED and standing.outcome else standing.state
    why = WhyNot(standing.why_not).label if standing.why_not and decided == State.NOT_POSSIBLE else ""
    to = standing.passed_to if decided == State.REDIRECTED else ""
    return Progress(STATE_WORDS[submission.state], why, to, _steps(decided))


def _steps(state: str) -> list[ShownStep]:
    reached = STEP_OF.get(state)
    if reached is None:
        return []
    labels: dict[Step, str | Promise] = dict(_LABELS)
    if state == State.NOT_POSSIBLE:
        labels[Step.FINISHED] = State.NOT_POSSIBLE.label
    shown = [step for step in Step if step != Step.FINISHED or state != State.REDIRECTED]
    return [ShownStep(labels[step], step < reached, step == reached) for step in shown]
