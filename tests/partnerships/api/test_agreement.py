from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from partnerships.models import AgreementVersion, Partnership, Signature
from partnerships.operations.agreement_document import render_agreement
from partnerships.operations.agreement_signing import open_agreement_for_signing
from tests.factories.partnerships import make_agreement, make_member, make_partner, make_partnership

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
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


VERSION = f"{API}1/versions/1/"


def send(browser, method, url, body=None):
    return getattr(browser, method)(url, body, content_type="application/json")


def test_agreement_is_written_shared_and_opened(member, lead, coordinator, signed_in_as):
    desk, browser = signed_in_as(coordinator), signed_in_as(lead)
    made = send(desk, "post", API, {"title": "Ours", "language": "en"})
    assert (made.status_code, made.json()["is_composed"]) == (201, True)
    assert send(browser, "post", API, {"title": "Ours", "language": "en"}).status_code == 403
    assert send(desk, "patch", VERSION, {"notice_days": 60}).json()["notice_days"] == 60
    report = desk.get(f"{VERSION}clauses/").json()
    assert [clause["code"] for clause in report["used"]] == ["parties", "purpose", "roles", "leaving", "signatures"]
    leaving = next(clause for clause in report["used"] if clause["code"] == "leaving")
    clause = f"{VERSION}clauses/{leaving['id']}/"
    changed = send(desk, "patch", clause, {"body": "One may go.", "move": "up"}).json()
    assert [one["body"] for one in changed["used"]][2] == "One may go."
    assert send(desk, "delete", clause).status_code == 409
    own = send(desk, "post", f"{VERSION}clauses/", {"title": "Tea", "body": "Yes"}).json()
    assert "Tea" in [one["title"] for one in own["used"]]
    assert "One may go." in desk.get(VERSION).json()["text"]
    assert send(browser, "patch", clause, {"body": "x"}).status_code == 403
    assert send(desk, "post", f"{VERSION}share/").json()["state"] == "partner_review"
    assert send(browser, "post", f"{VERSION}open/", {"members": [str(member.pk)]}).status_code == 403
    stranger = make_member(make_partnership("other"), "Stranger")
    assert send(desk, "post", f"{VERSION}open/", {"members": [str(stranger.pk)]}).status_code == 400
    opened = send(desk, "post", f"{VERSION}open/", {"members": [str(member.pk)]}).json()
    assert (opened["state"], len(opened["text_sha256"])) == ("ready_to_sign", 64)
    assert send(desk, "post", f"{VERSION}share/").status_code == 409


def test_a_text_of_ones_own_is_brought_changed_and_opened_as_before(member, lead, coordinator, signed_in_as):
    desk, browser = signed_in_as(coordinator), signed_in_as(lead)
    made = send(desk, "post", API, {"title": "Ours", "language": "en", "text": "We lend bicycles."}).json()
    assert (made["is_composed"], made["text"], made["asked_before"]) == (False, "We lend bicycles.", [])
    Partnership.objects.update(mode="full")
    asked = {"members": [str(member.pk)]}
    assert send(desk, "post", f"{VERSION}open/", asked).status_code == 409
    assert send(desk, "post", f"{VERSION}open/", {**asked, "is_read": True}).status_code == 200
    assert send(browser, "put", f"{VERSION}text/", {"text": "x"}).status_code == 403
    changed = send(desk, "put", f"{VERSION}text/", {"text": "We lend ladders."}).json()
    assert (changed["state"], changed["text"], changed["signatures"]) == ("drafting", "We lend ladders.", [])
    assert changed["asked_before"] == [{"member_id": str(member.pk), "step": 1, "is_required": True}]
    send(desk, "post", API, {"title": "Of clauses", "language": "en"})
    assert send(desk, "put", f"{API}2/versions/1/text/", {"text": "x"}).status_code == 409


def test_remarks_and_their_answers(member, lead, coordinator, signed_in_as):
    desk, browser = signed_in_as(coordinator), signed_in_as(lead)
    make_agreement(member.partnership)
    send(desk, "post", f"{VERSION}share/")
    asked = send(browser, "post", f"{VERSION}requests/", {"wish": "change", "text": "Tuesdays"})
    assert asked.status_code == 201
    assert send(desk, "post", f"{VERSION}requests/", {"wish": "change", "text": "x"}).status_code == 404
    assert send(browser, "post", f"{VERSION}requests/", {"wish": "objection", "text": "x"}).status_code == 409
    url = f"{VERSION}requests/{asked.json()['id']}/answer/"
    assert send(browser, "post", url, {"answer": "taken"}).status_code == 403
    assert send(desk, "post", url, {"answer": "declined"}).status_code == 409
    assert send(desk, "post", url, {"answer": "declined", "reason": "No room"}).json()["answer"] == "declined"
    assert browser.get(f"{VERSION}requests/").json()["results"][0]["answer_reason"] == "No room"


