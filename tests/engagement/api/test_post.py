import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.access.roles import Role
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership
from tests.factories.goals import make_goal
from tests.factories.partnerships import make_member, make_partner
from tests.factories.social import LINK, approved, make_channel, make_consent, make_post, photo, scheduled

API = "/s/borgo/api/v1/partnerships/orti/social/"
POSTS = f"{API}posts/"
JSON = {"content_type": "application/json"}


@pytest.fixture
def orti(space):
    return make_public_partnership(mode="full")


@pytest.fixture
def browser(coordinator, signed_in_as):
    """The coordinator's program."""
    return signed_in_as(coordinator)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_statements_for_one_and_three_rows(orti, coordinator, browser, statements, count):
    for _number in range(count):
        make_post(orti, coordinator, mentions={make_member(orti, f"Org {_number}"): False}, shared="page")
    with statements() as found:
        answer = browser.get(POSTS)
    assert len(answer.json()["results"]) == count
    assert len(found) == 13


def test_whole_life_by_program_with_the_same_rules(orti, coordinator, admin, browser, signed_in_as):
    channel = browser.post(f"{API}channels/", {"kind": "facebook", "name": "Library"}, **JSON).json()
    consent = browser.post(f"{API}consents/", {"who": "Rosa", "given_on": "2026-01-10"}, **JSON).json()
    soon = (timezone.now() + timedelta(days=2)).isoformat()
    sent = {
        "title": "Open day", "texts": [{"language_code": "en", "text": "Come"}], "channel_id": channel["id"],
        "planned_at": soon, "goal": make_goal(orti).number, "people_shown": "consented",
        "picture_consent_ids": [consent["id"]], "mentions": [{"member_id": str(make_member(orti).pk)}],
        "shared": "page",
    }  # fmt: skip
    assert browser.post(POSTS, {**sent, "goal": 99}, **JSON).status_code == 400
    assert browser.post(POSTS, {**sent, "shared": "goal-99"}, **JSON).status_code == 400
    made = browser.post(POSTS, sent, **JSON)
    assert (made.status_code, made.json()["state"], made.json()["consents"]) == (201, "draft", 1)
    assert made.json()["leads_to"].endswith("/p/borgo/orti/")
    one = f"{POSTS}1/"
    assert browser.post(f"{one}picture/", {"upload": SimpleUploadedFile("a.jpg", b"x")}).status_code == 400
    assert browser.post(f"{one}picture/", {"upload": photo()}).json()["has_picture"] is True
    refused = browser.post(f"{one}approve/", {}, **JSON)
    assert (refused.status_code, "Somebody else" in refused.json()["detail"]) == (409, True)
    second = signed_in_as(admin)
    assert "do not see it" in second.post(f"{one}approve/", {}, **JSON).json()["detail"]
    member = made.json()["mentions"][0]["member_id"]
    agreed = browser.post(f"{one}partners/{member}/", {"agreed_how": "Rosa, by mail"}, **JSON).json()
    assert agreed["mentions"][0]["agreed_how"] == "Rosa, by mail"
    assert browser.post(f"{one}partners/{uuid.uuid4()}/", {"agreed_how": "x"}, **JSON).status_code == 404
    texts = [{"language_code": "en", "text": "Come", "alt": "A hall"}]
    assert browser.patch(one, {"texts": texts}, **JSON).status_code == 200
    assert second.post(f"{one}approve/", {}, **JSON).json()["state"] == "approved"
    assert browser.post(f"{one}schedule/").json()["state"] == "scheduled"
    assert browser.post(f"{one}publish/", {}, **JSON).status_code == 409
    assert browser.post(f"{one}publish/", {"link": LINK}, **JSON).json()["published_link"] == LINK
    assert browser.patch(one, {"title": "x"}, **JSON).status_code == 409
    assert browser.post(f"{one}reach/", {"people_reached": -1}, **JSON).status_code == 400
    looked = browser.post(f"{one}reach/", {"people_reached": 12}, **JSON).json()
    assert (looked["state"], looked["communication"]["people_reached"]) == ("reviewed", 12)
    assert looked["communication"]["clicks"] is None
    gone = browser.post(f"{API}consents/{consent['id']}/withdraw/")
    assert gone.json() == {"posts": [1]}
    assert browser.post(f"{API}consents/{consent['id']}/withdraw/").status_code == 409
    assert browser.post(f"{one}withdraw/", {"reason": "x"}, **JSON).status_code == 409
    assert browser.post(f"{one}taken-down/").json()["taken_down_on"] == timezone.localdate().isoformat()
    assert browser.post(f"{one}taken-down/").status_code == 409
    assert browser.delete(f"{API}channels/{channel['id']}/").status_code == 409


def test_plan_by_program(orti, browser):
    assert browser.get(f"{API}plan/").status_code == 404
    goal = make_goal(orti)
    plan = browser.patch(f"{API}plan/", {"languages": ["it", "en"], "goals": [goal.number]}, **JSON)
    assert (plan.json()["languages"], plan.json()["goals"]) == (["it", "en"], [goal.number])
    assert browser.patch(f"{API}plan/", {"goals": [99]}, **JSON).status_code == 400
    assert browser.patch(f"{API}plan/", {"languages": ["xx"]}, **JSON).status_code == 400
    assert browser.post(f"{API}plan/review/", {"note": "Fine"}, **JSON).json()["review_note"] == "Fine"
    assert browser.post(f"{API}channels/", {"kind": "x", "name": "A"}, **JSON).status_code == 201
    assert browser.post(f"{API}channels/", {"kind": "x", "name": "A"}, **JSON).status_code == 400
    key = browser.get(f"{API}channels/").json()["results"][0]["id"]
    assert browser.patch(f"{API}channels/{key}/", {"is_used": False}, **JSON).json()["is_used"] is False
    assert browser.delete(f"{API}channels/{key}/").status_code == 204


def test_partner_reads_what_was_approved_and_writes_only_where_they_publish(orti, coordinator, admin, signed_in_as):
    partner = make_partner(make_member(orti))
    approved(orti, coordinator, admin)
    scheduled(orti, coordinator, admin, channel=make_channel(orti, coordinator, publisher=partner))
    make_post(orti, coordinator)
    make_consent(orti, coordinator)
    program = signed_in_as(partner)
    assert {post["number"] for post in program.get(POSTS).json()["results"]} == {1, 2}
    assert program.get(f"{POSTS}3/").status_code == 404
    assert program.get(f"{API}consents/").status_code == 403
    assert program.patch(f"{POSTS}2/", {"title": "x"}, **JSON).status_code == 403
    assert program.post(f"{POSTS}1/publish/", {"link": LINK}, **JSON).status_code == 403
    assert program.post(f"{POSTS}2/publish/", {"link": LINK}, **JSON).status_code == 200
    other = make_public_partnership("altrove")
    outsider = signed_in_as(make_user("o@borgo.example", role=Role.PARTNER_MEMBER, scope=other.scope))
    assert outsider.get(POSTS).json()["results"] == []
    assert outsider.get(f"{API}channels/").json()["results"] == []
