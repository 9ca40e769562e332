from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.access.visibility import Visibility
from partnerships.models import Task, TaskUpdate
from tests.factories.partnerships import make_member, make_partner, make_partnership, make_task

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
API = "/s/borgo/api/v1/partnerships/own"


@pytest.fixture
def member(space):
    return make_member(make_partnership("own"))


def post(browser, path, **body):
    return browser.post(f"{API}{path}", body, content_type="application/json")


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_queries_for_one_and_three_rows(
    member, coordinator, signed_in_as, django_assert_num_queries, count
):
    for number in range(count):
        make_task(member.partnership, f"T{number}", member=make_member(member.partnership, f"M{number}"))
    browser = signed_in_as(coordinator)
    for path in ("/members/", "/tasks/"):
        with django_assert_num_queries(7 + 3):
            assert len(browser.get(f"{API}{path}").json()["results"]) >= count


def test_coordinator_proposes_and_the_partner_answers(member, coordinator, signed_in_as):
    made = post(
        signed_in_as(coordinator), "/tasks/", title="Find a room", member_id=str(member.pk), due_on="2099-01-01"
    )
    assert (made.status_code, made.json()["state"]) == (201, "proposed")
    answered = post(signed_in_as(make_partner(member)), "/tasks/1/updates/", state="accepted")
    assert (answered.status_code, answered.json()["first_agreed_due_on"]) == (200, "2099-01-01")
    assert TaskUpdate.objects.get().via == "api"


def test_coordinator_cannot_accept_for_a_partner(member, coordinator, signed_in_as):
    make_task(member.partnership, member=member)
    assert post(signed_in_as(coordinator), "/tasks/1/updates/", state="accepted").status_code == 403
    assert Task.objects.get().state == "proposed"


def test_staff_cannot_accept(member, signed_in_as):
    make_task(member.partnership, member=member)
    staff = make_partner(member, "staff@riva.example", can_commit=False)
    assert post(signed_in_as(staff), "/tasks/1/updates/", state="accepted").status_code == 403


def test_another_partner_does_not_find_the_task_to_update(member, signed_in_as):
    make_task(member.partnership, member=member)
    other = make_partner(make_member(member.partnership, "Other"), "lead@other.example")
    assert post(signed_in_as(other), "/tasks/1/updates/", state="accepted").status_code == 404


def test_coordinator_updates_the_own_task(member, coordinator, signed_in_as):
    make_task(member.partnership)
    assert post(signed_in_as(coordinator), "/tasks/1/updates/", state="done").json()["progress_percent"] == 100


def test_missing_reason_is_a_400_and_a_refused_state_a_409(member, signed_in_as):
    make_task(member.partnership, member=member)
    browser = signed_in_as(make_partner(member))
    assert "note" in post(browser, "/tasks/1/updates/", state="declined").json()["errors"]
    assert post(browser, "/tasks/1/updates/", state="done").status_code == 409


def test_partner_proposes_nothing(member, signed_in_as):
    assert post(signed_in_as(make_partner(member)), "/tasks/", title="T").status_code == 403


def test_member_of_another_partnership_is_not_found(member, coordinator, signed_in_as):
    other = make_member(make_partnership("other"), "Other")
    assert post(signed_in_as(coordinator), "/tasks/", title="T", member_id=str(other.pk)).status_code == 404


def test_stranger_finds_nothing(member, signed_in_as):
    make_task(member.partnership, member=member)
    stranger = make_partner(make_member(make_partnership("other"), "Other"), "x@other.example")
    for path in ("/members/", "/tasks/", "/tasks/1/", "/agreements/"):
        assert signed_in_as(stranger).get(f"{API}{path}").status_code == 404


@pytest.mark.parametrize("number", [0, 2, 10**12])
def test_number_there_is_none_of_is_not_found(member, coordinator, signed_in_as, number):
    assert signed_in_as(coordinator).get(f"{API}/tasks/{number}/").status_code == 404


