"""E-mailed links with which somebody without an account writes the minutes of one meeting until they go round."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import AccessLink, User
from core.operations.audit import record
from core.operations.link import LinkExpiredError, link_to_renew, make_link, open_link, revoke_links_to
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.web.space import absolute
from partnerships.models import Meeting
from partnerships.queries.meeting import when_said
from partnerships.rules.authority import LinkHolder
from partnerships.rules.meeting import RUNNING, WITH_MINUTES, can_send_notes_link
from stakeholders.models import Stakeholder

NOTES_LINK = "notes"
# Minutes go round within five working days; a fortnight leaves room for who is late.
AFTER_THE_MEETING = timedelta(days=14)


class NotesLinkGoneError(Exception):
    """The link worked once. ``went_round``: the minutes left since, so there is nothing to write any more."""

    def __init__(self, *, went_round: bool = False) -> None:
        super().__init__("This link has ended.")
        self.went_round = went_round


class NotesLinkRefusedError(Exception):
    """Nobody can be sent a link to write these minutes; the message says why."""


def make_notes_link(
    *, meeting: Meeting, person: Stakeholder, by: User | None, now: datetime | None = None
) -> tuple[AccessLink, str]:
    """A new link for who writes the minutes, and the path of its page; it ends a fortnight after the meeting."""
    now = now or timezone.now()
    link, token = make_link(
        purpose=NOTES_LINK,
        subject_id=meeting.pk,
        lasts=max(meeting.ends_at, now) + AFTER_THE_MEETING - now,
        by=by,
        recipient_email=person.email,
        person_id=person.pk,
        label=meeting.title,
        now=now,
    )
    return link, reverse("notes_link", kwargs={"tenant": tenant_at_work().slug, "token": token})


@transaction.atomic
def send_notes_link(*, meeting: Meeting, by: User) -> None:
    """Mail the named note taker a link to these minutes and to nothing else; those sent before end.

    Raises NotesLinkRefusedError before the invitations left, once the minutes went round, without a note taker, and
    for one who has no address or does not want to be written to.
    """
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("partnership", "note_taker")
    locked = rows.get(pk=meeting.pk)
    verdict = can_send_notes_link(state=locked.state, has_taker=locked.note_taker is not None)
    if not verdict:
        raise NotesLinkRefusedError(str(verdict.reason))
    revoke_links_to(locked.pk, purpose=NOTES_LINK)
    if not _send(locked, by=by):
        raise NotesLinkRefusedError(_("This person has no e-mail address, or does not want to be written to."))
    record("meeting.notes_link_sent", locked, by=by, scope_id=locked.partnership.scope_id)


def tell_note_taker(meeting: Meeting, *, by: User | None) -> None:
    """Mail the link to a note taker without an account once there is something to write."""
    taker = meeting.note_taker
    if taker is not None and taker.user_id is None and meeting.state in RUNNING:
        _send(meeting, by=by)


def end_notes_links(meeting: Meeting) -> None:
    """Nobody writes these minutes by link any more."""
    revoke_links_to(meeting.pk, purpose=NOTES_LINK)


def open_notes_link(token: str) -> tuple[Meeting, LinkHolder]:
    """The meeting whose minutes the holder writes; changes nothing (AUT-19).

    Raises LinkUnknownError, or NotesLinkGoneError.
    """
    try:
        link = open_link(token, purpose=NOTES_LINK)
    except LinkExpiredError as error:
        state = Meeting.objects.filter(pk=error.link.subject_id).values_list("state", flat=True).first()
        raise NotesLinkGoneError(went_round=state in WITH_MINUTES) from error
    meeting = _ground_of(link)
    if meeting is None or meeting.note_taker is None:
        raise NotesLinkGoneError
    return meeting, LinkHolder(person=meeting.note_taker, link_id=link.pk)


@transaction.atomic
def renew_notes_link(*, token: str) -> None:
    """Mail a new link to the address of an ended one, while its person is still named and writes.

    Says nothing of what it did; raises TooOftenError above three times an hour.
    """
    old = link_to_renew(token, purpose=NOTES_LINK)
    meeting = _ground_of(old) if old else None
    if old and meeting and meeting.note_taker and meeting.note_taker.email == old.recipient_email:
        _send(meeting, by=None)


def _ground_of(link: AccessLink) -> Meeting | None:
    """What a link stands on: a meeting of which notes are taken, and the person named to take them."""
    rows = Meeting.objects.filter(pk=link.subject_id, note_taker_id=link.person_id, state__in=RUNNING)
    found: Meeting | None = rows.select_related("partnership", "note_taker").first()
    return found


def _send(meeting: Meeting, *, by: User | None) -> bool:
    person = meeting.note_taker
    if person is None or not person.email or person.do_not_contact:
        return False
    link, path = make_notes_link(meeting=meeting, person=person, by=by)
    write_mail(
        to=person.email,
        kind="meeting_notes",
        dedup_key=f"meeting_notes:{link.pk}",
        language=person.language or tenant_at_work().default_language,
        template="meeting_notes",
        context={
            "name": person.name,
            "meeting": meeting,
            "partnership": meeting.partnership,
            "when": when_said(meeting),
            "until": timezone.localdate(link.expires_at),
            "space": tenant_at_work(),
            "url": absolute(path),
        },
    )
    return True
