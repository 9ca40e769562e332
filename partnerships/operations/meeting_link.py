"""E-mailed links to a meeting and to its minutes, each for one person, and the mails that carry them."""

import uuid
from datetime import timedelta
from email.utils import parseaddr
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.documents.calendar import CalendarEntry, CalendarMethod, Guest, calendar_text
from core.models import AccessLink, User
from core.operations.audit import record
from core.operations.link import (
    LinkExpiredError,
    draft_link,
    link_to_renew,
    open_link,
    revoke_links_to,
    store_links,
)
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.web.space import absolute
from partnerships.models import Attendance, Meeting, Minutes
from partnerships.queries.agenda import items_of
from partnerships.queries.meeting import attendances_of, when_said
from partnerships.queries.minutes import newest_minutes
from partnerships.rules.authority import LinkHolder
from partnerships.rules.meeting import INVITED
from stakeholders.models import Stakeholder

MEETING_LINK, MINUTES_LINK = "meeting", "minutes"
PAGES = {MEETING_LINK: "meeting_link", MINUTES_LINK: "minutes_link"}
LASTS = timedelta(days=60)


class Occasion(StrEnum):
    """Why the guests of a meeting get a mail."""

    INVITED = "invited"
    CHANGED = "changed"
    AGENDA = "agenda"
    CANCELLED = "cancelled"
    UNINVITED = "uninvited"


class MeetingLinkGoneError(Exception):
    """The link worked once: its time is over, it was revoked, or the person is not asked any more."""


def open_meeting_link(token: str, *, purpose: str) -> tuple[Attendance, LinkHolder]:
    """Who opened a link, as what they were invited; changes nothing (AUT-19).

    Raises LinkUnknownError, or MeetingLinkGoneError.
    """
    try:
        link = open_link(token, purpose=purpose)
    except LinkExpiredError as error:
        raise MeetingLinkGoneError from error
    rows = Attendance.objects.select_related("person", "member__organisation", "meeting__partnership")
    attendance = rows.filter(pk=link.subject_id).first()
    if attendance is None or attendance.person_id != link.person_id:
        raise MeetingLinkGoneError
    return attendance, LinkHolder(person=attendance.person, link_id=link.pk)


def make_meeting_link(*, attendance: Attendance, purpose: str, by: User | None = None) -> str:
    """A new link for one guest; returns the path of its page."""
    title, person = attendance.meeting.title, attendance.person
    link, path = draft_meeting_link(attendance_id=attendance.pk, title=title, person=person, purpose=purpose, by=by)
    store_links([link])
    return path


def draft_meeting_link(
    *, attendance_id: uuid.UUID, title: str, person: Stakeholder, purpose: str, by: User | None = None
) -> tuple[AccessLink, str]:
    """A link as ``make_meeting_link`` makes one, not stored yet, with the path of its page."""
    link, token = draft_link(
        purpose=purpose,
        subject_id=attendance_id,
        lasts=LASTS,
        by=by,
        recipient_email=person.email,
        person_id=person.pk,
        label=title,
    )
    return link, reverse(PAGES[purpose], kwargs={"tenant": tenant_at_work().slug, "token": token})


def mail_guests(meeting: Meeting, occasion: Occasion) -> None:
    """Write to everybody invited who can be reached, with the meeting for their calendar (RFC 6047)."""
    for attendance in attendances_of(meeting):
        mail_guest(attendance, occasion)


