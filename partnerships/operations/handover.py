"""A person leaves, and another takes over everything in one step (domain 9.2)."""

import uuid
from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from partnerships.handovers import registered_handovers
from partnerships.models import AgendaItem, Attendance, Meeting, PartnershipMember, Representative, Task
from partnerships.operations.meeting_link import Occasion, mail_guest
from partnerships.operations.notes_link import end_notes_links, tell_note_taker
from partnerships.operations.representative import end_representation, name_new_representative, name_representative
from partnerships.operations.welcome import welcome_representative
from partnerships.queries.representative import active_representatives
from partnerships.rules.meeting import AHEAD, INVITED, RUNNING
from partnerships.rules.task import OPEN
from stakeholders.models import Stakeholder


class HandoverRefusedError(Exception):
    """Nothing can be handed over so; the message says why."""


@transaction.atomic
def hand_over(
    *,
    giver: Representative,
    by: User,
    colleague: Representative | None = None,
    name: str = "",
    email: str = "",
    language: str = "",
    today: date | None = None,
) -> Representative:
    """Give everything a person holds for a member to a colleague, or to somebody new by name and address.

    The taker may commit if the giver could. The giver's access to the partnership and their links end, the taker gets
    the welcome pack by mail. All of it happens or nothing. Raises HandoverRefusedError for a giver who no longer
    speaks for the member, for nobody or the same person as taker; RepresentativeRefusedError as naming one does.
    """
    member = PartnershipMember.objects.select_for_update().get(pk=giver.member_id)
    if not active_representatives().filter(pk=giver.pk).exists():
        raise HandoverRefusedError(_("This person no longer speaks for the organisation."))
    taker = _taker(member, giver, by, colleague, name=name, email=email, language=language)
    if taker.person_id == giver.person_id:
        raise HandoverRefusedError(_("Choose another person than the one who leaves."))
    moved = {one.code: one.move(member, giver.person, taker.person) for one in registered_handovers()}
    end_representation(representative=giver, by=by, today=today)
    changes = {"member": str(member.pk), "to": str(taker.person_id), **moved}
    record("representative.handed_over", giver, by=by, scope_id=member.partnership.scope_id, changes=changes)
    welcome_representative(representative=taker, by=by, took_over_from=giver.person)
    return taker


def count_tasks(member: PartnershipMember, person: Stakeholder) -> int:
    """How many open tasks a person has for a member."""
    return Task.objects.filter(member=member, person=person, state__in=OPEN).count()


def move_tasks(member: PartnershipMember, giver: Stakeholder, taker: Stakeholder) -> int:
    """Give a person's open tasks for a member to somebody else of it; what was promised stays promised."""
    return Task.objects.filter(member=member, person=giver, state__in=OPEN).update(person=taker)


def count_meetings(member: PartnershipMember, person: Stakeholder) -> int:
    """How many meetings to come a person was asked to for a member, leads or takes the minutes of."""
    return _meetings_of(member, person).count()


def move_meetings(member: PartnershipMember, giver: Stakeholder, taker: Stakeholder) -> int:
    """Have somebody else of a member come to, lead and minute a person's meetings; who is asked already stays so."""
    found = list(_meetings_of(member, giver).order_by("pk"))
    for meeting in found:
        asked = Attendance.objects.filter(meeting=meeting, person=giver, member=member)
        if Attendance.objects.filter(meeting=meeting, person=taker).exists():
            asked.delete()
        elif asked.update(person=taker, answer=Attendance.Answer.INVITED, answered_at=None, access_needs=""):
            _invite(meeting, taker)
        AgendaItem.objects.filter(meeting=meeting, owner_person=giver).update(owner_person=taker)
    keys = [meeting.pk for meeting in found]
    Meeting.objects.filter(pk__in=keys, chair=giver).update(chair=taker)
    _move_notes(member, giver, taker, moved=keys)
    return len(found)


def _move_notes(
    member: PartnershipMember, giver: Stakeholder, taker: Stakeholder, *, moved: Collection[uuid.UUID]
) -> None:
    """Have somebody else write the minutes of what is to come and what is being written down; they get the link."""
    asked = Attendance.objects.filter(person__in=[giver, taker], member=member).values("meeting")
    rows = Meeting.objects.filter(partnership=member.partnership_id, note_taker=giver, state__in={*AHEAD, *RUNNING})
    for meeting in rows.filter(Q(pk__in=asked) | Q(pk__in=moved)).select_related("partnership").order_by("pk"):
        end_notes_links(meeting)
        meeting.note_taker = taker
        meeting.save(update_fields=["note_taker"])
        tell_note_taker(meeting, by=None)


def _invite(meeting: Meeting, taker: Stakeholder) -> None:
    if meeting.state in INVITED:
        rows = Attendance.objects.select_related("person", "member__organisation", "meeting__partnership")
        mail_guest(rows.get(meeting=meeting, person=taker), Occasion.INVITED, again=str(taker.pk))


def _meetings_of(member: PartnershipMember, person: Stakeholder) -> QuerySet[Meeting]:
    asked = Attendance.objects.filter(person=person, member=member).values("meeting")
    mine = Q(pk__in=asked) | Q(chair=person, chair_member=member)
    return Meeting.objects.filter(mine, partnership=member.partnership_id, state__in=AHEAD)


def _taker(
    member: PartnershipMember,
    giver: Representative,
    by: User,
    colleague: Representative | None,
    *,
    name: str,
    email: str,
    language: str,
) -> Representative:
    if colleague is not None:
        if colleague.member_id != member.pk:
            raise HandoverRefusedError(_("This person does not speak for the organisation."))
        commits = colleague.can_commit or giver.can_commit
        return name_representative(member=member, person=colleague.person, can_commit=commits, by=by)
    if not name.strip() or not email.strip():
        raise HandoverRefusedError(_("Choose a colleague, or write the name and address of who follows."))
    return name_new_representative(
        member=member, name=name, email=email, can_commit=giver.can_commit, language=language, by=by
    )
