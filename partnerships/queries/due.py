"""What is due or waits for an answer, for the reminder digest: a finished task is simply not in it (R-T15)."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import starmap
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import lazy

from core.models import AccessLink
from core.web.space import space_url
from partnerships.models import Attendance, Commitment, Task, TaskUpdate
from partnerships.queries.agreement import LINK_UNTIL, open_requests
from partnerships.queries.coordination import coordinator_to_write_to
from partnerships.queries.meeting import invitations_waiting
from partnerships.queries.minutes import approvals_waiting
from partnerships.queries.representative import active_representatives
from partnerships.rules.task import PROMISED, TASK_LINK


class Step(StrEnum):
    """Why something is in the list; the digest words it and sends each step of an item once."""

    OVERDUE = "overdue"
    DUE = "due"
    ANSWER = "answer"
    SIGN = "sign"
    # The last link mailed for a signature ran out without an answer: to coordination.
    SIGN_ENDED = "sign_ended"
    # An invitation waits for an answer; minutes wait for the word of who was there.
    MEETING = "meeting"
    MINUTES = "minutes"
    # A party does not sign, or remarks on the text; a task was not accepted: to coordination.
    DECLINED = "declined"
    REMARK = "remark"
    REFUSED = "refused"
    # What was written down as a promise waits for the word of who would promise it.
    CONFIRM = "confirm"
    # Partners say where they stand on a goal.
    ENDORSE = "endorse"
    # No word for three weeks: to the owner alone; for five weeks: to coordination.
    QUIET = "quiet"
    QUIET_LONG = "quiet_long"
    # Overdue for a week: to who may commit for the owner; for two weeks: to coordination.
    LEAD = "lead"
    COORDINATION = "coordination"
    # What people outside were promised to hear: by that day, and when it has passed.
    REPORT_BACK = "report_back"
    REPORT_LATE = "report_late"
    # Words of somebody else are to be read before their day; a post has its hour; one withdrawn is to be taken down;
    # the social media plan is read through once a year.
    POST_TO_READ = "post_to_read"
    POST = "post"
    POST_LATE = "post_late"
    POST_DOWN = "post_down"
    SOCIAL_PLAN = "social_plan"
    # A partner said something about working together and waits for coordination.
    FEEDBACK = "feedback"
    # An organisation leaves, and points of its checklist are open: before that day, and when it has passed.
    EXIT = "exit"
    EXIT_LATE = "exit_late"
    # Somebody suggests a goal, or a change of one, and waits for coordination.
    SUGGESTION = "suggestion"
    # A goal is to be reviewed together; a risk is to be looked at again.
    GOAL_REVIEW = "goal_review"
    RISK = "risk"
    REVIEW_90 = "review_90"
    REVIEW_60 = "review_60"
    REVIEW_30 = "review_30"
    END_90 = "end_90"
    END_60 = "end_60"
    END_30 = "end_30"
    # The tasks that followed from a talk about a number are to be looked at.
    CHECK = "check"
    # A resident waits for an answer, or writes of danger; a promise to residents was not kept by its day.
    RESIDENT = "resident"
    RESIDENT_URGENT = "resident_urgent"
    THEME = "theme"
    # Somebody offered their time and waits for a yes or no.
    VOLUNTEER = "volunteer"

    @property
    def is_review(self) -> bool:
        """Whether an agreement is to be read again by that day."""
        return self in {Step.REVIEW_90, Step.REVIEW_60, Step.REVIEW_30}

    @property
    def is_end(self) -> bool:
        """Whether an agreement ends on that day."""
        return self in {Step.END_90, Step.END_60, Step.END_30}


# By the days before something is to be read or looked at again.
REVIEWS = {90: Step.REVIEW_90, 60: Step.REVIEW_60, 30: Step.REVIEW_30}


class Door(StrEnum):
    """How who is asked gets to an item: by an e-mailed link, or signed in."""

    TASK = "task"
    SIGNATURE = "signature"
    PROMISE = "promise"
    MEETING = "meeting"
    MINUTES = "minutes"
    ENDORSEMENT = "endorsement"
    VALUES = "values"
    ACCOUNT = "account"


@dataclass(frozen=True)
class DueItem:
    """One thing one person is asked for. ``due_on`` None waits without a date.

    ``person_id`` is a stakeholder, or the account of somebody in coordination who is not listed.

    Of a meeting ``item_id`` is the person's place in it. ``url`` is the page inside the space; for people without an
    account make a link of the kind ``door`` says. ``version`` counts the versions of an agreement that waits for a
    signature. ``since`` is the day of the last word of a quiet task, or of the end of a link, ``who`` the organisation
    it is about when somebody else is told.
    """

    item_id: uuid.UUID
    person_id: uuid.UUID
    member_id: uuid.UUID | None
    partnership_id: uuid.UUID
    title: str
    due_on: date | None
    url: str
    step: Step
    door: Door = Door.ACCOUNT
    version: int = 0
    since: date | None = None
    who: str = ""


def by_urgency(item: DueItem) -> tuple[date, str, str, str]:
    """For sorting: the earliest date first, without a date last."""
    return item.due_on or date.max, item.title, str(item.item_id), str(item.person_id)


def due_items(*, today: date, within: timedelta) -> list[DueItem]:
    """What people are asked for in the tenant at work, the most urgent first.

    Promises due until ``today + within`` or overdue, proposals, invitations and promises written down for an
    organisation that wait for an answer, agreements waiting for a signature, minutes waiting for approval. A task
    without a named person goes to those who may commit for its member. A promise nobody spoke of for three weeks is
    gently asked after, an overdue one also with the owner's lead and, later, coordination (R-T15). One query for each
    kind, one for the people and three for those who coordinate.
    """
    speakers, coordinators = speakers_by_member(), coordinator_to_write_to()
    items = [
        *_due_tasks(today=today, until=today + within, speakers=speakers),
        *_escalated_tasks(today=today, speakers=speakers, coordinators=coordinators),
        *_quiet_tasks(today=today, until=today + within, speakers=speakers, coordinators=coordinators),
        *_waiting_tasks(speakers),
        *_waiting_signatures(speakers, coordinators, today=today),
        *_waiting_promises(speakers),
        *_waiting_invitations(today),
        *_waiting_minutes(),
    ]
    return sorted(items, key=by_urgency)


def _said(words: Callable[..., str], *about: Any) -> str:
    return words(*about)


# Most items are mailed and never ask for their page in the space.
_page = lazy(space_url, str)
# Titles made of our words, or written in two languages: reminders are collected for all at once, each reads its own.
worded = lazy(_said, str)
Speakers = dict[uuid.UUID, list[tuple[uuid.UUID, bool]]]
Coordinators = dict[uuid.UUID, uuid.UUID]
QUIET_AFTER, QUIET_LONG_AFTER = timedelta(days=21), timedelta(days=35)
LEAD_AFTER, COORDINATION_AFTER = timedelta(days=7), timedelta(days=14)


def speakers_by_member() -> Speakers:
    """For each member the people who speak for it, with whether they may commit."""
    found: Speakers = {}
    for member_id, person_id, can_commit in active_representatives().values_list(
        "member_id", "person_id", "can_commit"
    ):
        found.setdefault(member_id, []).append((person_id, can_commit))
    return found


class _Task(NamedTuple):
    id: uuid.UUID
    member_id: uuid.UUID | None
    person_id: uuid.UUID | None
    partnership_id: uuid.UUID
    title: str
    due_on: date | None
    slug: str
    number: int
    who: str | None
    last_at: datetime


# The day of the last word about a task; a task nobody spoke of is as old as itself.
_LAST_WORD = Coalesce(
    Subquery(TaskUpdate.objects.filter(task=OuterRef("pk")).order_by("-at").values("at")[:1]), F("created_at")
)


def _read(tasks: QuerySet[Task]) -> Iterator[_Task]:
    columns = (
        *("id", "member_id", "person_id", "partnership_id", "title", "due_on", "partnership__slug", "number"),
        "member__organisation__name",
    )
    return starmap(_Task, tasks.values_list(*columns, _LAST_WORD))


def people_asked(task: "_Task | Task", speakers: Speakers) -> list[uuid.UUID]:
    """Who is asked for a task: the named person, else those who may commit for its member."""
    if task.member_id is None:
        return [task.person_id] if task.person_id else []
    there = speakers.get(task.member_id, [])
    if task.person_id and any(person_id == task.person_id for person_id, _commits in there):
        return [task.person_id]
    return [person_id for person_id, can_commit in there if can_commit]


def _due_tasks(*, today: date, until: date, speakers: Speakers) -> list[DueItem]:
    rows = Task.objects.filter(state__in=PROMISED, due_on__lte=until).exclude(state=Task.State.IN_REVIEW)
    return [
        _task_item(task, person_id, Step.OVERDUE if task.due_on and task.due_on < today else Step.DUE)
        for task in _read(rows.order_by("due_on", "id"))
        for person_id in people_asked(task, speakers)
    ]


def _escalated_tasks(*, today: date, speakers: Speakers, coordinators: Coordinators) -> Iterator[DueItem]:
    """Overdue for a week: those who may commit beside the owner; for two weeks: coordination."""
    late = Task.objects.filter(state__in=PROMISED, due_on__lte=today - LEAD_AFTER).exclude(state=Task.State.IN_REVIEW)
    for task in _read(late.exclude(member=None).order_by("due_on", "id")):
        asked = set(people_asked(task, speakers))
        for person_id, can_commit in speakers.get(task.member_id, []) if task.member_id else []:
            if can_commit and person_id not in asked:
                yield _task_item(task, person_id, Step.LEAD)
        coordinator = coordinators.get(task.partnership_id)
        if coordinator and coordinator not in asked and task.due_on and task.due_on <= today - COORDINATION_AFTER:
            yield replace(_task_item(task, coordinator, Step.COORDINATION), door=Door.ACCOUNT, who=task.who or "")


def _quiet_tasks(*, today: date, until: date, speakers: Speakers, coordinators: Coordinators) -> Iterator[DueItem]:
    """What is not reminded of by its date: no word for three weeks to the owner, for five to coordination."""
    far = Task.objects.filter(Q(due_on=None) | Q(due_on__gt=until), state__in=PROMISED)
    rows = far.exclude(state=Task.State.IN_REVIEW).annotate(last_word=_LAST_WORD)
    for task in _read(rows.filter(last_word__date__lte=today - QUIET_AFTER).order_by("last_word", "id")):
        since = timezone.localdate(task.last_at)
        owners = people_asked(task, speakers)
        for person_id in owners:
            yield replace(_task_item(task, person_id, Step.QUIET), since=since)
        coordinator = coordinators.get(task.partnership_id)
        if coordinator and coordinator not in owners and since <= today - QUIET_LONG_AFTER:
            item = _task_item(task, coordinator, Step.QUIET_LONG)
            yield replace(item, since=since, door=Door.ACCOUNT, who=task.who or "")


def _waiting_tasks(speakers: Speakers) -> list[DueItem]:
    # Another date is coordination's to answer, and stands on its start page.
    rows = Task.objects.filter(state=Task.State.PROPOSED).exclude(member=None, person=None)
    return [
        _task_item(task, person_id, Step.ANSWER)
        for task in _read(rows.order_by(F("due_on").asc(nulls_last=True), "id"))
        for person_id in people_asked(task, speakers)
    ]


def tasks_asked_on(day: date) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """The tasks somebody sent a person a link to on a day, as task and person; links of digests are nobody's."""
    links = AccessLink.objects.filter(purpose=TASK_LINK, created_by__isnull=False, created_at__date=day)
    return set(links.exclude(person_id=None).values_list("subject_id", "person_id"))  # type: ignore[arg-type]  # not None