def mail_guest(attendance: Attendance, occasion: Occasion, *, again: str = "") -> None:
    """Write to one guest; who has no address or does not want to be contacted gets nothing."""
    person, meeting = attendance.person, attendance.meeting
    if not person.email or person.do_not_contact:
        return
    is_over = occasion in {Occasion.CANCELLED, Occasion.UNINVITED}
    path = "" if is_over else make_meeting_link(attendance=attendance, purpose=MEETING_LINK)
    moment = meeting.agenda_sent_at.timestamp() if occasion is Occasion.AGENDA and meeting.agenda_sent_at else 0
    write_mail(
        to=person.email,
        kind="meeting",
        dedup_key=f"meeting:{occasion}:{attendance.pk}:{meeting.sequence}:{moment:.0f}{again}",
        language=person.language or tenant_at_work().default_language,
        template="meeting",
        context={
            "name": person.name,
            "meeting": meeting,
            "organisation": attendance.member.organisation.name if attendance.member else "",
            "partnership": meeting.partnership,
            "when": when_said(meeting),
            "items": list(items_of(meeting)) if occasion is Occasion.AGENDA else [],
            "occasion": occasion.value,
            "url": absolute(path) if path else "",
            "days": LASTS.days,
            "space": tenant_at_work(),
        },
        calendar=_calendar(attendance, is_over=is_over),
    )


def _calendar(attendance: Attendance, *, is_over: bool) -> str:
    meeting, space = attendance.meeting, tenant_at_work()
    entry = CalendarEntry(
        uid=f"meeting-{meeting.pk}@{settings.BASE_URL.partition('//')[2].partition(':')[0]}",
        title=f"{meeting.title} · {meeting.partnership.name}",
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        stamp=timezone.now(),
        sequence=meeting.sequence,
        description=meeting.purpose,
        place=meeting.place or meeting.online_link,
        url=meeting.online_link,
        organiser=Guest(space.name, space.contact_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]),
        # Each guest sees their own address alone.
        guests=(Guest(attendance.person.name, attendance.person.email),),
        is_cancelled=is_over,
    )
    return calendar_text([entry], method=CalendarMethod.CANCEL if is_over else CalendarMethod.REQUEST)


def mail_minutes(attendance: Attendance, minutes: Minutes, *, again: str = "") -> None:
    """Send somebody who was there the link to read, approve or comment the minutes."""
    person = attendance.person
    if not person.email or person.do_not_contact:
        return
    path = make_meeting_link(attendance=attendance, purpose=MINUTES_LINK)
    write_mail(
        to=person.email,
        kind="minutes",
        dedup_key=f"minutes:{minutes.pk}:{attendance.pk}:{again}",
        language=person.language or tenant_at_work().default_language,
        template="minutes",
        context={
            "name": person.name,
            "meeting": minutes.meeting,
            "minutes": minutes,
            "partnership": minutes.meeting.partnership,
            "when": when_said(minutes.meeting),
            "url": absolute(path),
            "days": LASTS.days,
            "space": tenant_at_work(),
        },
    )


def end_links_of(attendance: Attendance) -> None:
    """Revoke every link of one guest."""
    for purpose in PAGES:
        revoke_links_to(attendance.pk, purpose=purpose)


@transaction.atomic
def renew_meeting_link(*, token: str, purpose: str) -> None:
    """Mail a new link to the address of an expired one, at most three times an hour.

    Says nothing of what it did, so an outsider learns nothing; raises TooOftenError above the limit.
    """
    if old := link_to_renew(token, purpose=purpose):
        _mail_new_one(old, purpose)


def _mail_new_one(old: AccessLink, purpose: str) -> None:
    rows = Attendance.objects.select_related("person", "member__organisation", "meeting__partnership")
    attendance = rows.filter(pk=old.subject_id, person_id=old.person_id).first()
    if attendance is None or attendance.person.email != old.recipient_email:
        return
    meeting = attendance.meeting
    if purpose == MINUTES_LINK:
        minutes = newest_minutes(meeting)
        if minutes is None:
            return
        mail_minutes(attendance, minutes, again=str(old.pk))
    elif meeting.state in INVITED:
        mail_guest(attendance, Occasion.INVITED, again=str(old.pk))
    else:
        return
    scope_id = meeting.partnership.scope_id
    record(
        "meeting.link_renewed", meeting, by=None, actor_label="link", scope_id=scope_id, changes={"link": str(old.pk)}
    )
