import uuid

import pytest

from core.access.roles import Role
from engagement.models import SubmissionReply
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership, make_submission

API = "/s/borgo/api/v1/submissions/"


@pytest.fixture
def orti(space):
    return make_public_partnership()


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_statements_for_one_and_three_rows(orti, coordinator, signed_in_as, statements, count):
    for _ in range(count):
        make_submission(orti)
    browser = signed_in_as(coordinator)
    with statements() as found:
        answer = browser.get(API)
    assert len(answer.json()["results"]) == count
    assert len(found) == 5


def test_no_address_and_no_code_stand_in_the_api(orti, coordinator, signed_in_as):
    submission = make_submission(orti, "Hello", contact_email="anna@example.org")
    browser = signed_in_as(coordinator)
    for path in (API, f"{API}{submission.pk}/"):
        body = browser.get(path).content.decode()
        assert "Hello" in body
        for secret in ("anna@", submission.code_hash, "contact", "code", submission.text_key):
            assert secret not in body


def test_reply_is_sent_and_listed(orti, coordinator, signed_in_as):
    submission = make_submission(orti)
    browser = signed_in_as(coordinator)
    made = browser.post(f"{API}{submission.pk}/replies/", {"text": "Thank you"}, content_type="application/json")
    assert made.status_code == 201
    assert browser.get(f"{API}{submission.pk}/replies/").json() == [made.json()]


@pytest.mark.parametrize(
    "body", [{}, {"text": ""}, {"text": "\x00"}, {"text": "\ud800"}, {"text": "x" * 4001}, {"text": {}}]
)
def test_unfit_reply_is_400(orti, coordinator, signed_in_as, body):
    submission = make_submission(orti)
    answer = signed_in_as(coordinator).post(f"{API}{submission.pk}/replies/", body, content_type="application/json")
    assert answer.status_code == 400
    assert not SubmissionReply.objects.exists()


def test_reply_to_a_withdrawn_message_is_409(orti, coordinator, signed_in_as):
    submission = make_submission(orti)
    submission.state = "withdrawn"
    submission.save()
    answer = signed_in_as(coordinator).post(
        f"{API}{submission.pk}/replies/", {"text": "Hello"}, content_type="application/json"
    )
    assert answer.status_code == 409


def test_others_find_nothing(orti, signed_in_as, in_neighbour):
    submission = make_submission(orti)
    foreign = in_neighbour(lambda: make_submission(make_public_partnership("orti"), "CANARY"))
    partner = make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=orti.scope)
    assert signed_in_as(partner).get(API).status_code == 403
    elsewhere = make_user("c@borgo.example", role=Role.COORDINATOR, scope=make_public_partnership("scuola").scope)
    browser = signed_in_as(elsewhere)
    assert browser.get(API).json()["results"] == []
    for one in (submission.pk, foreign.pk, uuid.uuid4()):
        assert browser.get(f"{API}{one}/").status_code == 404
        assert browser.post(f"{API}{one}/replies/", {"text": "x"}, content_type="application/json").status_code == 404
