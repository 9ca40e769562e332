"""Everything asked of the organisations somebody speaks for, on one page."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.web.dates import day_words
from engagement.models import HoursEntry, VolunteerOpportunity
from engagement.rules.volunteer import total_in_words
from goals.models import Endorsement, EndorsementAnswer
from goals.queries.endorsement import HOLDING, places_in_open_rounds
from metrics.models import Indicator, Measurement
from metrics.queries.due import OwedValue, questioned_values, values_owed_by
from metrics.rules.figure import figures_of
from metrics.rules.period import Period, period_words
from partnerships.models import (
    AgreementVersion,
    Attendance,
    Commitment,
    HeardBack,
    Meeting,
    Partnership,
    Signature,
    Task,
)
from partnerships.queries.agreement import drafts_shared_with, open_requests
from partnerships.queries.meeting import heard_of_members, invitations_waiting, when_of
from partnerships.queries.minutes import approvals_waiting
from partnerships.queries.representative import active_representatives
from partnerships.rules.meeting import RUNNING
from partnerships.rules.task import BADGES, OPEN, WAITING, task_standing
from stakeholders.models import Stakeholder
from stakeholders.queries.own import is_own

MOST_OF_A_KIND = 100
# As long as a guest of a meeting may still be asked something about it.
GUESTS_ASKED = (*RUNNING, Meeting.State.MINUTES_CIRCULATED)
UNSETTLED_HOURS = (HoursEntry.State.SUBMITTED, HoursEntry.State.QUERIED)


@dataclass(frozen=True)
class Asked:
    """One thing asked; ``kind`` and ``id`` open it, ``note`` is what is known of it already."""

    kind: str
    id: uuid.UUID
    title: str
    where: str
    when: str = ""
    note: str = ""
    tone: str = ""
    word: str = ""


@dataclass(frozen=True)
class AskedSection:
    """A heading with what is asked beneath it."""

    title: str
    items: Sequence[Asked]


def member_rights_of(person: Stakeholder) -> dict[uuid.UUID, bool]:
    """The memberships a person speaks for today, with whether they may commit."""
    rows = active_representatives().filter(person=person).order_by("member_id")
    return dict(rows.values_list("member_id", "can_commit"))


def partnerships_of(person: Stakeholder) -> list[Partnership]:
    """The partnerships in which a person speaks for somebody today, by name."""
    rows = Partnership.objects.filter(members__in=list(member_rights_of(person)))
    return list(rows.distinct().order_by("name", "id"))


def has_page(person: Stakeholder, rights: dict[uuid.UUID, bool] | None = None) -> bool:
    """Whether a person has a page of what is asked: who speaks for a member, or was asked something themselves.

    That is who confirms volunteers' hours for a host, has a task of their own, is a guest of a meeting until its
    minutes are approved, or takes the minutes of one.
    """
    if member_rights_of(person) if rights is None else rights:
        return True
    guest = Attendance.objects.filter(person=person, member=None, meeting__state__in=GUESTS_ASKED)
    return (
        VolunteerOpportunity.objects.filter(supervisor=person).exists()
        or Task.objects.filter(member=None, person=person).exists()
        or guest.exists()
        or notes_asked_of(person).exists()
    )


def people_asked_themselves() -> QuerySet[Stakeholder]:
    """Who is asked something now without speaking for anybody: hours to confirm, a task, minutes to take."""
    hours = HoursEntry.objects.filter(state__in=UNSETTLED_HOURS).order_by().values("opportunity__supervisor_id")
    tasks = Task.objects.filter(member=None, person__isnull=False, state__in=OPEN).order_by().values("person_id")
    notes = Meeting.objects.filter(note_taker__isnull=False, state__in=RUNNING).order_by().values("note_taker_id")
    return Stakeholder.objects.filter(Q(pk__in=hours) | Q(pk__in=tasks) | Q(pk__in=notes), erased_at=None)


def person_of(user: User) -> Stakeholder | None:
    """The entry of the register that is a signed-in person: by account, else by address."""
    rows = Stakeholder.objects.filter(is_own(user), kind=Stakeholder.Kind.PERSON, merged_into=None, erased_at=None)
    return rows.order_by(F("user_id").asc(nulls_last=True), "id").first()


def asked_of(person: Stakeholder, *, today: date) -> list[AskedSection]:
    """What a person can answer or do for their organisations, questions first; empty sections are left out."""
    rights = member_rights_of(person)
    language = person.language or "en"
    tasks = [_task(task, today) for task in tasks_asked_of(person, rights)[:MOST_OF_A_KIND]]
    values = [_value(owed, language, today) for owed in values_owed_by(list(rights), today=today)]
    sections = [
        AskedSection(_("Waits for your answer"), [one for one in tasks if one.kind == "answer"]),
        AskedSection(_("Meetings"), [_meeting(found) for found in meetings_asked_of(person, today=today)]),
        AskedSection(_("Minutes to take"), [_notes(found) for found in notes_asked_of(person)[:MOST_OF_A_KIND]]),
        AskedSection(_("Minutes to approve"), [_minutes(found) for found in minutes_asked_of(person)]),
        AskedSection(_("Goals: where do you stand?"), [_stand(found) for found in stands_asked_of(rights)]),
        AskedSection(_("What we heard from you"), [_heard(found) for found in heard_asked_of(rights)[:MOST_OF_A_KIND]]),
        AskedSection(_("To read and sign"), [_signature(found) for found in signatures_asked_of(rights)]),
        AskedSection(_("Drafts to remark on"), [_draft(found) for found in drafts_asked_of(rights)]),
        AskedSection(
            _("What you promised"),
            [
                *(one for one in tasks if one.kind == "task"),
                *(_promise(found) for found in promises_asked_of(rights)[:MOST_OF_A_KIND]),
            ],
        ),
        AskedSection(
            _("Questions about your numbers"),
            [_question(row, language) for row in questions_asked_of(rights)[:MOST_OF_A_KIND]],
        ),
        AskedSection(_("Hours to confirm"), [_hours(entry) for entry in hours_asked_of(person)[:MOST_OF_A_KIND]]),
        AskedSection(_("Numbers"), values),
    ]
    return [section for section in sections if section.items]


def tasks_asked_of(person: Stakeholder, rights: dict[uuid.UUID, bool]) -> QuerySet[Task]:
    """The open tasks of a person's organisations and their own; a question only for who may answer it."""
    commits = [member for member, can_commit in rights.items() if can_commit]
    mine = Q(member__in=list(rights)) & (Q(member__in=commits) | ~Q(state__in=WAITING))
    rows = Task.objects.filter(mine | Q(member=None, person=person), state__in=OPEN)
    return rows.select_related("partnership").order_by(F("due_on").asc(nulls_last=True), "number", "id")


