"""Planning meetings, calling them, changing and cancelling them, and ending them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from core.jobs import enqueue
from core.models import User
from core.operations.audit import changed_fields, record
from core.operations.levels import require_meant
from core.rules.membership import Verdict
from partnerships.models import AgendaItem, Attendance, Meeting, MeetingSeries, Partnership
from partnerships.operations.action import mail_actions
from partnerships.operations.meeting_link import Occasion, mail_guests
from partnerships.operations.notes_link import end_notes_links, tell_note_taker
from partnerships.rules.authority import LinkHolder
from partnerships.rules.meeting import (
    INVITED,
    agenda_findings,
    can_cancel_meeting,
    can_change_meeting,
    can_close_meeting,
    can_schedule_meeting,
    facts_of,
    length_findings,
    next_start,
)
from partnerships.rules.severity import Finding, blocking
from partnerships.rules.visibility import can_show_at, first_level, levels_within

State = Meeting.State
# What people have to hear of when it changes after they were invited.
TOLD = ("title", "starts_at", "ends_at", "place", "online_link")
# What of a change the history keeps.
KEPT = ("starts_at", "ends_at", "visibility")


class MeetingRefusedError(Exception):
    """The meeting cannot go there; the message says why, ``findings`` each rule that stops it."""

    def __init__(self, message: str, findings: list[Finding] | None = None) -> None:
        super().__init__(message)
        self.findings = findings or []


@transaction.atomic
def start_series(
    *, partnership: Partnership, by: User | None, first_at: datetime | None = None, **fields: Any
) -> MeetingSeries:
    """A rhythm in which people meet, with its first meeting when a moment is given.

    Raises ValidationError, among others for a name that exists.
    """
    series = MeetingSeries(partnership=partnership, **fields)
    series.full_clean()
    series.save()
    record("meeting.series_started", series, by=by, scope_id=partnership.scope_id, changes={"rhythm": series.rhythm})
    if first_at is not None:
        plan_next_meeting(series=series, by=by, starts_at=first_at)
    return series


@transaction.atomic
def plan_meeting(*, partnership: Partnership, by: User | None, **fields: Any) -> Meeting:
    """A meeting with the next number of the partnership; nobody is told yet.

    Raises ValidationError, among others for a level wider than the partnership's own.
    """
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    fields.setdefault("visibility", first_level(partnership.visibility))
    _require_level(fields, partnership)
    newest = Meeting.objects.filter(partnership=partnership).aggregate(newest=Max("number"))["newest"] or 0
    meeting = Meeting(partnership=partnership, number=newest + 1, **fields)
    meeting.full_clean()
    meeting.save()
    _record("planned", meeting, by, {"starts_at": meeting.starts_at.isoformat()})
    return meeting


@transaction.atomic
def plan_next_meeting(*, series: MeetingSeries, by: User | None, starts_at: datetime | None = None) -> Meeting:
    """The next meeting of a series with the guests of the last one, one rhythm later unless a moment is given.

    Raises MeetingRefusedError when the series has no meeting to count from and no moment is given.
    """
    last = Meeting.objects.filter(series=series).exclude(state=State.CANCELLED).order_by("-starts_at").first()
    if starts_at is None:
        if last is None:
            raise MeetingRefusedError(_("Say when the first meeting is."))
        starts_at = next_start(last.starts_at, series.rhythm)
    meeting = plan_meeting(
        partnership=series.partnership,
        by=by,
        series=series,
        title=series.title,
        purpose=series.purpose,
        kind=series.kind,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=series.length_minutes),
        place=series.place,
        online_link=series.online_link,
        accessibility=last.accessibility if last else "",
        chair=last.chair if last else None,
        chair_member=last.chair_member if last else None,
        note_taker=last.note_taker if last else None,
        **({"visibility": min(last.visibility, max(levels_within(series.partnership.visibility)))} if last else {}),
    )
    if last is not None:
        guests = Attendance.objects.filter(meeting=last).order_by("id")
        Attendance.objects.bulk_create(
            [Attendance(meeting=meeting, person_id=one.person_id, member_id=one.member_id) for one in guests]
        )
    return meeting


@transaction.atomic
def change_meeting(*, meeting: Meeting, by: User, **fields: Any) -> Meeting:
    """Change a meeting to come; who was invited gets the change as a newer invitation.

    Raises MeetingRefusedError once it is over and when it became shorter than its agenda, ValidationError for bad
    fields.
    """
    locked = locked_meeting(meeting)
    require(can_change_meeting(state=locked.state))
    _require_level(fields, locked.partnership)
    require_meant(locked, fields)
    over = minutes_over(locked)
    changes = changed_fields(locked, fields)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.full_clean()
    require_length(locked, over_before=over)
    is_told = locked.state in INVITED and bool(set(changes) & set(TOLD))
    locked.sequence += is_told
    locked.save()
    _record("changed", locked, by, {name: changes[name] for name in KEPT if name in changes})
    if is_told:
        mail_guests(locked, Occasion.CHANGED)
    if "note_taker" in changes:
        end_notes_links(locked)
        tell_note_taker(locked, by=by)
    return locked


@transaction.atomic
def schedule_meeting(*, meeting: Meeting, by: User) -> Meeting:
    """Mail the invitations, and the note taker without an account a link to write the minutes with.

    Raises MeetingRefusedError without guests, in the past, or when they left already.
    """
    locked = locked_meeting(meeting)
    guests = Attendance.objects.filter(meeting=locked).count()
    now = timezone.now()
    require(can_schedule_meeting(state=locked.state, guests=guests, starts_at=locked.starts_at, now=now))
    locked.state, locked.invited_at = State.SCHEDULED, now
    locked.save(update_fields=["state", "invited_at", "updated_at"])
    _record("scheduled", locked, by, {"guests": guests})
    mail_guests(locked, Occasion.INVITED)
    tell_note_taker(locked, by=by)
    return locked


def findings_of(meeting: Meeting, *, today: date) -> list[Finding]:
    """What the rules do not like about a meeting's agenda if it went out today (R-C1)."""
    items = AgendaItem.objects.filter(meeting=meeting).order_by("position", "id")
    return agenda_findings(
        facts_of(items),
        kind=meeting.kind,
        length_minutes=meeting.length_minutes,
        meets_on=timezone.localtime(meeting.starts_at).date(),
        today=today,
    )