def test_plan_is_written_by_coordination_and_a_circle_is_a_conflict(member, coordinator, signed_in_as):
    for title in ("First", "Second"):
        make_task(member.partnership, title)
    browser = signed_in_as(coordinator)

    def put(number, **body):
        return browser.put(f"{API}/tasks/{number}/plan/", body, content_type="application/json")

    plan = put(2, waits_for=[1], checklist=["Ask"], effort_hours=4).json()
    assert (plan["waits_for"], plan["effort_hours"], plan["checklist"][0]["text"]) == ([1], 4, "Ask")
    assert browser.get(f"{API}/tasks/1/plan/").json()["successors"] == [2]
    assert (put(1, waits_for=[2]).status_code, put(1, waits_for=[9]).status_code) == (409, 400)
    assert signed_in_as(make_partner(member)).put(f"{API}/tasks/2/plan/", {}).status_code == 403


def test_evidence_ticks_and_confirmation(member, coordinator, signed_in_as):
    task = make_task(member.partnership, member=member, state="accepted", needs_evidence=True, checklist=["Ask"])
    partner = signed_in_as(make_partner(member))
    assert post(partner, "/tasks/1/updates/", state="done").status_code == 400
    assert post(partner, "/tasks/1/evidence/", link="https://riva.example/x").status_code == 201
    assert post(partner, "/tasks/1/evidence/").status_code == 409
    done = post(partner, "/tasks/1/updates/", state="done", ticked=[str(task.checks.get().pk)])
    assert (done.status_code, task.checks.get().is_done) == (200, True)
    assert post(partner, "/tasks/1/confirmation/").status_code == 409
    assert post(signed_in_as(coordinator), "/tasks/1/confirmation/").json()["confirmed_on"]
    other = make_partner(make_member(member.partnership, "Other"), "lead@other.example")
    assert post(signed_in_as(other), "/tasks/1/evidence/", note="x").status_code == 404


def test_file_is_shown_and_read_by_whoever_sees_the_task(member, coordinator, signed_in_as):
    make_task(member.partnership, member=member, state="accepted", needs_evidence=True)
    partner, url = signed_in_as(make_partner(member)), f"{API}/tasks/1/evidence/"
    refused = partner.post(url, {"upload": SimpleUploadedFile("photo.pdf", b"no pdf")})
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["upload"])
    shown = partner.post(url, {"note": "The key", "upload": SimpleUploadedFile("key.pdf", PDF)}).json()
    assert (shown["note"], shown["file_name"], shown["file_sha256"]) == ("The key", "key.pdf", sha256(PDF).hexdigest())
    found = partner.get(url).json()["results"]
    assert [one["id"] for one in found] == [shown["id"]]
    for browser in (partner, signed_in_as(coordinator)):
        assert browser.get(f"{url}{shown['id']}/").content == PDF
    assert post(partner, "/tasks/1/updates/", state="done").json()["state"] == "done"
    bare = post(partner, "/tasks/1/evidence/", note="One more line").json()
    assert partner.get(f"{url}{bare['id']}/").status_code == 404
    make_task(member.partnership, member=member)
    assert partner.get(f"{API}/tasks/2/evidence/{shown['id']}/").status_code == 404
    Task.objects.update(visibility=Visibility.COORDINATION)
    assert partner.get(f"{url}{shown['id']}/").status_code == 404
    other = signed_in_as(make_partner(make_member(member.partnership, "Other"), "lead@other.example"))
    assert other.post(url, {"upload": SimpleUploadedFile("key.pdf", PDF)}).status_code == 404


def test_task_is_reworded_before_it_is_a_promise_and_called_off_with_a_reason(member, coordinator, signed_in_as):
    task = make_task(member.partnership, "Find a room", member=member, effort_hours=4)
    browser, partner = signed_in_as(coordinator), signed_in_as(make_partner(member))

    def patch(who=browser, **body):
        return who.patch(f"{API}/tasks/1/", body, content_type="application/json")

    assert patch(partner, title="Mine").status_code == 403
    changed = patch(title="Find a hall", due_on="2026-07-01").json()
    assert (changed["title"], changed["due_on"], changed["effort_hours"]) == ("Find a hall", "2026-07-01", 4)
    assert changed["member_id"] == str(member.pk)
    assert patch(member_id=None).json()["state"] == "accepted"
    assert patch(title="Again").status_code == 409
    assert post(browser, "/tasks/1/cancel/").status_code == 400
    assert post(partner, "/tasks/1/cancel/", reason="No").status_code == 403
    assert post(browser, "/tasks/1/cancel/", reason="The hall burnt down").json()["state"] == "cancelled"
    assert post(browser, "/tasks/1/cancel/", reason="Again").status_code == 409
    task.refresh_from_db()
    assert task.updates.get().note == "The hall burnt down"
