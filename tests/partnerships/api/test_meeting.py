"""A meeting by API, from its plan to its corrected minutes: the pages' operations, permissions and words."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from core.access.visibility import Visibility
from core.models import OutboxMail
from core.operations import file as file_operations
from partnerships.models import AgendaItem, Attendance, ConflictOfInterest, Decision, Meeting, Partnership, Task
from partnerships.operations.minutes import circulate_minutes, render_agenda, render_minutes
from stakeholders.models import Stakeholder
from tests.factories.meetings import call_meeting, hold_meeting, make_item, make_meeting
from tests.factories.partnerships import (
    make_member,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
    make_task,
)

API = "/s/borgo/api/v1/partnerships/scuola-lavoro/meetings/"
PLAN = {
    "title": "Table",
    "purpose": "Cases",
    "starts_at": "2099-05-20T14:00:00Z",
    "ends_at": "2099-05-20T15:30:00Z",
}


class Api:
    def __init__(self, browser):
        self._browser = browser

    def __call__(self, method, path, **body):
        send = getattr(self._browser, method)
        return send(f"{API}{path}", body, content_type="application/json") if method != "get" else send(f"{API}{path}")


@pytest.fixture
def partnership(space):
    return make_partnership(mode="full")


@pytest.fixture
def member(partnership):
    return make_member(partnership)


@pytest.fixture
def partner(member):
    return make_partner(member)


@pytest.fixture
def desk(coordinator, signed_in_as):
    return Api(signed_in_as(coordinator))


@pytest.fixture
def phone(partner, signed_in_as):
    return Api(signed_in_as(partner))


@pytest.fixture
def called(partnership, partner, admin):
    return call_meeting(partnership, admin)


def begin():
    now = timezone.now()
    Meeting.objects.update(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))


def detail(answer, status):
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.json().get("detail", "")


def speaker_of(member):
    return member.representatives.get().person


# Planning, calling, moving, cancelling.


def test_meeting_is_planned_called_moved_and_cancelled(partnership, member, partner, desk):
    speaker = speaker_of(member)
    made = desk("post", "", **PLAN, chair_id=str(speaker.pk), visibility=1)
    assert (made.status_code, made.json()["state"], made.json()["visibility"]) == (201, "draft", 1)
    assert (made.json()["chair_id"], made.json()["chair_member_id"]) == (str(speaker.pk), str(member.pk))
    assert "whom to invite" in detail(desk("post", "1/schedule/"), 409)
    desk("post", "1/people/", person_ids=[str(speaker.pk)])
    assert not OutboxMail.objects.exists()
    assert desk("post", "1/schedule/").json()["state"] == "scheduled"
    assert OutboxMail.objects.get().to == partner.email
    moved = desk("patch", "1/", starts_at="2099-05-20T14:30:00Z", chair_id=None)
    assert (moved.json()["sequence"], moved.json()["chair_id"], moved.json()["title"]) == (1, None, "Table")
    assert OutboxMail.objects.count() == 2
    assert "reason" in desk("post", "1/cancel/", reason=" ").json()["errors"]
    assert desk("post", "1/cancel/", reason="Flood").json()["cancelled_reason"] == "Flood"
    assert "over" in detail(desk("patch", "1/", title="Other"), 409)


def test_what_cannot_be_planned_says_where(partnership, member, desk):
    assert desk("post", "", **(PLAN | {"ends_at": PLAN["starts_at"]})).status_code == 400
    assert "starts_at" in desk("post", "", **(PLAN | {"starts_at": "0754-01-01T10:00:00Z"})).json()["errors"]
    assert "visibility" in desk("post", "", **PLAN, visibility=4).json()["errors"]
    assert "visibility" in desk("post", "", **PLAN, visibility=0).json()["errors"]
    stranger = make_person("Stranger", "s@stranger.example")
    assert "note_taker_id" in desk("post", "", **PLAN, note_taker_id=str(stranger.pk)).json()["errors"]
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", ""),
        ("post", "series/"),
        ("patch", "1/"),
        ("post", "1/schedule/"),
        ("post", "1/cancel/"),
        ("post", "1/people/"),
        ("post", "1/agenda/"),
        ("get", "1/agenda/suggestions/"),
        ("post", "1/agenda/send/"),
        ("post", "1/close/"),
        ("put", "1/presence/"),
        ("post", "1/heard/"),
        ("get", "1/minutes/draft/"),
        ("post", "1/minutes/circulate/"),
    ],
)
def test_partner_reads_but_does_not_run(called, phone, method, path):
    assert phone("get", "1/").status_code == 200
    detail(phone(method, path), 403)
    assert Meeting.objects.get().state == "scheduled"


def test_who_is_elsewhere_finds_nothing(called, signed_in_as):
    stranger = make_partner(make_member(make_partnership("other"), "Stranger"), "s@stranger.example")
    api = Api(signed_in_as(stranger))
    for method, path in (("get", "1/"), ("post", "1/close/"), ("get", "1/people/"), ("post", "1/answer/")):
        assert api(method, path).status_code == 404


def test_series_begins_and_plans_the_next_with_its_guests(partnership, member, partner, desk):
    made = desk("post", "series/", title="Table", purpose="Cases", rhythm="monthly", first_at="2099-05-20T14:00:00Z")
    assert made.status_code == 201
    assert "errors" in desk("post", "series/", title="Table", purpose="Cases").json()
    desk("post", "1/people/", person_ids=[str(speaker_of(member).pk)])
    following = desk("post", f"series/{made.json()['id']}/next/")
    assert following.json()["starts_at"].startswith("2099-06-17")
    assert [one["answer"] for one in desk("get", "2/people/").json()["results"]] == ["invited"]
    empty = desk("post", "series/", title="Other", purpose="Cases").json()["id"]
    assert "first meeting" in detail(desk("post", f"series/{empty}/next/"), 409)
    assert [one["title"] for one in desk("get", "series/").json()["results"]] == ["Other", "Table"]


# People.


def test_speakers_and_guests_are_invited_and_taken_off(called, member, desk, phone):
    guest = make_person("Guest", "guest@town.example")
    late = make_representative(make_member(called.partnership, "School"), make_person("Ada", "ada@school.example"))
    added = desk("post", "1/people/", person_ids=[str(guest.pk), str(late.pk), str(speaker_of(member).pk)])
    assert added.status_code == 201
    assert {one["name"]: one["organisation"] for one in added.json()} == {"Guest": None, "Ada": "School"}
    assert set(OutboxMail.objects.values_list("to", flat=True)) >= {guest.email, late.email}
    place = Attendance.objects.get(person=guest)
    assert desk("delete", f"1/people/{place.pk}/").status_code == 204
    assert OutboxMail.objects.filter(to=guest.email).count() == 2
    assert desk("delete", f"1/people/{place.pk}/").status_code == 404
    nobody = make_member(make_partnership("other"), "Firm").organisation
    assert "person_ids" in desk("post", "1/people/", person_ids=[str(nobody.pk)]).json()["errors"]


def test_only_coordination_reads_what_people_need(called, desk, phone):
    assert phone("post", "1/answer/", answer="yes", access_needs="A ramp").status_code == 200
    assert desk("get", "1/people/").json()["results"][0]["access_needs"] == "A ramp"
    assert phone("get", "1/people/").json()["results"][0]["access_needs"] == ""


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_queries_for_one_and_three_rows(partnership, desk, admin, django_assert_num_queries, count):
    for number in range(count):
        person = make_person(f"P{number}", f"p{number}@x.example")
        make_representative(make_member(partnership, f"M{number}"), person)
    call_meeting(partnership, admin)
    with django_assert_num_queries(12):
        assert len(desk("get", "1/people/").json()["results"]) == count


# Agenda.


def test_agenda_is_written_ordered_and_sent(called, member, desk):
    speaker = speaker_of(member)
    first = desk("post", "1/agenda/", title="Van", kind="decide", owner_person_id=str(speaker.pk)).json()
    assert (first["owner_member_id"], first["minutes_planned"]) == (str(member.pk), 10)
    second = desk("post", "1/agenda/", title="Room", minutes_planned=100).json()
    assert "minutes more" in detail(desk("post", "1/agenda/send/", reason="We talk fast"), 409)
    item = f"1/agenda/{second['id']}/"
    changed = desk("patch", item, minutes_planned=20, proposed_by_id=str(member.pk)).json()
    assert (changed["minutes_planned"], changed["title"], changed["proposed_by_id"]) == (20, "Room", str(member.pk))
    ordered = desk("post", f"{item}move/", to="up").json()["items"]
    assert [one["title"] for one in ordered] == ["Room", "Van"]
    assert "read before" in detail(desk("post", "1/agenda/send/"), 409)
    assert desk("delete", f"1/agenda/{first['id']}/").status_code == 204
    assert desk("post", "1/agenda/send/").json()["state"] == "agenda_sent"
    stranger = make_member(make_partnership("other"), "Stranger")
    assert "owner_member_id" in desk("patch", item, owner_member_id=str(stranger.pk)).json()["errors"]


def test_paper_stands_with_its_item(called, coordinator, signed_in_as):
    item = make_item(called)
    browser, here = signed_in_as(coordinator), f"{API}1/agenda/{item.pk}/paper/"
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    kept = browser.post(here, {"paper": SimpleUploadedFile("budget.png", picture.getvalue())})
    assert kept.json()["paper_name"] == "budget.png"
    refused = browser.post(here, {"paper": SimpleUploadedFile("x.pdf", b"<script>")})
    assert (refused.status_code, "paper" in refused.json()["errors"]) == (400, True)
    assert AgendaItem.objects.get().paper_file.name == "budget.png"


def test_paper_for_a_full_space_is_refused_in_words(called, coordinator, signed_in_as, monkeypatch):
    item = make_item(called)
    monkeypatch.setattr(file_operations, "QUOTA_BYTES", 1)
    picture = BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    upload = SimpleUploadedFile("budget.png", picture.getvalue())
    refused = signed_in_as(coordinator).post(f"{API}1/agenda/{item.pk}/paper/", {"paper": upload})
    assert (refused.status_code, refused.json()["errors"]["paper"]) == (400, ["Your space for files is full."])


def test_suggestions_are_taken_over_or_put_aside(called, desk):
    yesterday = timezone.localdate() - timedelta(days=1)
    for title in ("Find a room", "Ask the bank"):
        make_task(called.partnership, title, state="accepted", due_on=yesterday)
    codes = {one["title"]: one["code"] for one in desk("get", "1/agenda/suggestions/").json()["results"]}
    taken = desk("post", "1/agenda/suggestions/", code=codes["Find a room"])
    assert [one["title"] for one in taken.json()["items"]] == ["Find a room"]
    desk("post", "1/agenda/suggestions/", code=codes["Ask the bank"], to="aside")
    assert desk("get", "1/agenda/suggestions/").json()["results"] == []
    assert "any more" in detail(desk("post", "1/agenda/suggestions/", code=codes["Ask the bank"]), 409)


# Running.


def test_note_taker_runs_the_meeting_and_its_minutes(called, member, desk, phone, partner):
    item = make_item(called, "The van")
    place = Attendance.objects.get()
    Meeting.objects.update(note_taker=place.person)
    assert "not begun" in detail(phone("post", "1/close/"), 409)
    begin()
    assert "who is here" in detail(phone("post", "1/close/"), 409)
    here = [{"attendance_id": str(place.pk), "presence": "present"}]
    assert phone("put", "1/presence/", people=here).json()["state"] == "held"
    on = f"1/agenda/{item.pk}/"
    assert phone("put", f"{on}notes/", summary="On Saturdays", state="done").json()["state"] == "done"
    positions = [{"member_id": str(member.pk), "position": 5}]
    decided = phone("post", f"{on}decisions/", title="Share the van", outcome="decided", positions=positions)
    assert (decided.status_code, decided.json()["state"]) == (201, "in_force")
    assert Decision.objects.get().item == item
    assert set(phone("post", f"{on}actions/", title="Buy a lock").json()["errors"]) == {
        "member_id", "due_on", "result_expected",
    }  # fmt: skip
    promise = {"title": "Buy a lock", "due_on": "2099-06-01", "result_expected": "A lock"}
    made = phone("post", f"{on}actions/", **promise, person_id=str(place.person_id))
    assert (made.status_code, made.json()["member_id"]) == (201, str(member.pk))
    assert Task.objects.get().state == "proposed"
    assert phone("post", f"{on}interests/", attendance_id=str(place.pk), handling="left_room").status_code == 201
    assert ConflictOfInterest.objects.get().item == item
    heard = phone("post", "1/heard/", member_id=str(member.pk), text="They need a lock").json()
    assert phone("post", f"1/heard/{heard['id']}/answer/").json()["confirmed_at"]
    assert "already" in detail(phone("post", f"1/heard/{heard['id']}/answer/"), 409)
    assert detail(desk("post", f"1/heard/{heard['id']}/answer/"), 409)
    assert phone("post", "1/close/").json()["state"] == "minutes_draft"
    draft = phone("get", "1/minutes/draft/").json()["text"]
    for words in ("On Saturdays", "Share the van", "Buy a lock", "They need a lock"):
        assert words in draft


def test_presence_of_somebody_who_was_not_asked_is_refused(called, desk, member):
    other = make_meeting(called.partnership)
    place = Attendance.objects.create(meeting=other, person=make_person("Ada", "ada@x.example"))
    begin()
    here = [{"attendance_id": str(place.pk), "presence": "present"}]
    assert "people" in desk("put", "1/presence/", people=here).json()["errors"]
    assert Meeting.objects.get(number=1).state == "scheduled"


# Minutes.


def test_minutes_go_round_are_commented_approved_and_corrected(partnership, partner, admin, desk, phone):
    hold_meeting(partnership, admin)
    assert "not approved" in detail(_circulated(desk, "Too early"), 409)
    first = phone("get", "1/minutes/").json()
    assert "nothing to send" in detail(desk("post", "1/minutes/circulate/"), 409)
    phone("post", "1/minutes/answer/", text_sha256=first["text_sha256"], comment="It was Sunday")
    said = desk("get", "1/minutes/").json()
    assert (said["comments"], said["people"][0]["comment"]) == (1, "It was Sunday")
    again = desk("post", "1/minutes/circulate/", text="# Minutes\n\nSunday").json()
    assert (again["number"], again["silent"]) == (2, 1)
    assert "not open" in detail(phone("post", "1/minutes/answer/", text_sha256=first["text_sha256"]), 409)
    phone("post", "1/minutes/answer/", text_sha256=again["text_sha256"])
    assert Meeting.objects.get().state == "minutes_approved"
    detail(phone("post", "1/minutes/corrections/", text="Nearly"), 403)
    assert desk("post", "1/minutes/corrections/", text="At ten").status_code == 201
    assert [one["text"] for one in phone("get", "1/minutes/").json()["corrections"]] == ["At ten"]


def _circulated(desk, text):
    assert desk("post", "1/minutes/circulate/").status_code == 201
    return desk("post", "1/minutes/corrections/", text=text)


def test_minutes_keep_a_decision_of_few_to_the_register(partnership, partner, admin, desk):
    meeting = call_meeting(partnership, admin)
    item = make_item(meeting)
    on = f"1/agenda/{item.pk}/decisions/"
    desk("post", on, title="Told to partners", outcome="decided")
    desk("post", on, title="For coordination", outcome="decided", visibility=Visibility.COORDINATION.value)
    draft = desk("get", "1/minutes/draft/").json()["text"]
    assert "Told to partners" in draft
    assert "For coordination" not in draft


def test_meeting_for_coordination_is_out_of_a_partners_sight(called, desk, phone):
    assert desk("patch", "1/", visibility=1).json()["visibility"] == 1
    assert phone("get", "1/").status_code == 404
    assert "visibility" in desk("patch", "1/", visibility=3).json()["errors"]
    Partnership.objects.update(visibility=Visibility.PUBLIC)
    assert desk("patch", "1/", visibility=3, is_meant=True).status_code == 200


# Whose voice is heard, and documents.


def test_voices_of_a_year_are_told_without_an_order_of_merit(partnership, member, partner, admin, desk, phone):
    assert desk("get", "voices/").json() == {"results": []}
    school = make_member(partnership, "School")
    held = make_meeting(partnership, chair_member=school, state="held")
    Meeting.objects.update(starts_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() - timedelta(days=8))
    for _number in range(3):
        make_item(held, proposed_by=member)
    make_item(held, proposed_by=school)
    told = {row["organisation"]: row for row in phone("get", "voices/").json()["results"]}
    assert (told["Officine Riva"]["items_proposed"], told["Officine Riva"]["items_proposed_percent"]) == (3, 75)
    assert (told["School"]["meetings_chaired"], told["School"]["meetings_chaired_percent"]) == (1, 100)


def test_documents_are_made_by_a_worker_and_their_state_is_told(partnership, member, partner, admin, desk, phone):
    make_meeting(partnership)
    assert desk("get", "1/agenda/document/").json() == {
        "job_state": None, "name": None, "size_bytes": None, "sha256": None,
    }  # fmt: skip
    assert "not sent yet" in detail(desk("post", "1/agenda/document/"), 409)
    assert phone("post", "1/agenda/document/").status_code == 403
    assert desk("get", "1/minutes/document/").status_code == 404
    Meeting.objects.update(agenda_sent_at=timezone.now(), state="agenda_sent")
    assert phone("post", "1/agenda/document/").status_code == 403
    asked = desk("post", "1/agenda/document/")
    assert (asked.status_code, asked.json()["job_state"]) == (202, "waiting")
    assert phone("get", "1/agenda/document/download/").status_code == 404
    render_agenda(meeting_id=Meeting.objects.get().pk)
    assert phone("get", "1/agenda/document/").json()["name"] == "scuola-lavoro-agenda-1.pdf"
    assert phone("get", "1/agenda/document/download/").content.startswith(b"%PDF")


def test_minutes_are_a_document_once_they_are_approved(partnership, partner, admin, desk, phone, signed_in_as):
    minutes = circulate_minutes(meeting=hold_meeting(partnership, admin), by=admin)
    assert "not approved yet" in detail(desk("post", "1/minutes/document/"), 409)
    phone("post", "1/minutes/answer/", text_sha256=minutes.text_sha256)
    assert phone("get", "1/minutes/document/").json()["job_state"] == "waiting"
    assert phone("post", "1/minutes/document/").status_code == 403
    assert desk("post", "1/minutes/document/").status_code == 202
    render_minutes(minutes_id=minutes.pk)
    told = phone("get", "1/minutes/document/").json()
    assert told["name"] == "scuola-lavoro-minutes-1.pdf"
    assert len(phone("get", "1/minutes/document/download/").content) == told["size_bytes"]
    stranger = make_partner(make_member(make_partnership("other"), "Stranger"), "s@stranger.example")
    assert signed_in_as(stranger).get(f"{API}1/minutes/document/").status_code == 404


def test_named_note_taker_of_elsewhere_writes_these_minutes_alone(called, member, signed_in_as):
    outsider = make_partner(make_member(make_partnership("other"), "School"), "school@school.example")
    browser = Api(signed_in_as(outsider))
    assert browser("get", "1/minutes/draft/").status_code == 404
    Meeting.objects.update(note_taker=Stakeholder.objects.get(email=outsider.email))
    assert browser("get", "1/minutes/draft/").status_code == 200
    assert browser("get", "1/").status_code == 404
    assert browser("get", "1/people/").status_code == 404