def signatures_asked_of(rights: dict[uuid.UUID, bool]) -> QuerySet[Signature]:
    """The open requests to sign that somebody may answer."""
    commits = [member for member, can_commit in rights.items() if can_commit]
    return open_requests().filter(member__in=commits)


def drafts_asked_of(rights: dict[uuid.UUID, bool]) -> QuerySet[AgreementVersion]:
    """The drafts of agreements somebody may remark on for their organisations."""
    return drafts_shared_with(list(rights))


def heard_asked_of(rights: dict[uuid.UUID, bool]) -> QuerySet[HeardBack]:
    """What was heard of somebody's organisations and is not confirmed yet."""
    return heard_of_members(list(rights))


def stands_asked_of(rights: dict[uuid.UUID, bool]) -> QuerySet[Endorsement]:
    """The questions about goals that wait for the answer of somebody's organisations."""
    commits = [member for member, can_commit in rights.items() if can_commit]
    rows = places_in_open_rounds().filter(member__in=commits)
    silent = rows.exclude(Exists(EndorsementAnswer.objects.filter(HOLDING, endorsement=OuterRef("pk"))))
    return silent.order_by("round__answer_by", "id")


def meetings_asked_of(person: Stakeholder, *, today: date | None = None) -> QuerySet[Attendance]:
    """The invitations to meetings to come that somebody did not answer yet, the nearest first."""
    return invitations_waiting(since=today or timezone.localdate()).filter(person=person)


def minutes_asked_of(person: Stakeholder) -> QuerySet[Attendance]:
    """The meetings somebody was at whose minutes, as they went round last, wait for their word."""
    return approvals_waiting().filter(person=person)


def notes_asked_of(person: Stakeholder) -> QuerySet[Meeting]:
    """The meetings somebody is named to take the minutes of, until they go round, the nearest first."""
    rows = Meeting.objects.filter(note_taker=person, state__in=RUNNING)
    return rows.select_related("partnership", "note_taker").order_by("starts_at", "id")


def promises_asked_of(rights: dict[uuid.UUID, bool]) -> QuerySet[Commitment]:
    """The promises of somebody's organisations that are no task, open or to be confirmed, the nearest date first."""
    rows = Commitment.objects.filter(
        member__in=list(rights), state__in=[Commitment.State.PROPOSED, Commitment.State.OPEN]
    )
    return rows.select_related("partnership").order_by(F("due_on").asc(nulls_last=True), "number", "id")


