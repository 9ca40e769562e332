import pytest

from partnerships.models import Signature
from partnerships.operations.agreement_signing import open_agreement_for_signing
from tests.factories.partnerships import make_agreement, make_member, make_partner, make_partnership

API = "/s/borgo/api/v1/partnerships/own/agreements/"


@pytest.fixture
def member(space):
    return make_member(make_partnership("own"))


@pytest.fixture
def lead(member):
    return make_partner(member)


@pytest.fixture
def version(member, lead, admin):
    return open_agreement_for_signing(version=make_agreement(member.partnership), members=[member], by=admin)


def answer(browser, version, **fields):
    body = {"accepts": True, "name": "Anna", "capacity": "President", "hash_seen": version.text_sha256, **fields}
    return browser.post(f"{API}1/versions/1/answer/", body, content_type="application/json")


def test_versions_are_read_with_text_and_answers(version, lead, signed_in_as):
    browser = signed_in_as(lead)
    assert [row["state"] for row in browser.get(API).json()["results"]] == ["ready_to_sign"]
    shown = browser.get(f"{API}1/versions/1/").json()
    assert shown["text"] == version.text
    assert [row["state"] for row in shown["signatures"]] == ["requested"]


def test_draft_is_not_there_for_partners(member, lead, coordinator, signed_in_as):
    make_agreement(member.partnership)
    assert signed_in_as(lead).get(f"{API}1/versions/1/").status_code == 404
    assert signed_in_as(lead).get(API).json()["results"] == []
    assert signed_in_as(coordinator).get(f"{API}1/versions/1/").status_code == 200


def test_partner_accepts_once(version, lead, signed_in_as):
    browser = signed_in_as(lead)
    assert answer(browser, version).json()["hash_signed"] == version.text_sha256
    assert answer(browser, version).status_code == 404
    assert Signature.objects.get().state == "signed"


def test_other_text_is_a_conflict_and_a_missing_reason_a_400(version, lead, signed_in_as):
    browser = signed_in_as(lead)
    assert answer(browser, version, hash_seen="0" * 64).status_code == 409
    assert "reason" in answer(browser, version, accepts=False).json()["errors"]


def test_coordinator_and_another_partner_cannot_answer(version, member, coordinator, signed_in_as):
    other = make_partner(make_member(member.partnership, "Other"), "lead@other.example")
    assert answer(signed_in_as(coordinator), version).status_code == 403
    assert answer(signed_in_as(other), version).status_code == 404
