import uuid

import pytest

from core.access.roles import Role
from engagement.models import Submission, SubmissionReply
from engagement.operations.feedback import add_to_feedback
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership, make_submission, send
from tests.factories.pictures import picture

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


def test_what_was_added_and_photos_are_read_and_looked_at(orti, coordinator, signed_in_as):
    sent = send(orti, "A bench", photo=picture(), photo_may_be_shown=True)
    add_to_feedback(code=sent.code, text="By the gate", asked_from="x")
    one = f"{API}{Submission.objects.get().pk}/"
    browser = signed_in_as(coordinator)
    added = browser.get(f"{one}additions/").json()
    assert [(row["text"], row["read_on"]) for row in added] == [("By the gate", None)]
    photo = browser.get(f"{one}photos/").json()[0]
    assert (photo["may_be_shown"], photo["review"]) == (True, "waiting")
    path = f"{one}photos/{photo['id']}/"
    assert browser.get(path).content.startswith(b"\xff\xd8")

    def review(**given):
        return browser.put(path, given, content_type="application/json")

    assert "description" in str(review(review="fit").json())
    assert review(review="fit", description="A broken bench").json()["review"] == "fit"
    other = signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_MEMBER, scope=orti.scope))
    assert {other.get(f"{one}{part}").status_code for part in ("additions/", "photos/", path[len(one) :])} == {403}


def test_sentences_are_written_worded_anew_and_taken_away(orti, coordinator, signed_in_as):
    path = "/s/borgo/api/v1/residents/sentences/"
    browser = signed_in_as(coordinator)

    def write(address, verb="post", **given):
        return getattr(browser, verb)(address, given, content_type="application/json")

    assert write(path, name="Passed on").status_code == 400
    made = write(path, name="Passed on", text_en="We passed it on").json()
    assert write(path, name="Passed on", text_en="Again").status_code == 400
    one = f"{path}{made['id']}/"
    assert write(one, "patch", text_it="L'abbiamo trasmesso").json()["text_en"] == "We passed it on"
    assert [row["name"] for row in browser.get(path).json()["results"]] == ["Passed on"]
    assert [browser.delete(one).status_code for _ in range(2)] == [204, 404]
