from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import AccessLink, AuditEvent, OutboxMail
from partnerships.models import AgendaItem, Attendance, Decision, Meeting, Task
from partnerships.operations.agenda import write_notes
from partnerships.operations.attendance import invite_people, note_presence
from partnerships.operations.meeting import (
    MeetingRefusedError,
    cancel_meeting,
    change_meeting,
    close_meeting,
    schedule_meeting,
)
from partnerships.operations.minutes import circulate_minutes
from partnerships.operations.notes_link import NotesLinkRefusedError, open_notes_link, send_notes_link
from partnerships.rules.authority import LinkHolder
from tests.factories.meetings import invite_all, make_item, make_meeting
from tests.factories.partnerships import make_member, make_partnership, make_person, make_representative

HERE = "/s/borgo/partnerships/scuola-lavoro/meetings/1/"


@pytest.fixture
def partnership(space):
    return make_partnership(mode="full")


@pytest.fixture
def taker(space):
    return make_person("Nora Notes", "nora@notes.example")


@pytest.fixture
def meeting(partnership, taker, admin):
    """A meeting that is called, with a guest named to take its minutes."""
    make_representative(make_member(partnership))
    meeting = make_meeting(partnership)
    invite_all(meeting)
    invite_people(meeting=meeting, speakers=[], guests=[taker], by=admin)
    change_meeting(meeting=meeting, note_taker=taker, by=admin)
    make_item(meeting)
    return schedule_meeting(meeting=meeting, by=admin)


def mailed():
    mail = OutboxMail.objects.filter(kind="meeting_notes").order_by("created_at", "id").last()
    return mail.text.split("/l/borgo/notes/")[1].split("/")[0]


def notes_mails():
    return OutboxMail.objects.filter(kind="meeting_notes", to="nora@notes.example").count()


def test_note_taker_without_account_writes_the_minutes_from_the_mail(meeting, admin, client):
    assert notes_mails() == 1
    page = f"/l/borgo/notes/{mailed()}/"
    item = AgendaItem.objects.get()
    shown = client.get(page)
    assert shown.status_code == 200
    assert "The room" in shown.content.decode()
    assert AuditEvent.objects.filter(actor_label="link").count() == 0
    client.post(f"{page}items/{item.pk}/", {"summary": "We took the red one", "state": "done"})
    place = Attendance.objects.exclude(member=None).get()
    client.post(f"{page}people/", {f"presence_{place.pk}": "present"})
    client.post(f"{page}items/", {"title": "The key", "minutes_planned": "5"})
    item.refresh_from_db()
    place.refresh_from_db()
    assert (item.summary, item.state, place.presence) == ("We took the red one", "done", "present")
    assert list(AgendaItem.objects.order_by("position").values_list("title", flat=True)) == ["The room", "The key"]
    kept = AuditEvent.objects.filter(actor_label="link").order_by("at").values_list("verb", flat=True)
    assert set(kept) == {"meeting.notes_written", "meeting.presence_noted", "meeting.item_added"}
    assert client.post(f"{page}items/{item.pk}/", {"summary": "x" * 5001, "state": "done"}).status_code == 422
    assert client.post(f"{page}items/", {"title": "", "minutes_planned": "5"}).status_code == 422


def test_link_opens_this_meeting_and_nothing_else(meeting, partnership, admin, client):
    other = make_item(make_meeting(partnership, "Board"), "Secret")
    page = f"/l/borgo/notes/{mailed()}/"
    assert client.post(f"{page}items/{other.pk}/", {"summary": "Mine", "state": "done"}).status_code == 404
    stranger = Attendance.objects.create(meeting=other.meeting, person=make_person("Other", "o@o.example"))
    client.post(f"{page}people/", {f"presence_{stranger.pk}": "present"})
    stranger.refresh_from_db()
    assert stranger.presence == ""
    assert client.get(f"/l/borgo/minutes/{mailed()}/").status_code == 404
    assert client.get(HERE).status_code == 302
    assert (Decision.objects.count(), Task.objects.count()) == (0, 0)


def test_link_ends_when_the_minutes_go_round(meeting, admin, client):
    token = mailed()
    _meeting, holder = open_notes_link(token)
    place = Attendance.objects.exclude(member=None).get()
    note_presence(meeting=meeting, presences={place.pk: "present"}, by=holder)
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now() - timedelta(hours=1))
    circulate_minutes(meeting=close_meeting(meeting=meeting, by=admin), by=admin)
    late = client.post(f"/l/borgo/notes/{token}/items/{AgendaItem.objects.get().pk}/", {"summary": "Too late"})
    assert late.status_code == 410
    assert "Too late" in late.content.decode()
    assert "Thank you for taking them" in late.content.decode()
    client.post(f"/l/borgo/notes/{token}/renew/")
    assert notes_mails() == 1
    assert AgendaItem.objects.get().summary == ""
    with pytest.raises(MeetingRefusedError):
        write_notes(item=AgendaItem.objects.get(), summary="Too late", by=holder)


def test_link_ends_for_who_is_not_named_any_more_and_with_the_meeting(meeting, taker, admin, client):
    token = mailed()
    _meeting, holder = open_notes_link(token)
    other = make_person("Omar", "omar@notes.example")
    change_meeting(meeting=meeting, note_taker=other, by=admin)
    assert client.get(f"/l/borgo/notes/{token}/").status_code == 410
    assert OutboxMail.objects.filter(kind="meeting_notes", to="omar@notes.example").count() == 1
    with pytest.raises(MeetingRefusedError):
        write_notes(item=AgendaItem.objects.get(), summary="Mine", by=holder)
    newer = mailed()
    cancel_meeting(meeting=meeting, reason="Snow", by=admin)
    assert client.get(f"/l/borgo/notes/{newer}/").status_code == 410


def test_link_is_renewed_for_its_address_alone(meeting, client):
    token = mailed()
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert client.get(f"/l/borgo/notes/{token}/").status_code == 410
    client.post(f"/l/borgo/notes/{token}/renew/")
    client.post("/l/borgo/notes/nonsense/renew/")
    assert notes_mails() == 2
    assert client.get(f"/l/borgo/notes/{mailed()}/").status_code == 200


def test_coordination_mails_the_link_again_and_the_older_one_ends(meeting, admin, signed_in_as, client):
    token = mailed()
    browser = signed_in_as(admin)
    assert "notes-link/" in browser.get(HERE).content.decode()
    browser.post(f"{HERE}notes-link/")
    assert notes_mails() == 2
    assert client.get(f"/l/borgo/notes/{token}/").status_code == 410
    Meeting.objects.update(note_taker=None)
    with pytest.raises(NotesLinkRefusedError):
        send_notes_link(meeting=meeting, by=admin)
    silent = make_person("No Address", "")
    Meeting.objects.update(note_taker=silent)
    with pytest.raises(NotesLinkRefusedError):
        send_notes_link(meeting=meeting, by=admin)


def test_guest_is_offered_as_note_taker_and_who_has_an_account_gets_no_link(meeting, taker, admin, signed_in_as):
    shown = signed_in_as(admin).get(f"{HERE}edit/").content.decode()
    assert f'value="{taker.pk}" selected' in shown
    with pytest.raises(MeetingRefusedError):
        note_presence(
            meeting=meeting, presences={}, by=LinkHolder(person=make_person("X", "x@x.example"), link_id=taker.pk)
        )
    taker.user = admin
    taker.save()
    before = notes_mails()
    change_meeting(meeting=meeting, note_taker=None, by=admin)
    change_meeting(meeting=meeting, note_taker=taker, by=admin)
    assert notes_mails() == before