def hours_asked_of(person: Stakeholder) -> QuerySet[HoursEntry]:
    """The hours of volunteers that wait for somebody as the host's contact, the oldest first."""
    rows = HoursEntry.objects.filter(opportunity__supervisor=person, state__in=UNSETTLED_HOURS)
    return rows.select_related("volunteer", "opportunity__partnership", "opportunity__supervisor").order_by("on", "id")


def questions_asked_of(rights: dict[uuid.UUID, bool]) -> QuerySet[Measurement]:
    """The values of somebody's organisations that were sent back with a question."""
    return questioned_values().filter(member__in=list(rights))


def owed_value_for(person: Stakeholder, indicator_id: uuid.UUID, *, today: date) -> OwedValue | None:
    """The value of an indicator that one of a person's organisations owes now; None when none is."""
    owed = values_owed_by(list(member_rights_of(person)), today=today)
    return next((one for one in owed if one.indicator.pk == indicator_id), None)


def _task(task: Task, today: date) -> Asked:
    tone, word = BADGES[task_standing(task, today=today)]
    kind = "answer" if task.state in WAITING else "task"
    note = "" if kind == "answer" else _("%(percent)d %% done") % {"percent": task.progress_percent}
    return Asked(kind, task.pk, task.title, task.partnership.name, day_words(task.due_on), note, tone, str(word))


def _meeting(attendance: Attendance) -> Asked:
    meeting = attendance.meeting
    return Asked("meeting", attendance.pk, meeting.title, meeting.partnership.name, when_of(meeting), meeting.place)


def _minutes(attendance: Attendance) -> Asked:
    meeting = attendance.meeting
    return Asked("minutes", attendance.pk, meeting.title, meeting.partnership.name, when_of(meeting))


def _notes(meeting: Meeting) -> Asked:
    return Asked("notes", meeting.pk, meeting.title, meeting.partnership.name, when_of(meeting), meeting.place)


def _hours(entry: HoursEntry) -> Asked:
    opportunity = entry.opportunity
    where = f"{opportunity.title} · {opportunity.partnership.name}"
    title = entry.volunteer.name or opportunity.title
    return Asked("hours", entry.pk, title, where, day_words(entry.on), total_in_words(entry.hours))


def _promise(promise: Commitment) -> Asked:
    note = _("waits for your confirmation") if promise.state == Commitment.State.PROPOSED else ""
    return Asked("promise", promise.pk, promise.title, promise.partnership.name, day_words(promise.due_on), note)


def _signature(signature: Signature) -> Asked:
    agreement = signature.version.agreement
    note = _version(signature.version)
    if signature.is_accession:
        note = _("%(version)s · you join what the others signed") % {"version": note}
    return Asked("signature", signature.pk, agreement.title, agreement.partnership.name, note=note)


def _stand(place: Endorsement) -> Asked:
    goal = place.round.goal
    return Asked("stand", place.pk, goal.title, goal.partnership.name, day_words(place.round.answer_by))


def _draft(version: AgreementVersion) -> Asked:
    agreement = version.agreement
    return Asked("draft", version.pk, agreement.title, agreement.partnership.name, note=_version(version))


def _version(version: AgreementVersion) -> str:
    return _("Version %(number)d") % {"number": version.number}


def _heard(heard: HeardBack) -> Asked:
    meeting = heard.meeting
    return Asked("heard", heard.pk, meeting.title, meeting.partnership.name, when_of(meeting))


def last_time_words(owed: OwedValue, language: str) -> str:
    """What was said of an indicator the last time, for who gives the next value; empty without one."""
    if owed.last is None:
        return ""
    said = figures_of(owed.indicator).said(
        owed.last.value, numerator=owed.last.numerator, denominator=owed.last.denominator
    )
    return _("Last time: %(value)s") % {"value": said.in_language(language)}


def _question(value: Measurement, language: str) -> Asked:
    period = period_words(Period(value.period_starts_on, value.period_ends_on), language)
    indicator = value.indicator
    return Asked("question", value.pk, indicator.name, indicator.partnership.name, period, value.query_note)


def _value(owed: OwedValue, language: str, today: date) -> Asked:
    indicator: Indicator = owed.indicator
    late = owed.period.is_late(today)
    return Asked(
        "value", indicator.pk, indicator.name, indicator.partnership.name,
        when=period_words(owed.period, language), note=last_time_words(owed, language),
        tone="late" if late else "soon", word=_("Overdue") if late else _("Due"),
    )  # fmt: skip