def _task_item(task: _Task, person_id: uuid.UUID, step: Step) -> DueItem:
    return DueItem(
        item_id=task.id,
        person_id=person_id,
        member_id=task.member_id,
        partnership_id=task.partnership_id,
        title=task.title,
        due_on=task.due_on,
        url=_page("task_detail", slug=task.slug, number=task.number),
        step=step,
        door=Door.TASK,
    )


class _Signature(NamedTuple):
    id: uuid.UUID
    member_id: uuid.UUID
    version: int
    title: str
    number: int
    partnership_id: uuid.UUID
    slug: str
    who: str
    link_until: datetime | None


def _waiting_signatures(speakers: Speakers, coordinators: Coordinators, *, today: date) -> Iterator[DueItem]:
    """For those who may commit; when the last link mailed to them ran out, also for coordination."""
    rows = open_requests(today=today)
    agreement = "version__agreement__"
    columns = (
        *("id", "member_id", "version__number"),
        *(agreement + column for column in ("title", "number", "partnership_id", "partnership__slug")),
        "member__organisation__name",
    )
    for signature in starmap(_Signature, rows.values_list(*columns, LINK_UNTIL)):
        for person_id, can_commit in speakers.get(signature.member_id, []):
            if can_commit:
                yield _signature_item(signature, person_id)
        coordinator = coordinators.get(signature.partnership_id)
        ended_on = timezone.localdate(signature.link_until) if signature.link_until else None
        if coordinator and ended_on and ended_on < today:
            item = replace(_signature_item(signature, coordinator), step=Step.SIGN_ENDED, door=Door.ACCOUNT)
            yield replace(item, since=ended_on, who=signature.who)


