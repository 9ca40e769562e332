"""A word about a task by whoever promises it: accepting, declining, another date, progress, being stuck, done."""

import uuid
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from partnerships.models import PartnershipMember, Task, TaskEvidence, TaskUpdate
from partnerships.operations.task_evidence import EvidenceRefusedError, add_evidence
from partnerships.operations.task_plan import tick_steps
from partnerships.queries.authority import authority_over_task
from partnerships.rules.authority import Authority, LinkHolder
from partnerships.rules.task import PROMISED, can_say_of_task, missing_evidence, missing_words
from partnerships.rules.task_evidence import Shown

State = Task.State
Via = TaskUpdate.Via
# The same words later than this are a new sign of life, not a second tap.
REPEATED_WITHIN = timedelta(hours=1)
QUARTERS = (0, 25, 50, 75, 100)


class TaskWordRefusedError(Exception):
    """The word cannot be said of the task now, or not by this person; the message says why."""


class TaskWordIncompleteError(Exception):
    """Something is missing for the word to count; ``fields`` says what, by field."""

    def __init__(self, fields: Mapping[str, str | Promise]) -> None:
        super().__init__("; ".join(str(message) for message in fields.values()))
        self.fields = {name: str(message) for name, message in fields.items()}


@transaction.atomic
def update_task(
    *,
    task: Task,
    by: User | LinkHolder,
    state: str = "",
    progress_percent: int | None = None,
    note: str = "",
    due_on: date | None = None,
    blocked_needs: str = "",
    blocked_by: PartnershipMember | None = None,
    shown: Shown | None = None,
    ticked: Collection[uuid.UUID] | None = None,
    via: str = "",
    today: date | None = None,
    authority: Authority | None = None,
    is_locked: bool = False,
) -> TaskUpdate:
    """Write one word about a task and bring the task to what it says; an empty ``state`` leaves the state.

    The same word again changes nothing and returns what was written first (INP-10). The first agreed date is kept for
    good (R-T11). ``authority`` is what ``authority_over_task`` said of this task in this unit of work, when the caller
    asked already; it is asked anew when the task was given to somebody else meanwhile. ``is_locked`` says that ``task``
    was read locked in this transaction (``task_to_say_of``). ``ticked`` are the steps made, None leaves them; ``shown``
    is evidence, which a task may ask for before it is done (R-T12). What coordination brings from review to done is
    confirmed by that.

    Raises TaskWordRefusedError for a stranger to the task, for an answer by someone who may not commit (R-T10) and for
    a state that does not follow; TaskWordIncompleteError for a missing reason, date or evidence.
    """
    today = today or timezone.localdate()
    locked = task if is_locked else Task.objects.select_for_update().get(pk=task.pk)
    locked.partnership = task.partnership
    if authority is None or (locked.member_id, locked.person_id) != (task.member_id, task.person_id):
        authority = authority_over_task(locked, by)
    to = state or locked.state
    note = note.strip()
    if (same := _said_already(locked, by=by, to=to, progress=progress_percent, note=note, due_on=due_on)) is not None:
        _add(locked, by=by, shown=shown, ticked=ticked)
        return same
    if not (verdict := can_say_of_task(state=locked.state, to=to, authority=authority)):
        raise TaskWordRefusedError(str(verdict.reason))
    if progress_percent is not None and progress_percent not in QUARTERS:
        raise TaskWordIncompleteError({"progress_percent": _("Choose 0, 25, 50, 75 or 100 per cent.")})
    if missing := missing_words(
        state=locked.state, to=to, note=note, due_on=due_on, agreed_due_on=locked.due_on, today=today
    ):
        raise TaskWordIncompleteError(missing)
    before = locked.state
    _add(locked, by=by, shown=shown, ticked=ticked)
    has_evidence = not locked.needs_evidence or TaskEvidence.objects.filter(task=locked).exists()
    if missing := missing_evidence(to=to, needs_evidence=locked.needs_evidence, has_evidence=has_evidence):
        raise TaskWordIncompleteError(missing)
    locked.blocked_by = _helper(locked, blocked_by) if to == State.BLOCKED else None
    locked.confirmed_on = today if to == State.DONE and before == State.IN_REVIEW and authority.coordinates else None
    _apply(locked, to=to, progress=progress_percent, note=note, due_on=due_on, needs=blocked_needs, today=today)
    update = _write(locked, before=before, by=by, note=note, due_on=due_on, via=via)
    changes = {"state": [before, to], "progress_percent": locked.progress_percent, "due_on": str(due_on or "")}
    _record(locked, by=by, changes=changes)
    return update


