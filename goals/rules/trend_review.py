"""The six steps of a talk about a number, and its life (domain 8.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from goals.models import TrendReview
from partnerships.models import PartnershipMember
from partnerships.rules.severity import Finding, blocking

State = TrendReview.State
TONES = {State.OPEN: "draft", State.HELD: "now", State.ACTIONS_AGREED: "soon", State.CHECKED: "done"}
TRANSITIONS: dict[str, tuple[State, ...]] = {
    State.OPEN: (State.HELD,),
    State.HELD: (State.ACTIONS_AGREED,),
    State.ACTIONS_AGREED: (State.HELD,),
    State.CHECKED: (),
}
# What is written in the talk, and may be until its tasks are agreed.
WRITTEN = ("wanted", "likely_future", "pushes", "drags", "helpers", "ideas", "free_idea")


@dataclass(frozen=True)
class Question:
    """One thing to write down in a step."""

    field: str
    text: str | Promise


@dataclass(frozen=True)
class Step:
    """One step of the talk with its questions."""

    number: int
    title: str | Promise
    hint: str | Promise
    questions: tuple[Question, ...] = ()


STEPS = (
    Step(
        1,
        _("What we want for people"),
        _("Not what we do: what shall be different for them."),
        (Question("wanted", _("What shall be different, and for whom?")),),
    ),
    Step(
        2,
        _("Where we are"),
        _("Look at the values together before anybody explains them."),
        (Question("likely_future", _("Where does this go if nothing changes?")),),
    ),
    Step(
        3,
        _("What pushes it up or down"),
        _("Ask those who live with it. Look for causes, not for culprits."),
        (
            Question("pushes", _("What pushes it in the right direction?")),
            Question("drags", _("What holds it back?")),
        ),
    ),
    Step(
        4,
        _("Who needs to help"),
        _("Also somebody who is not at the table today."),
        (Question("helpers", _("Who can move something here?")),),
    ),
    Step(
        5,
        _("What could work"),
        _("Collect first, choose later. At least one idea costs nothing or little."),
        (
            Question("ideas", _("Which ideas do we have?")),
            Question("free_idea", _("Which idea costs nothing or little?")),
        ),
    ),
    Step(6, _("What we will do"), _("Few tasks, each with somebody who does it and a day.")),
)


@dataclass(frozen=True)
class Action:
    """A task to agree on: what, who (None: coordination), by when."""

    title: str
    member: PartnershipMember | None
    due_on: date | None


@dataclass(frozen=True)
class ReviewFacts:
    """What a decision about a talk needs to know."""

    state: str
    mode: str
    words: Mapping[str, str]
    tasks: int


def can_write(*, state: str) -> Verdict:
    """Whether the steps may still be filled in."""
    if state in {State.ACTIONS_AGREED, State.CHECKED}:
        return Verdict(False, _("The tasks are agreed: what was said stays as it is."))
    return ALLOWED


def findings_for(facts: ReviewFacts, to: str) -> list[Finding]:
    """What is missing before a talk may count as held, or its tasks as agreed."""
    found = []
    if to == State.HELD and not all(facts.words.get(name, "").strip() for name in ("wanted", "likely_future")):
        found.append(
            Finding("trend review first steps", _("Write what you want for people, and where this goes by itself."))
        )
    if to == State.ACTIONS_AGREED and not facts.tasks:
        found.append(Finding("trend review tasks", _("Agree on at least one task, with somebody and a day.")))
    if to == State.ACTIONS_AGREED and not facts.words.get("free_idea", "").strip():
        found.append(Finding("trend review free idea", _("Look for one idea that costs nothing or little.")))
    return found


def can_move(facts: ReviewFacts, to: str) -> Verdict:
    """Whether a talk may go to another state of its life; looking at it again has its own words."""
    if to not in TRANSITIONS[facts.state]:
        return Verdict(False, _("This step does not follow from where the talk stands."))
    if to == State.HELD and facts.state == State.ACTIONS_AGREED:
        return ALLOWED
    stops = blocking(findings_for(facts, to), facts.mode)
    return Verdict(False, " ".join(str(finding.message) for finding in stops)) if stops else ALLOWED


def can_check(*, state: str) -> Verdict:
    """Whether it is time to see what became of the tasks."""
    if state != State.ACTIONS_AGREED:
        return Verdict(False, _("First the tasks are agreed, then you look at what became of them."))
    return ALLOWED


def is_check_due(*, state: str, check_on: date | None, today: date) -> bool:
    """Whether the day on which the tasks should be looked at has come."""
    return state == State.ACTIONS_AGREED and check_on is not None and check_on <= today


def steps_done(words: Mapping[str, str], tasks: int) -> Sequence[bool]:
    """For each step, whether something is written in it."""
    written = [any(words.get(question.field, "").strip() for question in step.questions) for step in STEPS[:-1]]
    return [*written, tasks > 0]