def _signature_item(signature: _Signature, person_id: uuid.UUID) -> DueItem:
    return DueItem(
        item_id=signature.id,
        person_id=person_id,
        member_id=signature.member_id,
        partnership_id=signature.partnership_id,
        title=signature.title,
        due_on=None,
        url=_page("agreement_detail", slug=signature.slug, number=signature.number),
        step=Step.SIGN,
        door=Door.SIGNATURE,
        version=signature.version,
    )


def _waiting_promises(speakers: Speakers) -> Iterator[DueItem]:
    """What was written down for a member, for those who may commit for it."""
    rows = Commitment.objects.filter(state=Commitment.State.PROPOSED).select_related("partnership")
    for commitment in rows.order_by(F("due_on").asc(nulls_last=True), "id"):
        for person_id, can_commit in speakers.get(commitment.member_id, []):
            if can_commit:
                yield _promise_item(commitment, person_id)


def _promise_item(commitment: Commitment, person_id: uuid.UUID) -> DueItem:
    return DueItem(
        item_id=commitment.pk,
        person_id=person_id,
        member_id=commitment.member_id,
        partnership_id=commitment.partnership_id,
        title=commitment.title,
        due_on=commitment.due_on,
        url=_page("commitment_detail", slug=commitment.partnership.slug, number=commitment.number),
        step=Step.CONFIRM,
        door=Door.PROMISE,
    )