@transaction.atomic
def send_agenda(*, meeting: Meeting, by: User, today: date | None = None, reason: str = "") -> Meeting:
    """Mail the agenda to everybody invited and have its document made; sending it again sends what changed.

    Raises MeetingRefusedError before the invitations left, and for what blocks in the partnership's mode unless a
    written reason passes it; an agenda longer than its meeting is refused whatever the reason (R-C1).
    """
    locked = locked_meeting(meeting)
    if locked.state not in INVITED:
        raise MeetingRefusedError(_("Call the meeting first."))
    stops = blocking(findings_of(locked, today=today or timezone.localdate()), locked.partnership.mode)
    if any(finding.code == "R-C1-length" for finding in stops) or (stops and not reason.strip()):
        raise MeetingRefusedError(" ".join(str(finding.message) for finding in stops), stops)
    locked.state, locked.agenda_sent_at, locked.late_reason = State.AGENDA_SENT, timezone.now(), reason.strip()
    locked.agenda_pdf = None
    locked.full_clean(exclude=["partnership", "series"])
    locked.save()
    enqueue("partnerships.render_agenda", dedup_key=f"agenda:{locked.pk}", meeting_id=locked.pk)
    _record("agenda_sent", locked, by)
    mail_guests(locked, Occasion.AGENDA)
    return locked


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: User) -> Meeting:
    """Cancel a meeting; who was invited gets the reason and the entry leaves their calendar.

    Raises MeetingRefusedError without a reason or once it is over.
    """
    locked = locked_meeting(meeting)
    require(can_cancel_meeting(state=locked.state, reason=reason))
    was_told = locked.state in INVITED
    locked.state, locked.cancelled_reason = State.CANCELLED, reason.strip()
    locked.sequence += 1
    locked.full_clean(exclude=["partnership", "series"])
    locked.save()
    _record("cancelled", locked, by)
    end_notes_links(locked)
    if was_told:
        mail_guests(locked, Occasion.CANCELLED)
    return locked


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: User, now: datetime | None = None) -> Meeting:
    """End a meeting: its minutes are being written now, and what it did not come to is offered to the next one.

    Who promised something in it gets a mail at once, with a link to each promise.
    Raises MeetingRefusedError before it began, with nobody present, or when it was ended already.
    """
    locked = locked_meeting(meeting)
    present = Attendance.objects.filter(meeting=locked, presence=Attendance.Presence.PRESENT).count()
    verdict = can_close_meeting(
        state=locked.state, present=present, starts_at=locked.starts_at, now=now or timezone.now()
    )
    require(verdict)
    locked.state = State.MINUTES_DRAFT
    locked.save(update_fields=["state", "updated_at"])
    silent = Attendance.objects.filter(meeting=locked, presence=Attendance.Presence.UNKNOWN)
    silent.filter(answer=Attendance.Answer.NO).update(presence=Attendance.Presence.APOLOGIES)
    silent.update(presence=Attendance.Presence.ABSENT)
    _record("closed", locked, by, {"present": present})
    mail_actions(locked, by=by)
    return locked


