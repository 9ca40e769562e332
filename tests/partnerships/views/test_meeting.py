"""Pages of meetings, agendas and minutes, and the pages behind their links."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation
from django.utils.formats import date_format
from PIL import Image

from core.access.visibility import Visibility
from core.models import AccessLink, AuditEvent, OutboxMail
from core.operations.file import store_bytes
from core.operations.link import hash_of
from partnerships.models import AgendaItem, Attendance, Decision, HeardBack, Meeting, Minutes, MinutesApproval, Task
from partnerships.operations.agenda import write_notes
from partnerships.operations.attendance import write_heard
from partnerships.operations.meeting import cancel_meeting
from partnerships.operations.minutes import circulate_minutes, write_erratum
from stakeholders.models import Stakeholder
from tests.factories.meetings import call_meeting, hold_meeting, invite_all, make_item, make_meeting
from tests.factories.partnerships import (
    make_member,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
    make_task,
)

HERE = "/s/borgo/partnerships/scuola-lavoro/meetings/"
FORM = {"title": "Table", "purpose": "Cases", "day": "2099-05-20", "hour": "14:30", "length_minutes": "90"}


@pytest.fixture
def partnership(space):
    return make_partnership()


@pytest.fixture
def member(partnership):
    return make_member(partnership)


@pytest.fixture
def partner(member):
    return make_partner(member)


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def link_in(mail, path):
    return f"/l/borgo/{path}/" + mail.text.split(f"/l/borgo/{path}/")[1].split("/")[0] + "/"


def test_meeting_is_planned_changed_called_and_cancelled(partnership, partner, browser):
    assert browser.post(f"{HERE}new/", FORM | {"length_minutes": "5"}).status_code == 422
    assert browser.post(f"{HERE}new/", FORM | {"kind": "steering", "day": "0754-01-01"}).status_code == 422
    browser.post(f"{HERE}new/", FORM | {"kind": "steering"})
    meeting = Meeting.objects.get()
    # As written in the space, which is two hours ahead in May.
    assert (meeting.starts_at.hour, meeting.starts_at.minute) == (12, 30)
    assert meeting.length_minutes == 90
    speaker = meeting.partnership.members.get().representatives.get()
    browser.post(f"{HERE}1/invite/", {"people": [str(speaker.pk)]})
    browser.post(f"{HERE}1/schedule/")
    assert OutboxMail.objects.get().to == partner.email
    browser.post(f"{HERE}1/edit/", FORM | {"kind": "steering", "hour": "15:00", "chair": str(speaker.pk)})
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.chair_member_id) == (1, speaker.member_id)
    assert browser.post(f"{HERE}1/cancel/", {"reason": ""}).status_code == 422
    browser.post(f"{HERE}1/cancel/", {"reason": "Flood"})
    assert b"Flood" in browser.get(f"{HERE}1/").content
    assert browser.post(f"{HERE}1/edit/", FORM | {"kind": "steering"}).status_code == 422


def test_guest_is_found_in_the_register_and_stays_chosen_while_searching(partnership, partner, browser):
    make_meeting(partnership)
    speaker = partnership.members.get().representatives.get()
    guests = [make_person(name, f"{name.lower()}@town.example") for name in ("Ada", "Bruno", "Hidden")]
    Stakeholder.objects.filter(name="Hidden").update(visibility=Visibility.SEALED)
    page = browser.get(f"{HERE}1/invite/").content.decode()
    assert speaker.person.name in page
    assert "Ada" not in page
    chosen = {"q": "bru", "guests": str(guests[0].pk)}
    part = browser.get(f"{HERE}1/invite/", chosen, headers={"HX-Request": "true"}).content.decode()
    assert "<form" not in part
    for guest in guests[:2]:
        assert f'value="{guest.pk}"' in part
    assert part.count("checked") == 1
    assert "Nobody of that name" in browser.get(f"{HERE}1/invite/", {"q": "hidden"}).content.decode()
    assert browser.post(f"{HERE}1/invite/", {"guests": str(guests[2].pk)}).status_code == 422
    assert browser.post(f"{HERE}1/invite/", {}).status_code == 422
    browser.post(f"{HERE}1/invite/", {"guests": str(guests[0].pk)})
    assert list(Attendance.objects.values_list("person__name", "member")) == [("Ada", None)]
    page = browser.get(f"{HERE}1/").content.decode()
    assert "Guest" in page
    assert f'value="{guests[0].pk}"' not in browser.get(f"{HERE}1/invite/", {"q": "ada"}).content.decode()


def test_guest_is_looked_for_and_added_without_javascript(partnership, partner, browser):
    make_meeting(partnership)
    ada, bruno = (make_person(name, f"{name.lower()}@town.example") for name in ("Ada", "Bruno"))
    first = browser.post(f"{HERE}1/invite/", {"look": "1", "q": "bru", "guests": str(ada.pk)})
    page = first.content.decode()
    assert first.status_code == 200
    for guest in (ada, bruno):
        assert f'value="{guest.pk}"' in page
    # Ada stays chosen, and nobody is chosen who was not.
    assert page.count(" checked") == 1
    assert not Attendance.objects.exists()
    browser.post(f"{HERE}1/invite/", {"q": "bru", "guests": [str(ada.pk), str(bruno.pk)]})
    assert set(Attendance.objects.values_list("person__name", flat=True)) == {"Ada", "Bruno"}


def test_level_is_chosen_within_the_partnerships_own_and_kept_when_nothing_is_said(partnership, partner, browser):
    plan = FORM | {"kind": "steering"}
    assert b'value="3"' not in browser.get(f"{HERE}new/").content
    assert browser.post(f"{HERE}new/", plan | {"visibility": "4"}).status_code == 422
    browser.post(f"{HERE}new/", plan | {"visibility": "1"})
    assert Meeting.objects.get().visibility == Visibility.COORDINATION
    browser.post(f"{HERE}1/edit/", plan | {"purpose": "Other"})
    meeting = Meeting.objects.get()
    assert (meeting.purpose, meeting.visibility) == ("Other", Visibility.COORDINATION)
    Meeting.objects.update(visibility=Visibility.PUBLIC)
    assert b'<option value="2" selected>' in browser.get(f"{HERE}1/edit/").content


def test_walk_in_is_put_on_the_list_of_a_meeting_that_runs(partnership, partner, admin, browser):
    call_meeting(partnership, admin)
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=1), ends_at=timezone.now() + timedelta(hours=1))
    browser.post(f"{HERE}1/run/presence/", {f"presence_{Attendance.objects.get().pk}": "present"})
    assert Meeting.objects.get().state == "held"
    page = browser.get(f"{HERE}1/").content.decode()
    for name in ("invite", "agenda", "run"):
        assert f"{HERE}1/{name}/" in page
    for name in ("edit", "cancel"):
        assert f"{HERE}1/{name}/" not in page
    assert b"What comes" in browser.get(HERE).content
    browser.post(f"{HERE}1/agenda/", {"title": "Late idea", "kind": "discuss", "minutes_planned": "5"})
    assert AgendaItem.objects.get().title == "Late idea"
    browser.post(f"{HERE}1/invite/", {"guests": str(make_person("Ada", "ada@town.example").pk)})
    assert OutboxMail.objects.filter(to="ada@town.example").count() == 0
    assert Attendance.objects.count() == 2


def test_draft_is_seen_by_coordination_alone(partnership, partner, browser, signed_in_as):
    make_meeting(partnership)
    assert b"Steering group" in browser.get(HERE).content
    assert browser.get(f"{HERE}1/").status_code == 200
    phone = signed_in_as(partner)
    assert b"Steering group</a>" not in phone.get(HERE).content
    assert phone.get(f"{HERE}1/").status_code == 404


@pytest.mark.parametrize("path", ["new/", "1/edit/", "1/invite/", "1/cancel/", "1/agenda/", "series/new/"])
def test_partner_reads_but_does_not_run(partnership, partner, admin, signed_in_as, path):
    call_meeting(partnership, admin)
    phone = signed_in_as(partner)
    assert phone.get(f"{HERE}1/").status_code == 200
    assert phone.get(f"{HERE}{path}").status_code == 403
    assert phone.get(f"{HERE}1/run/").status_code == 403


def test_access_needs_are_for_coordination(partnership, member, partner, admin, browser, signed_in_as):
    other = make_partner(make_member(partnership, "School"), "school@school.example")
    call_meeting(partnership, admin)
    signed_in_as(partner).post(f"{HERE}1/answer/", {"answer": "yes", "access_needs": "A ramp"})
    assert b"A ramp" in browser.get(f"{HERE}1/").content
    assert b"A ramp" not in signed_in_as(other).get(f"{HERE}1/").content


def test_partner_answers_only_where_invited(partnership, partner, admin, signed_in_as):
    call_meeting(partnership, admin)
    late = make_partner(make_member(partnership, "School"), "school@school.example")
    assert signed_in_as(late).post(f"{HERE}1/answer/", {"answer": "yes"}).status_code == 403
    assert signed_in_as(partner).post(f"{HERE}1/answer/", {"answer": "perhaps"}).status_code == 422
    assert Attendance.objects.get().answer == "invited"


def test_note_taker_of_a_partner_runs_the_meeting(partnership, member, partner, admin, signed_in_as):
    meeting = call_meeting(partnership, admin)
    make_item(meeting)
    Meeting.objects.update(note_taker=member.representatives.get().person)
    assert signed_in_as(partner).get(f"{HERE}1/run/").status_code == 200
    stranger = make_partner(make_member(make_partnership("other"), "Stranger"), "s@stranger.example")
    assert signed_in_as(stranger).get(f"{HERE}1/run/").status_code == 404


def test_named_note_taker_writes_these_minutes_and_sees_nothing_else(partnership, member, partner, admin, signed_in_as):
    call_meeting(partnership, admin)
    other = make_meeting(partnership, "Board")
    make_item(Meeting.objects.get(number=1))
    outsider = make_partner(make_member(make_partnership("other"), "School"), "school@school.example")
    person = Stakeholder.objects.get(email=outsider.email)
    browser = signed_in_as(outsider)
    assert browser.get(f"{HERE}1/run/").status_code == 404
    now = timezone.now()
    Meeting.objects.filter(number=1).update(
        note_taker=person,
        visibility=Visibility.COORDINATION,
        starts_at=now - timedelta(hours=2),
        ends_at=now - timedelta(hours=1),
    )
    page = browser.get(f"{HERE}1/run/")
    assert page.status_code == 200
    assert 'class="crumbs"' not in page.content.decode()
    item = AgendaItem.objects.get()
    browser.post(f"{HERE}1/agenda/{item.pk}/notes/", {"summary": "We took the red one", "state": "done"})
    item.refresh_from_db()
    assert item.summary == "We took the red one"
    browser.post(f"{HERE}1/run/presence/", {f"presence_{Attendance.objects.get().pk}": "present"})
    browser.post(f"{HERE}1/run/close/")
    assert "We took the red one" in browser.get(f"{HERE}1/minutes/").content.decode()
    browser.post(f"{HERE}1/minutes/circulate/", {"text": "As agreed"})
    assert Minutes.objects.get().text.strip() == "As agreed"
    for path in ("", f"{HERE}", f"{HERE}1/", f"{HERE}{other.number}/run/", f"{HERE}{other.number}/minutes/"):
        assert browser.get(path or "/s/borgo/partnerships/scuola-lavoro/").status_code == 404
    Meeting.objects.filter(number=1).update(note_taker=None)
    assert browser.get(f"{HERE}1/minutes/").status_code == 404


def test_meeting_still_being_prepared_is_not_shown_to_its_note_taker(partnership, partner, signed_in_as):
    outsider = make_partner(make_member(make_partnership("other"), "School"), "school@school.example")
    make_meeting(partnership, note_taker=Stakeholder.objects.get(email=outsider.email))
    assert signed_in_as(outsider).get(f"{HERE}1/run/").status_code == 404


def test_agenda_is_written_ordered_and_sent(partnership, partner, admin, browser):
    call_meeting(partnership, admin)
    late = make_task(partnership, "Find a room", state="accepted", due_on=timezone.localdate() - timedelta(days=1))
    page = browser.get(f"{HERE}1/agenda/").content.decode()
    assert "Find a room" in page
    browser.post(f"{HERE}1/agenda/suggestions/", {"code": f"task:{late.pk}", "to": "agenda"})
    item = AgendaItem.objects.get()
    browser.post(f"{HERE}1/agenda/", {"title": "Budget", "kind": "decide", "minutes_planned": "100"})
    answer = browser.post(f"{HERE}1/agenda/send/")
    assert answer.status_code == 422
    assert b"minutes more than the meeting lasts" in answer.content
    budget = AgendaItem.objects.get(title="Budget")
    browser.post(f"{HERE}1/agenda/{budget.pk}/", {"title": "Budget", "kind": "inform", "minutes_planned": "20"})
    browser.post(f"{HERE}1/agenda/{budget.pk}/move/", {"to": "up"})
    assert list(AgendaItem.objects.order_by("position")) == [budget, item]
    browser.post(f"{HERE}1/agenda/{item.pk}/remove/")
    browser.post(f"{HERE}1/agenda/send/")
    assert Meeting.objects.get().state == "agenda_sent"
    long = {"title": "More", "kind": "inform", "minutes_planned": "71"}
    added = browser.post(f"{HERE}1/agenda/", long)
    assert (added.status_code, b"1 minute more than the meeting lasts" in added.content) == (422, True)
    api = "/s/borgo/api/v1/partnerships/scuola-lavoro/meetings/1/agenda/"
    assert browser.post(api, long, content_type="application/json").status_code == 409


def test_running_keeps_notes_decisions_and_promises(partnership, member, partner, admin, browser):
    meeting = call_meeting(partnership, admin)
    item = make_item(meeting, "The van")
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=1), ends_at=timezone.now())
    attendance = Attendance.objects.get()
    browser.post(f"{HERE}1/run/presence/", {f"presence_{attendance.pk}": "present"})
    notes = f"{HERE}1/agenda/{item.pk}/notes/"
    answer = browser.post(notes, {"summary": "On Saturdays", "state": "done"}, headers={"HX-Request": "true"})
    assert answer.content.decode().strip() == "<span>Saved</span>"
    decided = {"title": "Share the van", "decided_on": "2099-05-20", "outcome": "decided"}
    decided |= {f"position_{member.pk}": "1", f"note_{member.pk}": "Too dear"}
    browser.post(f"{HERE}1/run/?item={item.pk}", decided)
    decision = Decision.objects.get()
    assert (decision.item, decision.meeting, decision.state, decision.voices["sectors"] is not None) == (
        item, meeting, "in_force", True,
    )  # fmt: skip
    action = f"{HERE}1/agenda/{item.pk}/action/"
    assert browser.post(action, {"title": "Buy a lock", "who": ""}).status_code == 422
    browser.post(
        action, {"title": "Buy a lock", "who": f"m:{member.pk}", "due_on": "2099-06-01", "result_expected": "A lock"}
    )
    assert Task.objects.get().member == member
    interest = {"attendance": str(attendance.pk), "handling": "left_room"}
    browser.post(f"{HERE}1/agenda/{item.pk}/interest/", interest)
    browser.post(f"{HERE}1/run/heard/", {"member": str(member.pk), "text": "They need a lock"})
    page = browser.get(f"{HERE}1/run/?item={item.pk}").content.decode()
    for words in ("On Saturdays", "Share the van", "Buy a lock", "They need a lock"):
        assert words in page
    browser.post(f"{HERE}1/run/close/")
    draft = browser.get(f"{HERE}1/minutes/").content.decode()
    for words in ("On Saturdays", "Share the van", "Buy a lock", "Left the room", "They need a lock"):
        assert words in draft


def test_minutes_are_a_draft_until_they_go_round_then_approved_and_corrected(
    partnership, partner, admin, browser, signed_in_as
):
    hold_meeting(partnership, admin)
    phone = signed_in_as(partner)
    assert phone.get(f"{HERE}1/minutes/").status_code == 404
    browser.post(f"{HERE}1/minutes/circulate/", {"text": "# Minutes\n\nAll agreed"})
    page = phone.get(f"{HERE}1/minutes/").content.decode()
    assert "All agreed" in page
    assert phone.post(f"{HERE}1/minutes/circulate/", {"text": "x"}).status_code == 403
    old = {"comment": "", "hash_seen": "0" * 64}
    assert phone.post(f"{HERE}1/minutes/answer/", old).status_code == 422
    phone.post(f"{HERE}1/minutes/answer/", {"comment": ""})
    assert Minutes.objects.get().frozen_at
    assert browser.post(f"{HERE}1/minutes/correct/", {"text": ""}).status_code == 422
    browser.post(f"{HERE}1/minutes/correct/", {"text": "Nearly all"})
    assert b"Nearly all" in phone.get(f"{HERE}1/minutes/").content
    assert phone.get(f"{HERE}1/minutes/download/").status_code == 404


def test_organisation_confirms_what_was_heard(partnership, member, partner, admin, signed_in_as):
    meeting = call_meeting(partnership, admin)
    heard = write_heard(meeting=meeting, member=member, text="They need a van", by=admin)
    phone = signed_in_as(partner)
    assert b"They need a van" in phone.get(f"{HERE}1/").content
    phone.post(f"{HERE}1/heard/{heard.pk}/")
    assert HeardBack.objects.get().confirmed_at


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_same_for_one_and_three(partnership, partner, admin, browser, count, django_assert_num_queries):
    for _number in range(count):
        call_meeting(partnership, admin)
    with django_assert_num_queries(QUERIES_OF_LIST):
        assert browser.get(HERE).status_code == 200


QUERIES_OF_LIST = 15


# What is behind the mailed links.


@pytest.fixture
def called(partnership, partner, admin):
    return call_meeting(partnership, admin)


def everything():
    return [
        list(model.objects.order_by("id").values())
        for model in (Meeting, Attendance, AccessLink, MinutesApproval, HeardBack, AuditEvent, OutboxMail)
    ]


def test_opening_a_link_changes_nothing_and_two_taps_answer(called, client):
    path = link_in(OutboxMail.objects.get(), "meeting")
    before = everything()
    assert client.get(path).status_code == 200
    client.head(path)
    assert client.get(f"{path}renew/").status_code == 405
    assert everything() == before
    assert client.post(path, {}).status_code == 422
    answer = client.post(path, {"answer": "maybe", "access_needs": "A ramp"})
    assert b"This is what we stored" in answer.content
    assert Attendance.objects.get().answer == "maybe"


def test_invitation_names_the_day_in_the_language_of_its_reader(partnership, partner, admin):
    Stakeholder.objects.update(language="it")
    meeting = call_meeting(partnership, admin)
    mail = OutboxMail.objects.get(kind="meeting")
    with translation.override("it"):
        day = date_format(timezone.localtime(meeting.starts_at), "DATE_FORMAT")
    assert day in mail.subject
    assert day in mail.text


def test_link_of_a_cancelled_meeting_tells_the_reason(called, client, admin):
    path = link_in(OutboxMail.objects.get(), "meeting")
    cancel_meeting(meeting=called, reason="Flood", by=admin)
    assert b"Flood" in client.get(path).content
    assert client.post(path, {"answer": "yes"}).status_code == 422


def test_link_of_one_kind_opens_nothing_of_the_other(called, client):
    token = link_in(OutboxMail.objects.get(), "meeting").split("/")[-2]
    assert client.get(f"/l/borgo/minutes/{token}/").status_code == 404
    assert client.get("/l/borgo/meeting/nobody/").status_code == 404


def test_expired_link_mails_a_new_one_to_the_same_address(called, client):
    path = link_in(OutboxMail.objects.get(), "meeting")
    token = path.split("/")[-2]
    expired = AccessLink.objects.filter(token_hash=hash_of(token, purpose="meeting"))
    expired.update(expires_at=timezone.now() - timedelta(days=1))
    assert client.get(path).status_code == 410
    assert client.post(f"{path}renew/").status_code == 200
    assert OutboxMail.objects.count() == 2
    newest = OutboxMail.objects.order_by("-created_at").first()
    assert client.get(link_in(newest, "meeting")).status_code == 200


def test_minutes_are_approved_by_link(partnership, member, partner, admin, client):
    make_representative(make_member(partnership, "School"), make_person("Ada", "ada@school.example"))
    meeting = call_meeting(partnership, admin)
    invite_all(meeting)
    heard = write_heard(meeting=meeting, member=member, text="They need a van", by=admin)
    item = make_item(meeting)
    write_notes(item=item, by=admin, summary="Agreed", state="done")
    Attendance.objects.update(presence="present")
    Meeting.objects.update(state="minutes_draft")
    minutes = circulate_minutes(meeting=meeting, by=admin)
    paths = {mail.to: link_in(mail, "minutes") for mail in OutboxMail.objects.filter(kind="minutes")}
    before = everything()
    assert b"Agreed" in client.get(paths["ada@school.example"]).content
    assert everything() == before
    assert b"understood us" not in client.get(paths["ada@school.example"]).content
    client.post(f"{paths[partner.email]}heard/{heard.pk}/", {"correction": "Two vans"})
    assert HeardBack.objects.get().correction == "Two vans"
    hidden = {"hash_seen": minutes.text_sha256}
    assert b"This is what we stored" in client.post(paths["ada@school.example"], hidden | {"comment": ""}).content
    client.post(paths[partner.email], hidden | {"comment": ""})
    minutes.refresh_from_db()
    assert minutes.frozen_at
    assert client.post(paths[partner.email], {"comment": "Late"}).status_code == 422
    write_erratum(minutes=minutes, text="It was Tuesday", by=admin)
    assert b"It was Tuesday" in client.get(paths["ada@school.example"]).content
    document = f"{paths[partner.email]}document/download/"
    assert client.get(document).status_code == 404
    Minutes.objects.update(
        pdf=store_bytes(
            content=b"%PDF", name="m.pdf", content_type="application/pdf", extension=".pdf", purpose="minutes", by=None
        )
    )
    assert client.get(document).content == b"%PDF"
    assert document in client.get(paths[partner.email]).content.decode()


def test_forms_of_the_running_meeting_have_ids_of_their_own(partnership, partner, admin, browser):
    make_item(call_meeting(partnership, admin))
    ids = re.findall(r' id="([^"]+)"', browser.get(f"{HERE}1/run/").content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_paper_is_kept_and_read_by_partners_alone(partnership, partner, admin, browser, signed_in_as, client):
    call_meeting(partnership, admin)
    paper = SimpleUploadedFile("budget.txt", b"<script>", content_type="application/pdf")
    item = {"title": "Budget", "kind": "decide", "minutes_planned": "20"}
    assert browser.post(f"{HERE}1/agenda/", item | {"paper": paper}).status_code == 422
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    browser.post(f"{HERE}1/agenda/", item | {"paper": SimpleUploadedFile("budget.png", picture.getvalue())})
    here = f"{HERE}1/agenda/{AgendaItem.objects.get().pk}/paper/download/"
    answer = signed_in_as(partner).get(here)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Content-Disposition"].startswith("attachment")
    stranger = make_partner(make_member(make_partnership("other"), "Stranger"), "s@stranger.example")
    assert signed_in_as(stranger).get(here).status_code == 404
    assert client.get(here).status_code == 302
    # Who is invited by mail reads it from the link, and nothing of another meeting.
    link = link_in(OutboxMail.objects.filter(kind="meeting").first(), "meeting")
    by_link = f"{link}papers/{AgendaItem.objects.get().pk}/download/"
    assert by_link in client.get(link).content.decode()
    assert client.get(by_link)["Content-Type"] == "image/png"
    elsewhere = make_item(make_meeting(partnership, "Another"))
    assert client.get(f"{link}papers/{elsewhere.pk}/download/").status_code == 404