def accept_task(*, task: Task, by: User | LinkHolder, via: str = "", today: date | None = None) -> TaskUpdate:
    """Make a proposed task a promise. Raises as ``update_task``."""
    return update_task(task=task, by=by, state=State.ACCEPTED, via=via, today=today)


def decline_task(
    *, task: Task, reason: str, by: User | LinkHolder, via: str = "", today: date | None = None
) -> TaskUpdate:
    """Say no to a proposed task, with a reason. Raises as ``update_task``."""
    return update_task(task=task, by=by, state=State.DECLINED, note=reason, via=via, today=today)


def propose_other_date(
    *, task: Task, due_on: date, by: User | LinkHolder, note: str = "", via: str = "", today: date | None = None
) -> TaskUpdate:
    """Say yes to a proposed task by another date; coordination answers. Raises as ``update_task``."""
    return update_task(task=task, by=by, state=State.COUNTER_PROPOSED, due_on=due_on, note=note, via=via, today=today)


def _said_already(
    task: Task, *, by: User | LinkHolder, to: str, progress: int | None, note: str, due_on: date | None
) -> TaskUpdate | None:
    """The newest word, when the same person said just this: a second tap or a repeated request."""
    moves_on = progress not in {None, task.progress_percent} and to != State.DONE
    # Where the note of the newest word came with the task, another one says enough.
    if task.state != to or moves_on or getattr(task, "last_note", note) != note:
        return None
    newest = TaskUpdate.objects.filter(task=task).order_by("-at", "-id").first()
    if newest is None or newest.state != to or newest.note != note:
        return None
    if timezone.now() - newest.at > REPEATED_WITHIN:
        return None
    mine = newest.person_id == by.person.pk if isinstance(by, LinkHolder) else newest.user_id == by.pk
    same_progress = progress in {None, newest.progress_percent} or to == State.DONE
    return newest if mine and same_progress and due_on in {None, newest.due_on} else None


def _add(task: Task, *, by: User | LinkHolder, shown: Shown | None, ticked: Collection[uuid.UUID] | None) -> None:
    if ticked is not None:
        tick_steps(task=task, done=ticked)
    if not shown:
        return
    try:
        add_evidence(task=task, by=by, shown=shown)
    except EvidenceRefusedError as refusal:
        raise TaskWordIncompleteError({refusal.field: str(refusal)}) from refusal


def _helper(task: Task, member: PartnershipMember | None) -> PartnershipMember | None:
    """The member who could help; one of another partnership is refused."""
    if member is not None and member.partnership_id != task.partnership_id:
        raise TaskWordIncompleteError({"blocked_by": _("This organisation is not in the partnership.")})
    return member


def _apply(
    task: Task, *, to: str, progress: int | None, note: str, due_on: date | None, needs: str, today: date
) -> None:
    if to == State.COUNTER_PROPOSED:
        task.proposed_due_on = due_on
    elif to == State.ACCEPTED and task.state not in PROMISED:
        task.first_agreed_due_on, task.proposed_due_on = task.due_on, None
    elif due_on is not None:
        task.first_agreed_due_on = task.first_agreed_due_on or due_on
        task.due_on = due_on
    if to == State.BLOCKED:
        task.blocked_reason, task.blocked_needs = note[:300] or task.blocked_reason, needs[:120]
    else:
        task.blocked_reason = task.blocked_needs = ""
    if progress is not None:
        task.progress_percent = progress
    task.finished_on = today if to == State.DONE else None
    if to == State.DONE:
        task.progress_percent = 100
    task.state = to
    task.save()


def _write(task: Task, *, before: str, by: User | LinkHolder, note: str, due_on: date | None, via: str) -> TaskUpdate:
    linked = isinstance(by, LinkHolder)
    return TaskUpdate.objects.create(
        task=task,
        user=None if isinstance(by, LinkHolder) else by,
        person=by.person if isinstance(by, LinkHolder) else None,
        via=via or (Via.LINK if linked else Via.BROWSER),
        state_before=before,
        state=task.state,
        progress_percent=task.progress_percent,
        note=note,
        due_on=due_on,
    )


def _record(task: Task, *, by: User | LinkHolder, changes: dict[str, Any]) -> None:
    if isinstance(by, LinkHolder):
        changes = {**changes, "person": str(by.person.pk), "link": str(by.link_id)}
        record("task.updated", task, by=None, actor_label="link", scope_id=task.partnership.scope_id, changes=changes)
    else:
        record("task.updated", task, by=by, scope_id=task.partnership.scope_id, changes=changes)
