"""Inviting people, their answers, who was there, interests declared, and what was heard."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from partnerships.models import (
    AgendaItem,
    Attendance,
    ConflictOfInterest,
    HeardBack,
    Meeting,
    PartnershipMember,
    Representative,
)
from partnerships.operations.meeting import MeetingRefusedError, locked_meeting, require, writer_of
from partnerships.operations.meeting_link import Occasion, end_links_of, mail_guest
from partnerships.queries.authority import is_person
from partnerships.queries.representative import active_representation, representation_of
from partnerships.rules.authority import LinkHolder
from partnerships.rules.meeting import INVITED, can_change_meeting, can_invite, can_take_notes, is_held
from stakeholders.models import Stakeholder

Answer = Attendance.Answer


@transaction.atomic
def invite_people(
    *,
    meeting: Meeting,
    speakers: Iterable[Representative],
    by: User | None,
    guests: Iterable[Stakeholder] = (),
) -> list[Attendance]:
    """Ask people who speak for members, and any other person as a guest; who is asked already stays as they are.

    Before the invitations left nobody is mailed, nor is who is put on the list of a meeting that runs. Raises
    MeetingRefusedError once the meeting is over, for a speaker of no member of the partnership, and for a guest who is
    no person or stands in the register no more.
    """
    locked = locked_meeting(meeting)
    require(can_invite(state=locked.state))
    asked: list[tuple[Stakeholder, PartnershipMember | None]] = []
    for speaker in speakers:
        if speaker.member.partnership_id != locked.partnership_id:
            raise MeetingRefusedError(_("This person does not speak for a member of the partnership."))
        asked.append((speaker.person, speaker.member))
    for guest in guests:
        if guest.kind != Stakeholder.Kind.PERSON or guest.merged_into_id or guest.erased_at:
            raise MeetingRefusedError(_("Only a person of the register can be a guest."))
        asked.append((guest, None))
    added = _put_on_list(locked, asked)
    _record("people_invited", locked, by, {"people": len(added)})
    if locked.state in INVITED:
        for attendance in added:
            mail_guest(attendance, Occasion.INVITED)
    return added


def _put_on_list(meeting: Meeting, asked: list[tuple[Stakeholder, PartnershipMember | None]]) -> list[Attendance]:
    known = set(Attendance.objects.filter(meeting=meeting).values_list("person_id", flat=True))
    added = []
    for person, member in asked:
        if person.pk not in known:
            known.add(person.pk)
            added.append(Attendance.objects.create(meeting=meeting, person=person, member=member))
    return added


@transaction.atomic
def uninvite(*, attendance: Attendance, by: User) -> None:
    """Take somebody off the list; their links end and, if they were invited, the entry leaves their calendar.

    Raises MeetingRefusedError once the meeting is over.
    """
    locked = locked_meeting(attendance.meeting)
    require(can_change_meeting(state=locked.state))
    end_links_of(attendance)
    if locked.state in INVITED:
        mail_guest(attendance, Occasion.UNINVITED)
    _record("uninvited", locked, by, {"person": str(attendance.person_id)})
    attendance.delete()


@transaction.atomic
def answer_invitation(
    *, attendance: Attendance, answer: str, by: User | LinkHolder, access_needs: str = ""
) -> Attendance:
    """Say whether somebody comes and what they need to take part; they say it themselves.

    Raises MeetingRefusedError for another person, for an answer that is none, and once the meeting is over.
    """
    locked = locked_meeting(attendance.meeting)
    if locked.state not in INVITED:
        raise MeetingRefusedError(_("This meeting is over or was cancelled."))
    found = Attendance.objects.select_for_update(of=("self",)).select_related("person").get(pk=attendance.pk)
    _require_oneself(found, by)
    if answer not in {Answer.YES, Answer.NO, Answer.MAYBE}:
        raise MeetingRefusedError(_("Say yes, no or maybe."))
    found.answer, found.access_needs, found.answered_at = answer, access_needs.strip(), timezone.now()
    found.save(update_fields=["answer", "access_needs", "answered_at"])
    user = by if isinstance(by, User) else None
    record(
        "meeting.answered", locked, by=user, actor_label="link", scope_id=locked.partnership.scope_id,
        changes={"person": str(found.person_id), "answer": answer},
    )  # fmt: skip
    return found


@transaction.atomic
def note_presence(
    *, meeting: Meeting, presences: Mapping[uuid.UUID, str], by: User | LinkHolder, now: datetime | None = None
) -> Meeting:
    """Write down who is there, by attendance; with the first person there a meeting that has begun counts as held.

    Raises MeetingRefusedError outside the time for notes, and for the link of somebody else.
    """
    locked = locked_meeting(meeting)
    user = writer_of(locked, by)
    require(can_take_notes(state=locked.state))
    for attendance in Attendance.objects.filter(meeting=locked, pk__in=list(presences)).order_by("pk"):
        presence = presences[attendance.pk]
        if presence in Attendance.Presence.values and presence != attendance.presence:
            Attendance.objects.filter(pk=attendance.pk).update(presence=presence)
    present = Attendance.objects.filter(meeting=locked, presence=Attendance.Presence.PRESENT).count()
    if is_held(state=locked.state, present=present, starts_at=locked.starts_at, now=now or timezone.now()):
        locked.state = Meeting.State.HELD
        locked.save(update_fields=["state", "updated_at"])
    record(
        "meeting.presence_noted", locked, by=user, actor_label="link" if isinstance(by, LinkHolder) else "",
        scope_id=locked.partnership.scope_id,
    )  # fmt: skip
    return locked


@transaction.atomic
def declare_interest(*, attendance: Attendance, item: AgendaItem, handling: str, by: User) -> ConflictOfInterest:
    """Write down an interest somebody declared in an item, once for both; the newest handling counts.

    Raises MeetingRefusedError outside the time for notes, or for an item of another meeting.
    """
    locked = locked_meeting(attendance.meeting)
    require(can_take_notes(state=locked.state))
    if item.meeting_id != locked.pk or handling not in ConflictOfInterest.Handling.values:
        raise MeetingRefusedError(_("Choose an item of this meeting."))
    found, _new = ConflictOfInterest.objects.update_or_create(
        attendance=attendance, item=item, defaults={"handling": handling}
    )
    _record("interest_declared", locked, by, {"item": str(item.pk), "handling": handling})
    return found


@transaction.atomic
def write_heard(
    *, meeting: Meeting, member: PartnershipMember, text: str, by: User, item: AgendaItem | None = None
) -> HeardBack:
    """Write what was understood of what an organisation said; it counts as theirs once they confirm it.

    Raises MeetingRefusedError outside the time for notes, ValidationError without words.
    """
    locked = locked_meeting(meeting)
    require(can_take_notes(state=locked.state))
    heard = HeardBack(meeting=locked, member=member, item=item, text=text)
    heard.full_clean(exclude=["meeting"])
    heard.save()
    _record("heard", locked, by, {"member": str(member.pk)})
    return heard


@transaction.atomic
def confirm_heard(*, heard: HeardBack, by: User | LinkHolder, correction: str = "") -> HeardBack:
    """Say for one's organisation that it was understood, or how it was meant instead.

    Raises MeetingRefusedError for anybody who does not speak for it, and when it was answered already.
    """
    locked = locked_meeting(heard.meeting)
    found = HeardBack.objects.select_for_update().get(pk=heard.pk)
    speaks = (
        active_representation(by.person.pk, found.member_id)
        if isinstance(by, LinkHolder)
        else representation_of(by, found.member_id)
    )
    if speaks is None:
        raise MeetingRefusedError(_("Only the organisation that said it can confirm it."))
    if found.confirmed_at or found.correction:
        raise MeetingRefusedError(_("This was answered already."))
    found.correction = correction.strip()
    found.confirmed_at = None if found.correction else timezone.now()
    found.full_clean(exclude=["meeting", "member", "item"])
    found.save()
    user = by if isinstance(by, User) else None
    scope_id = locked.partnership.scope_id
    changes = {"member": str(found.member_id), "confirmed": not found.correction}
    record("meeting.heard_answered", locked, by=user, actor_label="link", scope_id=scope_id, changes=changes)
    return found


def _require_oneself(attendance: Attendance, by: User | LinkHolder) -> None:
    own = attendance.person_id == by.person.pk if isinstance(by, LinkHolder) else is_person(attendance.person, by)
    if not own:
        raise MeetingRefusedError(_("Everybody answers for themselves."))


def _record(what: str, meeting: Meeting, by: User | None, changes: dict[str, Any] | None = None) -> None:
    record(f"meeting.{what}", meeting, by=by, scope_id=meeting.partnership.scope_id, changes=changes)
