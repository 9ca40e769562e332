"""What is due or waits for an answer, for the reminder digest: a finished task is simply not in it (R-T15)."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import F

from core.web.space import space_url
from partnerships.models import Signature, Task
from partnerships.queries.representative import active_representatives
from partnerships.rules.agreement import SIGNING
from partnerships.rules.task import PROMISED


class Step(StrEnum):
    """Why something is in the list; the digest words it and sends each step of an item once."""

    OVERDUE = "overdue"
    DUE = "due"
    ANSWER = "answer"
    SIGN = "sign"


@dataclass(frozen=True)
class DueItem:
    """One thing one person is asked for. ``person_id`` is a stakeholder; ``due_on`` None waits without a date.

    ``url`` is the page inside the space; for people without an account make a link with
    ``operations.task_link.make_task_link`` or ``operations.signature_link.make_signature_link``.
    """

    item_id: uuid.UUID
    person_id: uuid.UUID
    member_id: uuid.UUID | None
    partnership_id: uuid.UUID
    title: str
    due_on: date | None
    url: str
    step: Step


def due_items(*, today: date, within: timedelta) -> list[DueItem]:
    """What people are asked for in the tenant at work, the most urgent first.

    Promises due until ``today + within`` or overdue, proposals waiting for an answer, agreements waiting for a
    signature. A task without a named person goes to those who may commit for its member. One query for each kind and
    one for the people.
    """
    speakers = _speakers()
    items = [
        *_due_tasks(today=today, until=today + within, speakers=speakers),
        *_waiting_tasks(speakers),
        *_waiting_signatures(speakers),
    ]
    return sorted(items, key=lambda item: (item.due_on or date.max, item.title, str(item.item_id), str(item.person_id)))


Speakers = dict[uuid.UUID, list[tuple[uuid.UUID, bool]]]


def _speakers() -> Speakers:
    """For each member the people who speak for it, with whether they may commit."""
    found: Speakers = {}
    for member_id, person_id, can_commit in active_representatives().values_list(
        "member_id", "person_id", "can_commit"
    ):
        found.setdefault(member_id, []).append((person_id, can_commit))
    return found


def _people_asked(task: Task, speakers: Speakers) -> list[uuid.UUID]:
    if task.member_id is None:
        return [task.person_id] if task.person_id else []
    there = speakers.get(task.member_id, [])
    if task.person_id and any(person_id == task.person_id for person_id, _commits in there):
        return [task.person_id]
    return [person_id for person_id, can_commit in there if can_commit]


def _due_tasks(*, today: date, until: date, speakers: Speakers) -> list[DueItem]:
    rows = Task.objects.filter(state__in=PROMISED, due_on__lte=until).exclude(state=Task.State.IN_REVIEW)
    rows = rows.select_related("partnership").order_by("due_on", "id")
    return [
        _task_item(task, person_id, Step.OVERDUE if task.due_on and task.due_on < today else Step.DUE)
        for task in rows
        for person_id in _people_asked(task, speakers)
    ]


def _waiting_tasks(speakers: Speakers) -> list[DueItem]:
    # Another date is coordination's to answer, and stands on its start page.
    rows = (
        Task.objects.filter(state=Task.State.PROPOSED).exclude(member=None, person=None).select_related("partnership")
    )
    return [
        _task_item(task, person_id, Step.ANSWER)
        for task in rows.order_by(F("due_on").asc(nulls_last=True), "id")
        for person_id in _people_asked(task, speakers)
    ]


def _task_item(task: Task, person_id: uuid.UUID, step: Step) -> DueItem:
    return DueItem(
        item_id=task.pk,
        person_id=person_id,
        member_id=task.member_id,
        partnership_id=task.partnership_id,
        title=task.title,
        due_on=task.due_on,
        url=space_url("task_detail", slug=task.partnership.slug, number=task.number),
        step=step,
    )


def _waiting_signatures(speakers: Speakers) -> list[DueItem]:
    rows = Signature.objects.filter(state=Signature.State.REQUESTED, version__state__in=SIGNING)
    return [
        DueItem(
            item_id=signature.pk,
            person_id=person_id,
            member_id=signature.member_id,
            partnership_id=signature.version.agreement.partnership_id,
            title=signature.version.agreement.title,
            due_on=None,
            url=space_url(
                "agreement_detail",
                slug=signature.version.agreement.partnership.slug,
                number=signature.version.agreement.number,
            ),
            step=Step.SIGN,
        )
        for signature in rows.select_related("version__agreement__partnership").order_by("id")
        for person_id, can_commit in speakers.get(signature.member_id, [])
        if can_commit
    ]