class _Place(NamedTuple):
    id: uuid.UUID
    person_id: uuid.UUID
    member_id: uuid.UUID | None
    title: str
    number: int
    partnership_id: uuid.UUID
    slug: str
    day: datetime | date


_PLACE = (
    *("id", "person_id", "member_id", "meeting__title", "meeting__number", "meeting__partnership_id"),
    "meeting__partnership__slug",
)


def _waiting_invitations(today: date) -> Iterator[DueItem]:
    """Said again when the meeting is moved: its day is the item's."""
    rows: QuerySet[Attendance] = invitations_waiting(since=today)
    for place in starmap(_Place, rows.values_list(*_PLACE, "meeting__starts_at")):
        day = timezone.localdate(place.day) if isinstance(place.day, datetime) else place.day
        yield _place_item(place, day, Step.MEETING, Door.MEETING, "meeting_detail")


def _waiting_minutes() -> Iterator[DueItem]:
    for place in starmap(_Place, approvals_waiting().values_list(*_PLACE, "approve_by")):
        day = timezone.localdate(place.day) if isinstance(place.day, datetime) else place.day
        yield _place_item(place, day, Step.MINUTES, Door.MINUTES, "minutes_detail")


def _place_item(place: _Place, day: date | None, step: Step, door: Door, page: str) -> DueItem:
    return DueItem(
        item_id=place.id,
        person_id=place.person_id,
        member_id=place.member_id,
        partnership_id=place.partnership_id,
        title=place.title,
        due_on=day,
        url=_page(page, slug=place.slug, number=place.number),
        step=step,
        door=door,
    )
