"""Sending minutes round, approving them, freezing them, and correcting them by a dated note (R-C3)."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.jobs import enqueue
from core.models import User
from core.operations.audit import record
from core.operations.file import store_bytes
from core.queries.tenant import tenant_at_work
from partnerships.document.meeting import agenda_pdf, minutes_pdf
from partnerships.models import Attendance, Erratum, Meeting, MeetingAction, Minutes, MinutesApproval
from partnerships.operations.action import mail_actions
from partnerships.operations.meeting import MeetingRefusedError, locked_meeting, require
from partnerships.operations.meeting_link import mail_minutes
from partnerships.operations.notes_link import end_notes_links
from partnerships.queries.authority import is_person
from partnerships.queries.minutes import minutes_text, newest_minutes, present_at, standing_of_minutes
from partnerships.rules.authority import LinkHolder
from partnerships.rules.minutes import (
    ARCHIVE_DAYS,
    approve_until,
    can_answer_minutes,
    can_circulate,
    can_close_minutes,
    hash_of_minutes,
    is_approved_by_silence,
    is_settled,
)
from partnerships.rules.task import OPEN

State = Meeting.State
Answer = MinutesApproval.Answer


@transaction.atomic
def circulate_minutes(*, meeting: Meeting, by: User, today: date | None = None, text: str = "") -> Minutes:
    """Send the minutes to everybody who was there, to approve or to comment.

    They have ten days; in a light partnership it goes on until somebody closes the minutes.

    ``text`` is what the note taker made of the notes; empty takes them as they are. After a comment they go round
    again as a new text, which everybody is asked about anew. Promises written down since the meeting ended are mailed
    to their owners. Raises MeetingRefusedError.
    """
    locked = locked_meeting(meeting)
    before = newest_minutes(locked)
    has_comments = before is not None and standing_of_minutes(before).comments > 0
    require(can_circulate(state=locked.state, has_open_comments=has_comments))
    language = tenant_at_work().default_language
    day = today or timezone.localdate()
    newest = Minutes.objects.filter(meeting=locked).aggregate(newest=Max("number"))["newest"] or 0
    written = text.strip() + "\n" if text.strip() else minutes_text(locked, language=language)
    minutes = Minutes(
        meeting=locked,
        number=newest + 1,
        text=written,
        language=language,
        text_sha256=hash_of_minutes(written),
        circulated_at=timezone.now(),
        approve_by=approve_until(day, mode=locked.partnership.mode),
    )
    minutes.full_clean(exclude=["meeting"])
    minutes.save()
    locked.state = State.MINUTES_CIRCULATED
    locked.save(update_fields=["state", "updated_at"])
    end_notes_links(locked)
    _record("circulated", minutes, by=by, changes={"sha256": minutes.text_sha256})
    for attendance in present_at(locked):
        mail_minutes(attendance, minutes)
    mail_actions(locked, by=by)
    return minutes


@transaction.atomic
def answer_minutes(
    *, minutes: Minutes, attendance: Attendance, by: User | LinkHolder, comment: str = "", hash_seen: str = ""
) -> MinutesApproval:
    """Approve a text of the minutes, or ask for a change with a comment; the newest answer of a person counts.

    ``hash_seen`` is the check sum of the text that was read, where the page could have grown old meanwhile.

    With the last approval they are frozen. Raises MeetingRefusedError for somebody who was not there or answers for
    another, for an older text, and once they are frozen.
    """
    locked = locked_meeting(minutes.meeting)
    newest = newest_minutes(locked)
    found = Attendance.objects.select_related("person").get(pk=attendance.pk, meeting=locked)
    own = found.person_id == by.person.pk if isinstance(by, LinkHolder) else is_person(found.person, by)
    if not own:
        raise MeetingRefusedError(_("Everybody answers for themselves."))
    seen = hash_seen or minutes.text_sha256
    is_newest = newest is not None and newest.pk == minutes.pk and newest.text_sha256 == seen
    was_present = found.presence == Attendance.Presence.PRESENT
    require(can_answer_minutes(state=locked.state, is_newest=is_newest, was_present=was_present))
    said = {"answer": Answer.COMMENT if comment.strip() else Answer.APPROVED, "comment": comment.strip()}
    approval, _new = MinutesApproval.objects.update_or_create(minutes=minutes, attendance=found, defaults=said)
    user = by if isinstance(by, User) else None
    changes = {"person": str(found.person_id), "answer": said["answer"], "sha256": minutes.text_sha256}
    _record("answered", minutes, by=user, actor_label="link", changes=changes)
    if standing_of_minutes(minutes).is_unanimous:
        _freeze(locked, minutes, with_silence=False)
    return approval


@transaction.atomic
def approve_with_silence(*, minutes_id: uuid.UUID, today: date) -> bool:
    """Freeze minutes whose last day is over although somebody said nothing; returns whether it did.

    A comment that waits for a new text stops it.
    """
    found = Minutes.objects.select_related("meeting").get(pk=minutes_id)
    locked = locked_meeting(found.meeting)
    newest = newest_minutes(locked)
    if locked.state != State.MINUTES_CIRCULATED or newest is None or newest.pk != found.pk:
        return False
    if not is_approved_by_silence(standing_of_minutes(newest), approve_by=newest.approve_by, today=today):
        return False
    _freeze(locked, newest, with_silence=True)
    return True


@transaction.atomic
def close_minutes(*, minutes: Minutes, by: User) -> Minutes:
    """Freeze minutes for which no clock runs, also when some who were there said nothing: it stands on them.

    Raises MeetingRefusedError for an older text, for minutes with a last day, and while somebody asks for a change.
    """
    locked = locked_meeting(minutes.meeting)
    newest = newest_minutes(locked)
    if newest is None or newest.pk != minutes.pk:
        raise MeetingRefusedError(_("These minutes are not open for approval any more."))
    standing = standing_of_minutes(newest)
    has_clock = newest.approve_by is not None
    require(can_close_minutes(state=locked.state, has_clock=has_clock, has_open_comments=bool(standing.comments)))
    _record("closed", newest, by=by)
    _freeze(locked, newest, with_silence=standing.silent > 0)
    return Minutes.objects.select_related("meeting").get(pk=newest.pk)


def approve_silent_minutes(*, today: date) -> int:
    """Each day: freeze what nobody objected to in time; returns how many. Safe to run twice."""
    waiting = Minutes.objects.filter(
        meeting__state=State.MINUTES_CIRCULATED, frozen_at=None, approve_by__lt=today
    ).order_by("pk")
    return sum(approve_with_silence(minutes_id=pk, today=today) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def archive_meeting(*, meeting: Meeting, today: date) -> bool:
    """Put a meeting away of which nothing is left to do; returns whether it did. Corrections stay possible."""
    locked = locked_meeting(meeting)
    minutes = newest_minutes(locked)
    if minutes is None or minutes.frozen_at is None:
        return False
    waiting = MeetingAction.objects.filter(meeting=locked, task__state__in=OPEN).count()
    approved_on = timezone.localdate(minutes.frozen_at)
    if not is_settled(state=locked.state, approved_on=approved_on, open_promises=waiting, today=today):
        return False
    locked.state = State.ARCHIVED
    locked.save(update_fields=["state", "updated_at"])
    record("meeting.archived", locked, by=None, scope_id=locked.partnership.scope_id)
    return True


def archive_settled_meetings(*, today: date) -> int:
    """Each day: put away meetings whose minutes were approved a month ago and whose promises are settled.

    Returns how many. Safe to run twice.
    """
    waiting = MeetingAction.objects.filter(meeting=OuterRef("pk"), task__state__in=OPEN)
    old = Minutes.objects.filter(meeting=OuterRef("pk"), frozen_at__date__lte=today - timedelta(days=ARCHIVE_DAYS))
    rows = Meeting.objects.filter(Exists(old), state=State.MINUTES_APPROVED).exclude(Exists(waiting))
    return sum(archive_meeting(meeting=meeting, today=today) for meeting in rows.order_by("pk"))


@transaction.atomic
def write_erratum(*, minutes: Minutes, text: str, by: User) -> Erratum:
    """Correct frozen minutes by a dated note below them; the text itself stays.

    Raises MeetingRefusedError while they can still be changed, ValidationError without words.
    """
    locked = locked_meeting(minutes.meeting)
    found = Minutes.objects.get(pk=minutes.pk)
    if found.frozen_at is None:
        raise MeetingRefusedError(_("These minutes are not approved yet: change their text instead."))
    erratum = Erratum(minutes=found, text=text.strip(), written_by=by)
    erratum.full_clean(exclude=["minutes", "written_by"])
    erratum.save()
    Minutes.objects.filter(pk=found.pk).update(pdf=None)
    enqueue("partnerships.render_minutes", minutes_id=found.pk)
    record("minutes.corrected", found, by=by, scope_id=locked.partnership.scope_id)
    return erratum


@transaction.atomic
def render_minutes(*, minutes_id: uuid.UUID | str) -> Minutes:
    """Make the document of frozen minutes; when it is there already, nothing happens."""
    minutes: Minutes = (
        Minutes.objects.select_for_update(of=("self",)).select_related("meeting__partnership").get(pk=minutes_id)
    )
    if minutes.pdf_id is None:
        minutes.pdf = _stored(minutes.meeting, minutes_pdf(minutes), name=f"minutes-{minutes.meeting.number}")
        minutes.save(update_fields=["pdf"])
    return minutes


@transaction.atomic
def render_agenda(*, meeting_id: uuid.UUID | str) -> Meeting:
    """Make the document of an agenda that was sent; when it is there already, nothing happens."""
    meeting: Meeting = Meeting.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=meeting_id)
    if meeting.agenda_pdf_id is None:
        meeting.agenda_pdf = _stored(meeting, agenda_pdf(meeting), name=f"agenda-{meeting.number}")
        meeting.save(update_fields=["agenda_pdf"])
    return meeting


def _stored(meeting: Meeting, content: bytes, *, name: str) -> Any:
    return store_bytes(
        content=content,
        name=f"{meeting.partnership.slug}-{name}.pdf",
        content_type="application/pdf",
        extension=".pdf",
        purpose="meeting",
        by=None,
        scope_id=meeting.partnership.scope_id,
        visibility=Visibility(meeting.visibility),
    )


def _freeze(meeting: Meeting, minutes: Minutes, *, with_silence: bool) -> None:
    Minutes.objects.filter(pk=minutes.pk).update(frozen_at=timezone.now(), with_silence=with_silence)
    meeting.state = State.MINUTES_APPROVED
    meeting.save(update_fields=["state", "updated_at"])
    enqueue("partnerships.render_minutes", dedup_key=f"minutes:{minutes.pk}", minutes_id=minutes.pk)
    _record("frozen", minutes, by=None, changes={"with_silence": with_silence, "sha256": minutes.text_sha256})


def _record(
    what: str, minutes: Minutes, *, by: User | None, changes: dict[str, Any] | None = None, actor_label: str = ""
) -> None:
    scope_id = minutes.meeting.partnership.scope_id
    record(f"minutes.{what}", minutes, by=by, scope_id=scope_id, changes=changes, actor_label=actor_label)