def test_next_version_minor_change_redline_and_accession(version, member, lead, coordinator, signed_in_as):
    desk, browser = signed_in_as(coordinator), signed_in_as(lead)
    answer(browser, version)
    assert send(desk, "post", f"{VERSION}next/").status_code == 201
    second = f"{API}1/versions/2/"
    assert send(desk, "post", f"{VERSION}next/").status_code == 409
    segments = desk.get(f"{second}compare/?old=1").json()["segments"]
    assert [piece["kind"] for piece in segments] == ["same"]
    assert desk.get(f"{second}compare/").status_code == 400
    assert browser.get(f"{second}compare/?old=1").status_code == 404
    assert send(desk, "post", f"{second}minor/", {"reason": "Nothing changed"}).json()["change_kind"] == "minor"
    assert [one["carried_from_id"] is not None for one in desk.get(second).json()["signatures"]] == [True]
    later = make_member(member.partnership, "Later")
    assert send(desk, "post", f"{second}accessions/", {"member_id": str(later.pk)}).status_code == 200
    assert send(desk, "post", f"{second}accessions/", {"member_id": str(later.pk)}).status_code == 409


def test_signed_file_is_taken_from_the_party_and_from_nobody_else(version, member, lead, signed_in_as):
    url = f"{VERSION}signatures/{Signature.objects.get().pk}/file/"
    pdf = PDF
    other = make_partner(make_member(member.partnership, "Other"), "lead@other.example")

    def body(content):
        upload = SimpleUploadedFile("scan.pdf", content)
        return {"upload": upload, "method": "paper_scan", "name": "Anna", "capacity": "President"}

    assert signed_in_as(other).post(url, body(pdf)).status_code == 404
    assert signed_in_as(lead).post(url, body(b"no pdf")).status_code == 400
    assert signed_in_as(lead).post(url, body(pdf)).json()["method"] == "paper_scan"
    assert signed_in_as(lead).post(url, body(pdf)).status_code == 409
    assert signed_in_as(lead).get(url).content == pdf
    assert signed_in_as(other).get(url).status_code == 404
    assert signed_in_as(lead).get(VERSION).json()["signatures"][0]["has_file"] is True


def test_delegate_brings_the_delegation_with_the_answer(version, member, lead, coordinator, signed_in_as):
    Partnership.objects.update(mode="full")
    browser = signed_in_as(lead)
    words = {"name": "Anna", "capacity": "Director", "hash_seen": version.text_sha256, "authority": "delegate"}
    url = f"{VERSION}signatures/{Signature.objects.get().pk}/delegation/"
    assert "delegation" in browser.post(f"{VERSION}answer/", {**words, "accepts": "true"}).json()["errors"]
    assert "accepts" in browser.post(f"{VERSION}answer/", words).json()["errors"]
    fake = SimpleUploadedFile("delegation.pdf", b"no pdf")
    refused = browser.post(f"{VERSION}answer/", {**words, "accepts": "true", "delegation": fake})
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["delegation"])
    assert browser.get(url).status_code == 404
    right = SimpleUploadedFile("delegation.pdf", PDF)
    taken = browser.post(f"{VERSION}answer/", {**words, "accepts": "true", "delegation": right})
    assert (taken.json()["state"], taken.json()["has_delegation"]) == ("signed", True)
    assert browser.get(url).content == PDF
    assert signed_in_as(coordinator).get(url).content == PDF
    other = make_partner(make_member(member.partnership, "Other"), "lead@other.example")
    assert signed_in_as(other).get(url).status_code == 404


def test_document_is_asked_for_by_coordination_and_read_by_partners(version, lead, coordinator, signed_in_as):
    desk, browser = signed_in_as(coordinator), signed_in_as(lead)
    url = f"{VERSION}document/"
    assert browser.get(url).json() == {"job_state": None, "name": None, "size_bytes": None, "sha256": None}
    assert browser.get(f"{url}download/").status_code == 404
    assert send(browser, "post", url).status_code == 403
    asked = send(desk, "post", url)
    assert (asked.status_code, asked.json()["job_state"]) == (202, "waiting")
    render_agreement(version_id=version.pk)
    assert browser.get(url).json()["name"] == "own-agreement-1-v1.pdf"
    assert browser.get(f"{url}download/").content.startswith(b"%PDF")


def test_draft_has_no_document_for_partners(member, lead, coordinator, signed_in_as):
    draft = make_agreement(member.partnership)
    render_agreement(version_id=draft.pk)
    assert signed_in_as(lead).get(f"{VERSION}document/download/").status_code == 404
    assert signed_in_as(coordinator).get(f"{VERSION}document/download/").status_code == 200


def test_language_that_counts_is_changed_and_wrong_ones_are_refused(member, coordinator, signed_in_as):
    desk = signed_in_as(coordinator)
    send(desk, "post", API, {"title": "Ours", "language": "en"})
    assert "second_language" in send(desk, "patch", VERSION, {"second_language": "en"}).json()["errors"]
    said = send(desk, "patch", VERSION, {"second_language": "it", "prevailing_language": "it"}).json()
    assert said["prevailing_language"] == "it"
    assert said["text"].startswith("Where the two languages differ, the Italian text counts.")


def test_expired_agreement_says_so_before_the_night_has_run(version, lead, signed_in_as):
    AgreementVersion.objects.update(state="in_force", valid_to=timezone.localdate() - timedelta(days=1))
    browser = signed_in_as(lead)
    assert browser.get(VERSION).json()["state"] == "expired"
    assert [row["state"] for row in browser.get(API).json()["results"]] == ["expired"]
    assert browser.get("/s/borgo/api/v1/partnerships/own/").json()["agreement_expired"] is True