def minutes_over(meeting: Meeting) -> int:
    """How many minutes an agenda takes more than its meeting lasts; negative while there is time left."""
    planned = AgendaItem.objects.filter(meeting=meeting).aggregate(total=Sum("minutes_planned"))["total"] or 0
    return planned - meeting.length_minutes


def require_length(meeting: Meeting, *, over_before: int) -> None:
    """Raise MeetingRefusedError for an agenda that went round and grew longer than its meeting (R-C1).

    While it is planned the page tells it, and sending refuses it; what comes up while a meeting runs is not counted.
    """
    over = minutes_over(meeting)
    if meeting.state != State.AGENDA_SENT or over <= max(over_before, 0):
        return
    if stops := blocking(length_findings(over), meeting.partnership.mode):
        raise MeetingRefusedError(" ".join(str(finding.message) for finding in stops), stops)


def locked_meeting(meeting: Meeting) -> Meeting:
    """A meeting as it stands now, locked until the end of the transaction: always before anything that is in it."""
    found: Meeting = Meeting.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=meeting.pk)
    return found


def writer_of(meeting: Meeting, by: User | LinkHolder | None) -> User | None:
    """The account that writes in a meeting, None for who does so by a link: its named note taker and nobody else.

    Raises MeetingRefusedError for the holder of a link who is not the note taker.
    """
    if isinstance(by, LinkHolder):
        if meeting.note_taker_id != by.person.pk:
            raise MeetingRefusedError(_("Somebody else takes the minutes of this meeting."))
        return None
    return by


def require(verdict: Verdict) -> None:
    """Raise MeetingRefusedError with the reason of a verdict that forbids."""
    if not verdict:
        raise MeetingRefusedError(str(verdict.reason))


def _require_level(fields: Mapping[str, Any], partnership: Partnership) -> None:
    if "visibility" in fields:
        verdict = can_show_at(fields["visibility"], cap=partnership.visibility)
        if not verdict:
            raise ValidationError({"visibility": str(verdict.reason)})


def _record(what: str, meeting: Meeting, by: User | None, changes: dict[str, Any] | None = None) -> None:
    record(f"meeting.{what}", meeting, by=by, scope_id=meeting.partnership.scope_id, changes=changes)
