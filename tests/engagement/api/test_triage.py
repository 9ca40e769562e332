"""Sorting and entering messages by API, with the rules of the page."""

import uuid

import pytest
from django.utils import timezone

from core.access.roles import Role
from engagement.models import Submission
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership, make_submission
from tests.factories.partnerships import make_member

API = "/s/borgo/api/v1/"


@pytest.fixture
def orti(space):
    return make_public_partnership()


@pytest.fixture
def act(coordinator, signed_in_as):
    browser = signed_in_as(coordinator)

    def send(submission, **given):
        return browser.post(f"{API}submissions/{submission.pk}/acts/", given, content_type="application/json")

    return send


def test_message_goes_its_way_by_api(orti, act, coordinator):
    first, second = make_submission(orti), make_submission(orti)
    assert act(second, act="join", into=str(first.pk)).json()["state"] == "merged"
    assert act(second, act="take_out").json()["state"] == "triaged"
    assert act(first, act="read").json()["state"] == "acknowledged"
    assert act(first, act="give", to=str(coordinator.pk)).json()["state"] == "assigned"
    assert act(first, act="set_aside", reason="advertising").json()["moderation"] == "advertising"
    assert act(first, act="reopen").json()["state"] == "triaged"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"act": "dance"},
        {"act": "join"},
        {"act": "set_aside"},
        {"act": "set_aside", "reason": "dull"},
        {"act": "read", "to": None},
    ],
)
def test_unfit_act_is_400(orti, act, given):
    assert act(make_submission(orti), **given).status_code == 400


def test_act_the_state_does_not_allow_is_409(orti, act):
    assert act(make_submission(orti), act="close").status_code == 409


@pytest.mark.parametrize(
    "given", [{"act": "join", "into": str(uuid.uuid4())}, {"act": "give", "to": str(uuid.uuid4())}]
)
def test_what_is_not_there_is_404(orti, act, given):
    assert act(make_submission(orti), **given).status_code == 404


def test_answer_says_what_becomes_of_it(orti, coordinator, signed_in_as):
    submission = make_submission(orti)
    path = f"{API}submissions/{submission.pk}/replies/"
    browser = signed_in_as(coordinator)
    given = {"text": "The law forbids it", "state": "not_possible"}
    assert browser.post(path, given, content_type="application/json").status_code == 409
    assert browser.post(path, {**given, "why_not": "law"}, content_type="application/json").status_code == 201
    assert Submission.objects.get().state == "not_possible"


def test_told_message_is_entered_with_a_code(orti, coordinator, signed_in_as):
    member = make_member(orti, "Riva", state="member")
    path = f"{API}partnerships/orti/told/"
    browser = signed_in_as(coordinator)
    day = timezone.localdate().isoformat()
    given = {"channel": "phone", "category": "idea", "text": "A bench", "told_on": day, "language": "it"}
    given |= {"was_told": True, "about_member": str(member.pk)}
    for wrong in ({"was_told": False}, {"channel": "web"}, {"told_on": "1999-01-01"}, {"text": "\x00"}):
        answer = browser.post(path, {**given, **wrong}, content_type="application/json")
        assert answer.status_code == 400
    assert not Submission.objects.exists()
    made = browser.post(path, given, content_type="application/json")
    assert (made.status_code, set(made.json())) == (201, {"code", "is_urgent"})
    kept = Submission.objects.get()
    assert (kept.channel, kept.about_member) == ("phone", member)


def test_partners_neither_sort_nor_enter(orti, signed_in_as):
    browser = signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=orti.scope))
    submission = make_submission(orti)
    for path in (f"submissions/{submission.pk}/acts/", "partnerships/orti/told/"):
        assert browser.post(f"{API}{path}", {"act": "read"}, content_type="application/json").status_code == 403


def test_many_messages_are_sorted_by_api(orti, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    first, second = make_submission(orti, "First words"), make_submission(orti, "Second words")
    ids = [str(first.pk), str(second.pk)]

    def send(**given):
        return browser.post(f"{API}submissions/many/", given, content_type="application/json")

    assert send(ids=ids, act="read").json() == {"changed": 2, "left_out": 0}
    assert send(ids=ids, act="read").json() == {"changed": 0, "left_out": 2}
    assert send(ids=ids, act="set_aside", reason="nonsense").json()["changed"] == 2
    assert send(ids=[str(uuid.uuid4())], act="read").status_code == 409
    for unfit in ({"ids": [], "act": "read"}, {"ids": ids, "act": "dance"}, {"ids": ids, "act": "file"}):
        assert send(**unfit).status_code == 400
    assert send(ids=ids, act="file", theme=str(uuid.uuid4())).status_code == 404
    assert send(ids=ids, act="give", to=str(uuid.uuid4())).status_code == 404
