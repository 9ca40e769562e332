"""Proposing tasks, giving them to someone else, agreeing on another date, and cancelling."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.models import User
from core.operations.audit import changed_fields, record
from core.operations.link import revoke_links_to
from partnerships.models import Partnership, PartnershipMember, Task, TaskUpdate
from partnerships.operations.task_answer import mail_cancelled, mail_date_answer
from partnerships.operations.task_link import send_task_link
from partnerships.operations.task_plan import set_checklist, set_dependencies
from partnerships.queries.authority import is_person
from partnerships.queries.representative import active_representation
from partnerships.rules.member import can_act_for_member
from partnerships.rules.task import TASK_LINK, can_cancel_task, can_edit_task
from stakeholders.models import Stakeholder

State = Task.State


class TaskRefusedError(Exception):
    """The task cannot be proposed or changed so; the message says why."""


class TaskDayPastError(TaskRefusedError):
    """A task is asked for by a day that has passed."""


@transaction.atomic
def propose_task(
    *,
    partnership: Partnership,
    title: str,
    by: User | None,
    member: PartnershipMember | None = None,
    person: Stakeholder | None = None,
    result_expected: str = "",
    starts_on: date | None = None,
    due_on: date | None = None,
    effort_hours: int | None = None,
    needs_evidence: bool = False,
    waits_for: Collection[Task] = (),
    checklist: Collection[str] = (),
    visibility: Visibility = Visibility.PARTNERS,
    template_key: str = "",
    is_draft: bool = False,
    send_link: bool = False,
) -> Task:
    """A new task with the next number of the partnership.

    Given to a member or a person it waits for their answer (R-T10); given to nobody it is coordination's own promise
    at once, unless ``is_draft`` (a template's suggestion). ``send_link`` mails the person a link to answer with.

    Raises TaskRefusedError for a member of another partnership or one that left, and for a person who does not speak
    for the member; TaskPlanRefusedError as ``plan_task``; ValidationError for bad fields.
    """
    _require_fitting(partnership, member, person)
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    last = Task.objects.filter(partnership=partnership).aggregate(last=Max("number"))["last"] or 0
    own = member is None and (person is None or (by is not None and is_person(person, by)))
    task = Task(
        partnership=partnership,
        number=last + 1,
        title=title,
        member=member,
        person=person,
        result_expected=result_expected,
        starts_on=starts_on,
        due_on=due_on,
        effort_hours=effort_hours,
        needs_evidence=needs_evidence,
        first_agreed_due_on=due_on if own and not is_draft else None,
        requested_by=by,
        state=State.ACCEPTED if own and not is_draft else State.PROPOSED,
        template_key=template_key,
        visibility=visibility,
    )
    task.full_clean(exclude=["requested_by"])
    task.save()
    set_dependencies(task=task, waits_for=waits_for)
    set_checklist(task=task, texts=checklist)
    record("task.proposed", task, by=by, scope_id=partnership.scope_id, changes={"due_on": str(due_on or "")})
    if send_link and person is not None:
        send_task_link(task=task, person=person, by=by)
    return task


@transaction.atomic
def change_task(
    *,
    task: Task,
    by: User,
    title: str,
    result_expected: str = "",
    member: PartnershipMember | None = None,
    person: Stakeholder | None = None,
    starts_on: date | None = None,
    due_on: date | None = None,
    effort_hours: int | None = None,
    needs_evidence: bool = False,
    waits_for: Collection[Task] | None = None,
    checklist: Collection[str] | None = None,
    send_link: bool = False,
) -> Task:
    """Reword a task or give it to someone else, before it is a promise; it waits for a new answer.

    What it waits for and its steps stay as they are when None. Raises TaskRefusedError once it is promised or closed,
    and as ``propose_task``.
    """
    Partnership.objects.select_for_update().get(pk=task.partnership_id)
    locked = Task.objects.select_for_update().get(pk=task.pk)
    if not (verdict := can_edit_task(state=locked.state)):
        raise TaskRefusedError(str(verdict.reason))
    _require_fitting(locked.partnership, member, person)
    wanted: dict[str, Any] = {"title": title, "result_expected": result_expected, "member": member, "person": person}
    wanted |= {"starts_on": starts_on, "due_on": due_on}
    wanted |= {"effort_hours": effort_hours, "needs_evidence": needs_evidence}
    changes = changed_fields(locked, {name: wanted[name] for name in ("starts_on", "due_on")})
    if locked.person_id != (person.pk if person else None):
        revoke_links_to(locked.pk, purpose=TASK_LINK)
    for name, value in wanted.items():
        setattr(locked, name, value)
    own = member is None and person is None
    locked.state, locked.proposed_due_on = State.ACCEPTED if own else State.PROPOSED, None
    locked.first_agreed_due_on = due_on if own else None
    locked.full_clean(exclude=["requested_by"])
    locked.save()
    if waits_for is not None:
        set_dependencies(task=locked, waits_for=waits_for)
    if checklist is not None:
        set_checklist(task=locked, texts=checklist)
    record("task.changed", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    if send_link and person is not None:
        send_task_link(task=locked, person=person, by=by)
    return locked


@transaction.atomic
def answer_other_date(
    *, task: Task, agrees: bool, by: User, note: str = "", due_on: date | None = None, today: date | None = None
) -> Task:
    """Say yes to the date a partner proposed, which makes the task its promise, or ask again.

    Asked again is for ``due_on``, without it for the first date. Who proposed the other date gets the answer by mail,
    with the ``note`` and a link.

    Raises TaskRefusedError when no other date is on the table, TaskDayPastError for a day that has passed.
    """
    locked = Task.objects.select_for_update().get(pk=task.pk)
    note = note.strip()
    if not agrees and due_on is not None and due_on < (today or timezone.localdate()):
        raise TaskDayPastError(_("This date has passed."))
    if locked.state != State.COUNTER_PROPOSED:
        raise TaskRefusedError(_("No other date is proposed for this task."))
    before = locked.state
    if agrees:
        # The partner itself named this date, so agreeing to it accepts nothing in the partner's place.
        locked.state, locked.due_on = State.ACCEPTED, locked.proposed_due_on
        locked.first_agreed_due_on = locked.due_on
    else:
        locked.state, locked.due_on = State.PROPOSED, due_on or locked.due_on
    locked.proposed_due_on = None
    locked.save(update_fields=["state", "due_on", "first_agreed_due_on", "proposed_due_on", "updated_at"])
    TaskUpdate.objects.create(
        task=locked, user=by, state_before=before, state=locked.state, note=note, due_on=locked.due_on
    )
    changes = {"agrees": agrees, "due_on": str(locked.due_on or "")}
    record("task.date_answered", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    mail_date_answer(task=locked, agrees=agrees, note=note, by=by)
    return locked


@transaction.atomic
def cancel_task(*, task: Task, reason: str, by: User) -> Task:
    """Cancel a task; its links stop working, and the person asked is mailed why.

    Raises TaskRefusedError without a reason, or when it is closed.
    """
    locked = Task.objects.select_for_update().get(pk=task.pk)
    if not (verdict := can_cancel_task(state=locked.state, reason=reason)):
        raise TaskRefusedError(str(verdict.reason))
    before, locked.state = locked.state, State.CANCELLED
    locked.save(update_fields=["state", "updated_at"])
    TaskUpdate.objects.create(
        task=locked,
        user=by,
        state_before=before,
        state=locked.state,
        note=reason,
        progress_percent=locked.progress_percent,
    )
    revoke_links_to(locked.pk, purpose=TASK_LINK)
    changes = {"state": [before, locked.state]}
    record("task.cancelled", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    mail_cancelled(task=locked, reason=reason.strip(), by=by)
    return locked


def _require_fitting(partnership: Partnership, member: PartnershipMember | None, person: Stakeholder | None) -> None:
    if member is not None:
        if member.partnership_id != partnership.pk:
            raise TaskRefusedError(_("This organisation is not in the partnership."))
        if not (verdict := can_act_for_member(state=member.state)):
            raise TaskRefusedError(str(verdict.reason))
        if person is not None and active_representation(person.pk, member.pk) is None:
            raise TaskRefusedError(_("This person does not speak for the organisation."))
    elif person is not None and person.kind != Stakeholder.Kind.PERSON:
        raise TaskRefusedError(_("Choose a person, or a member of the partnership."))
