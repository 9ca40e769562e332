"""The life of a promise as decisions (domain 5.4)."""

import uuid
from datetime import date, timedelta
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from partnerships.models import Task
from partnerships.rules.authority import Authority

State = Task.State

WAITING = (State.PROPOSED, State.COUNTER_PROPOSED)
PROMISED = (State.ACCEPTED, State.IN_PROGRESS, State.BLOCKED, State.IN_REVIEW)
# What an e-mailed link to one task is for.
TASK_LINK = "task"
OPEN = (*WAITING, *PROMISED)
CLOSED_FOR_EVIDENCE = (State.DECLINED, State.CANCELLED)
DUE_SOON = timedelta(days=7)
# How long the one who asked has to confirm what was handed over with evidence (R-T12).
CONFIRM_WITHIN = timedelta(days=10)

# What the one who promises may say; the same state again is a word without a change of state.
ANSWERS = (State.ACCEPTED, State.COUNTER_PROPOSED, State.DECLINED)
TRANSITIONS: dict[str, tuple[State, ...]] = {
    State.PROPOSED: ANSWERS,
    State.COUNTER_PROPOSED: ANSWERS,
    State.ACCEPTED: (State.IN_PROGRESS, State.BLOCKED, State.IN_REVIEW, State.DONE),
    State.IN_PROGRESS: (State.BLOCKED, State.IN_REVIEW, State.DONE),
    State.BLOCKED: (State.IN_PROGRESS, State.IN_REVIEW, State.DONE),
    State.IN_REVIEW: (State.IN_PROGRESS, State.BLOCKED, State.DONE),
    State.DONE: (State.IN_PROGRESS,),
    State.DECLINED: (),
    State.CANCELLED: (),
}
TONES: dict[str, str] = {
    State.PROPOSED: "info",
    State.COUNTER_PROPOSED: "soon",
    State.ACCEPTED: "ok",
    State.DECLINED: "late",
    State.IN_PROGRESS: "now",
    State.BLOCKED: "late",
    State.IN_REVIEW: "now",
    State.DONE: "done",
    State.CANCELLED: "idle",
}


def next_task_states(state: str) -> tuple[State, ...]:
    """The states that may follow by a word of whoever promises the task."""
    return TRANSITIONS[state]


def sayable_states(*, state: str, authority: Authority) -> list[State]:
    """The states somebody may choose now, the present one first where a word without a change makes sense."""
    same = [State(state)] if state in PROMISED else []
    wanted = [*same, *TRANSITIONS[state]]
    return [to for to in wanted if can_say_of_task(state=state, to=to, authority=authority)]


def movable_states(*, state: str, authority: Authority) -> list[State]:
    """The other states somebody may bring a task to without writing anything: no reason, no date."""
    needs_words = {State.DECLINED, State.COUNTER_PROPOSED, State(state)}
    return [to for to in sayable_states(state=state, authority=authority) if to not in needs_words]


def can_say_of_task(*, state: str, to: str, authority: Authority) -> Verdict:
    """Whether somebody may bring a task to a state, or speak about it in its present one.

    Nobody accepts for a partner, not even the coordinator (R-T10); coordination confirms or sends back only what the
    partner handed over for review (R-T12).
    """
    if not authority.is_own:
        confirms = authority.coordinates and state == State.IN_REVIEW and to in {State.DONE, State.IN_PROGRESS}
        return ALLOWED if confirms else Verdict(False, _("Only the organisation that was asked can say this."))
    if state in WAITING and to in ANSWERS and not authority.may_commit:
        return Verdict(False, _("Only somebody who may commit for the organisation can answer this."))
    if to in TRANSITIONS[state] or (to == state and state in PROMISED):
        return ALLOWED
    return Verdict(False, _("This task cannot go there from its present state."))


def missing_words(
    *, state: str, to: str, note: str, due_on: date | None, agreed_due_on: date | None, today: date
) -> dict[str, str | Promise]:
    """What is missing for a word to count, by field.

    A reason to decline, a date to propose, a note for a new date (R-T11).
    """
    missing: dict[str, str | Promise] = {}
    if to == State.DECLINED and not note.strip():
        missing["note"] = _("Write in a few words why not, so that the others can plan.")
    if to == State.COUNTER_PROPOSED and due_on is None:
        missing["due_on"] = _("Which date would work?")
    if due_on and due_on != agreed_due_on:
        if due_on < today:
            missing["due_on"] = _("This date has passed.")
        elif to == State.ACCEPTED and state in WAITING:
            missing["state"] = _("To propose another date choose “Yes, but by another date”.")
        elif state in PROMISED and not note.strip():
            missing["note"] = _("Write in a few words why the date moves.")
    return missing


