"""Meetings of the demo: a series with three behind it and one to come, its minutes, and five decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from core.models import OutboxMail, User
from partnerships.models import AgendaItem, Attendance, Decision, Meeting, Minutes, Partnership, Task
from partnerships.operations.agenda import add_item, write_action, write_notes
from partnerships.operations.attendance import (
    answer_invitation,
    confirm_heard,
    invite_people,
    note_presence,
    write_heard,
)
from partnerships.operations.decision import record_decision
from partnerships.operations.meeting import (
    close_meeting,
    plan_next_meeting,
    schedule_meeting,
    send_agenda,
    start_series,
)
from partnerships.operations.minutes import answer_minutes, approve_silent_minutes, circulate_minutes, write_erratum
from partnerships.operations.task_update import accept_task, update_task
from partnerships.queries.decision_audience import groups_to_choose
from partnerships.queries.meeting import speakers_of
from partnerships.rules.decision import NOBODY, Audience, Stand
from reports.demo.clock import day, on_day
from reports.demo.meeting_words import WORDS, Held, Said
from reports.demo.people import Cast
from reports.demo.story import Story
from reports.demo.work import acting
from stakeholders.models import Stakeholder

ROOM = "https://example.org/papers/"
HOUR = 15
MAILS = ("meeting", "minutes")


@dataclass(frozen=True)
class Table:
    """The steering group of one partnership, as it is told."""

    cast: Cast
    story: Story
    partnership: Partnership

    @property
    def by(self) -> User:
        """Who coordinates."""
        return self.cast.coordinator


def bring_in_meetings(cast: Cast, story: Story, partnership: Partnership) -> None:
    """The meetings of a story that has any."""
    words = WORDS.get(story.slug)
    if words is None:
        return
    table = Table(cast, story, partnership)
    first = words.held[0].day
    with on_day(first - 14):
        series = start_series(
            partnership=partnership,
            by=table.by,
            title=words.title,
            purpose=words.purpose,
            rhythm="six_weeks",
            length_minutes=90,
            place=words.place,
        )
    taken: list[Decision] = []
    for held in words.held:
        with on_day(held.day - 10):
            meeting = plan_next_meeting(series=series, by=table.by, starts_at=_moment(held.day))
            _call(table, meeting, held.items)
        with on_day(held.day):
            taken += _hold(table, meeting, held, taken)
        _approve(table, meeting, held)
    # These mails were read long ago.
    OutboxMail.objects.filter(kind__in=MAILS).update(state=OutboxMail.State.SENT, sent_at=timezone.now())
    with on_day(-1):
        coming = plan_next_meeting(series=series, by=table.by, starts_at=_moment(_workday(9)))
        _call(table, coming, words.coming)
        _answer(coming)
        record_decision(partnership=partnership, by=table.by, **words.put_off)


def _moment(offset: int) -> datetime:
    return day(offset).replace(hour=HOUR, minute=0)


def _workday(offset: int) -> int:
    """The first day from an offset on that is neither Saturday nor Sunday."""
    return next(one for one in range(offset, offset + 3) if day(one).weekday() < 5)  # noqa: PLR2004 - Saturday


def _call(table: Table, meeting: Meeting, items: Iterable[Said]) -> None:
    speakers = list(speakers_of(table.partnership))
    chair = speakers[meeting.number % len(speakers)]
    Meeting.objects.filter(pk=meeting.pk).update(chair=chair.person, chair_member=chair.member)
    invite_people(meeting=meeting, speakers=speakers, by=table.by)
    members = [speaker.member for speaker in speakers]
    for position, said in enumerate(items):
        add_item(
            meeting=meeting,
            by=table.by,
            title=said.title,
            kind=said.kind,
            minutes_planned=said.minutes,
            desired_outcome=said.outcome,
            proposed_by=members[position % len(members)],
            paper_link=f"{ROOM}{meeting.number}-{position}.pdf" if said.kind == AgendaItem.Kind.DECIDE else "",
        )
    meeting = schedule_meeting(meeting=meeting, by=table.by)
    send_agenda(meeting=meeting, by=table.by)


def _hold(table: Table, meeting: Meeting, held: Held, before: list[Decision]) -> list[Decision]:
    people = list(Attendance.objects.filter(meeting=meeting).order_by("pk"))
    away = people[-1].pk if held.one_is_away else None
    presences = {one.pk: "apologies" if one.pk == away else "present" for one in people}
    note_presence(meeting=meeting, presences=presences, by=table.by)
    members = [one.member for one in people if one.member is not None]
    taken = []
    for item, said in zip(meeting.items.order_by("position"), held.items, strict=True):
        write_notes(item=item, by=table.by, summary=said.summary, state="parked" if said.is_parked else "done")
        if said.decision:
            taken.append(_decide(table, meeting, item, said, before))
        if said.action:
            _promise(table, meeting, item, said, due=held.day + 28)
    if held.heard:
        heard = write_heard(meeting=meeting, member=members[-1], text=held.heard, by=table.by)
        speaker = next(one.person for one in people if one.member == members[-1])
        confirm_heard(heard=heard, by=acting(speaker))
    close_meeting(meeting=meeting, by=table.by, now=_moment(held.day) + timedelta(hours=2))
    return taken


def _promise(table: Table, meeting: Meeting, item: AgendaItem, said: Said, *, due: int) -> None:
    """A promise made in the meeting, accepted by who made it and kept."""
    key = table.story.members[0][0]
    action = write_action(
        meeting=meeting,
        item=item,
        by=table.by,
        title=said.action,
        member=table.cast.members[table.story.slug, key],
        due_on=day(due).date(),
        result_expected=said.action_result,
    )
    who = acting(table.cast.who_commits(key))
    accept_task(task=action.task, by=who, today=day(due - 28).date())
    with on_day(due - 3) as moment:
        action.task.refresh_from_db()
        update_task(task=action.task, by=who, state=Task.State.DONE, progress_percent=100, today=moment.date())


def _decide(table: Table, meeting: Meeting, item: AgendaItem, said: Said, before: list[Decision]) -> Decision:
    keys = [key for key, _role in table.story.members]
    members = [table.cast.members[table.story.slug, key] for key in keys]
    positions = {member.pk: Stand(5 - number % 2) for number, member in enumerate(members)}
    if said.dissent:
        positions[members[-1].pk] = Stand(2, said.dissent)
    return record_decision(
        partnership=table.partnership,
        by=table.by,
        title=said.decision,
        reasons=said.reasons,
        method="consent",
        outcome="decided",
        meeting=meeting,
        item=item,
        positions=positions,
        supersedes=before[said.replaces] if said.replaces is not None else None,
        affects_residents=bool(said.public_note),
        public_note=said.public_note,
        review_on=day(said.review).date() if said.review else None,
        subject=said.subject,
        affected=_affected(table.partnership, said),
    )


def _affected(partnership: Partnership, said: Said) -> Audience:
    if not said.affects:
        return NOBODY
    groups = groups_to_choose(partnership).filter(kind=Stakeholder.Kind.GROUP).values_list("pk", flat=True)
    return Audience(frozenset(said.affects), frozenset(groups))


def _approve(table: Table, meeting: Meeting, held: Held) -> None:
    meeting.refresh_from_db()
    with on_day(held.day + 2) as moment:
        minutes = circulate_minutes(meeting=meeting, by=table.by, today=moment.date())
    with on_day(held.day + 4):
        people = Attendance.objects.filter(meeting=meeting, presence="present").select_related("person")
        asked = list(people.order_by("pk"))
        for attendance in asked[1:] if held.one_is_silent else asked:
            answer_minutes(minutes=minutes, attendance=attendance, by=acting(attendance.person))
    with on_day(held.day + 13) as moment:
        approve_silent_minutes(today=moment.date())
        if held.erratum:
            frozen = Minutes.objects.select_related("meeting__partnership").get(pk=minutes.pk)
            write_erratum(minutes=frozen, text=held.erratum, by=table.by)


def _answer(meeting: Meeting) -> None:
    people = Attendance.objects.filter(meeting=meeting).select_related("person", "meeting").order_by("pk")
    for attendance, answer in zip(people, ("yes", "maybe"), strict=False):
        answer_invitation(attendance=attendance, answer=answer, by=acting(attendance.person))