def missing_evidence(*, to: str, needs_evidence: bool, has_evidence: bool) -> dict[str, str | Promise]:
    """What a task that asks for evidence lacks to be done, by field (R-T12)."""
    if to != State.DONE or not needs_evidence or has_evidence:
        return {}
    return {"evidence": _("Show that it is done: a line, an address or a file.")}


def waits_for_confirmation(*, state: str, needs_evidence: bool, confirmed_on: date | None) -> bool:
    """Whether somebody still has to look at the evidence of a finished task."""
    return state == State.DONE and needs_evidence and confirmed_on is None


def can_confirm_task(
    *,
    state: str,
    needs_evidence: bool,
    confirmed_on: date | None,
    authority: Authority,
    answers_for_result: bool = False,
) -> Verdict:
    """Whether somebody may confirm that a task is done: whoever coordinates, or answers for the result (R-T12).

    Nobody confirms what their own organisation did.
    """
    if not (authority.coordinates or (answers_for_result and not authority.is_own)):
        return Verdict(False, _("Only coordination, or who answers for the result, can confirm this."))
    if not waits_for_confirmation(state=state, needs_evidence=needs_evidence, confirmed_on=confirmed_on):
        return Verdict(False, _("There is nothing to confirm."))
    return ALLOWED


def can_edit_task(*, state: str) -> Verdict:
    """Whether coordination may still reword a task or give it to someone else: until it is a promise (R-T10)."""
    if state in {*WAITING, State.DECLINED}:
        return ALLOWED
    return Verdict(False, _("This was promised as it stands. Cancel it, or ask the partner for another date."))


def can_cancel_task(*, state: str, reason: str) -> Verdict:
    """Whether coordination may cancel a task; the reason is kept."""
    if state not in {*OPEN, State.DECLINED}:
        return Verdict(False, _("This task is closed already."))
    if not reason.strip():
        return Verdict(False, _("Write the reason. The partner reads it."))
    return ALLOWED


class TaskFacts(Protocol):
    """What of a task decides how it is shown: a record, or the values of a list's row."""

    @property
    def state(self) -> str:
        """Its state."""

    @property
    def due_on(self) -> date | None:
        """The day it is due."""

    @property
    def member_id(self) -> uuid.UUID | None:
        """The organisation it was given to."""

    @property
    def person_id(self) -> uuid.UUID | None:
        """The person it was given to."""

    @property
    def needs_evidence(self) -> bool:
        """Whether it is done only with evidence."""

    @property
    def confirmed_on(self) -> date | None:
        """The day somebody confirmed that it is done."""

    @property
    def finished_on(self) -> date | None:
        """The day it was done."""


def is_draft(task: TaskFacts) -> bool:
    """Whether nobody was asked yet: a template's suggestion."""
    return task.state == State.PROPOSED and task.member_id is None and task.person_id is None


def is_unconfirmed(task: TaskFacts, *, today: date) -> bool:
    """Whether nobody confirmed a finished task in the ten days there were for it (R-T12)."""
    waits = waits_for_confirmation(state=task.state, needs_evidence=task.needs_evidence, confirmed_on=task.confirmed_on)
    return waits and task.finished_on is not None and today > task.finished_on + CONFIRM_WITHIN


def is_overdue(task: TaskFacts, *, today: date) -> bool:
    """Whether a promise's date has passed; a proposal is nobody's promise yet."""
    return task.state in PROMISED and task.due_on is not None and task.due_on < today


def is_due_soon(task: TaskFacts, *, today: date) -> bool:
    """Whether a promise is due today or within seven days."""
    return task.state in PROMISED and task.due_on is not None and today <= task.due_on <= today + DUE_SOON


def task_standing(task: TaskFacts, *, today: date) -> str:
    """What a task's badge says, by its key in ``BADGES``.

    What is late or soon due comes before its state, except when it is stuck.
    """
    if is_draft(task):
        return "draft"
    if task.state != State.BLOCKED and is_overdue(task, today=today):
        return "overdue"
    if task.state != State.BLOCKED and is_due_soon(task, today=today):
        return "due_soon"
    if is_unconfirmed(task, today=today):
        return "unconfirmed"
    return task.state


# Tone and word.
BADGES: dict[str, tuple[str, str | Promise]] = {
    "draft": ("draft", _("Draft")),
    "overdue": ("late", _("Overdue")),
    "due_soon": ("soon", _("Due soon")),
    "unconfirmed": ("soon", _("Done, not confirmed")),
    **{state.value: (TONES[state], state.label) for state in State},
}
