from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import AccessLink, OutboxMail
from partnerships.models import AgreementVersion, Partnership, Signature
from partnerships.operations.agreement_signing import open_agreement_for_signing
from partnerships.operations.signature_link import make_signature_link
from tests.factories.partnerships import (
    make_agreement,
    make_member,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
)

HERE = "/s/borgo/partnerships/own/agreements/"
# What the page costs, and four of the test's own: a savepoint and the tenant set around the request.
LIST_QUERIES = 9 + 2


@pytest.fixture
def own(space):
    return make_partnership("own", mode="full")


@pytest.fixture
def member(own):
    return make_member(own)


@pytest.fixture
def lead(member):
    return make_partner(member)


@pytest.fixture
def version(member, lead, admin):
    return open_agreement_for_signing(version=make_agreement(member.partnership), members=[member], by=admin)


def answer(version, **fields):
    seen = AgreementVersion.objects.get(pk=version.pk).text_sha256
    return {"answer": "accept", "name": "Anna", "capacity": "President", "hash_seen": seen, **fields}


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_rows(
    own, member, lead, admin, coordinator, signed_in_as, django_assert_num_queries, count
):
    for _number in range(count):
        open_agreement_for_signing(version=make_agreement(own), members=[member], by=admin)
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(LIST_QUERIES):
        page = browser.get(HERE)
    assert page.content.decode().count(">Partnership agreement</a>") == count


def test_partner_does_not_see_a_draft_until_it_is_shared(own, lead, coordinator, signed_in_as):
    make_agreement(own, text="Half-baked words")
    browser = signed_in_as(lead)
    assert browser.get(f"{HERE}1/").status_code == 404
    assert b"/agreements/1/" not in browser.get(HERE).content
    signed_in_as(coordinator).post(f"{HERE}1/share/")
    assert b"Half-baked words" in browser.get(f"{HERE}1/").content


def test_coordinator_writes_opens_and_the_partner_signs_on_the_page(own, member, lead, coordinator, signed_in_as):
    desk, browser = signed_in_as(coordinator), signed_in_as(lead)
    Partnership.objects.update(mode="light")
    begun = desk.post(f"{HERE}new/", {"title": "Our agreement", "language": "en"})
    assert begun["Location"] == f"{HERE}1/clauses/"
    assert desk.post(f"{HERE}1/open/", {"members": [str(member.pk)]}).status_code == 302
    version = AgreementVersion.objects.get()
    assert b"simple electronic signature" in browser.get(f"{HERE}1/").content
    assert browser.post(f"{HERE}1/answer/", answer(version)).status_code == 302
    version.refresh_from_db()
    assert version.state == "in_force"


def test_text_is_markdown_without_html(own, coordinator, signed_in_as):
    make_agreement(own, text="<script>alert(1)</script> **strong**")
    page = signed_in_as(coordinator).get(f"{HERE}1/").content.decode()
    assert "<strong>strong</strong>" in page
    assert "<script>alert" not in page


def test_coordinator_and_another_partner_cannot_answer_for_a_member(own, version, coordinator, signed_in_as):
    other = make_partner(make_member(own, "Other"), "lead@other.example")
    assert signed_in_as(coordinator).post(f"{HERE}1/answer/", answer(version)).status_code == 403
    assert signed_in_as(other).post(f"{HERE}1/answer/", answer(version)).status_code == 404
    assert Signature.objects.get().state == "requested"


def test_staff_see_the_text_and_no_form(version, member, signed_in_as):
    staff = make_partner(member, "staff@riva.example", can_commit=False)
    page = signed_in_as(staff).get(f"{HERE}1/").content
    assert b"We meet on Mondays" in page
    assert b"We accept this agreement" not in page


def test_declining_needs_a_reason(version, lead, signed_in_as):
    browser = signed_in_as(lead)
    assert browser.post(f"{HERE}1/answer/", answer(version, answer="decline")).status_code == 422
    browser.post(f"{HERE}1/answer/", answer(version, answer="decline", reason="Too wide"))
    assert Signature.objects.get().reason == "Too wide"


@pytest.mark.parametrize("page", ["new/", "1/edit/", "1/share/", "1/next/", "1/open/", "1/force/"])
def test_partner_does_not_write_agreements(version, lead, signed_in_as, page):
    assert signed_in_as(lead).post(f"{HERE}{page}").status_code == 403


def test_request_is_mailed_again_or_taken_back(version, coordinator, signed_in_as):
    signature = Signature.objects.get()
    desk = signed_in_as(coordinator)
    desk.post(f"{HERE}1/signatures/{signature.pk}/remind/")
    assert OutboxMail.objects.count() == 2
    desk.post(f"{HERE}1/signatures/{signature.pk}/withdraw/")
    signature.refresh_from_db()
    assert signature.state == "void"


def test_forcing_an_unsigned_version_is_refused(version, coordinator, signed_in_as):
    assert signed_in_as(coordinator).post(f"{HERE}1/force/", {"valid_from": "2026-01-01"}).status_code == 422


def test_older_version_stays_readable(version, lead, coordinator, signed_in_as):
    signed_in_as(lead).post(f"{HERE}1/answer/", answer(version))
    desk = signed_in_as(coordinator)
    desk.post(f"{HERE}1/next/")
    assert b"Version 2" in desk.get(f"{HERE}1/").content
    assert b"In force" in desk.get(f"{HERE}1/?version=1").content
    assert desk.get(f"{HERE}1/?version=99").status_code == 404
    assert desk.get(f"{HERE}1/?version=1e9").status_code == 404


def test_signing_by_link_needs_no_account_and_opening_changes_nothing(client, version, member):
    bea = make_representative(member, make_person("Bea", "bea@riva.example"))
    path = make_signature_link(signature=Signature.objects.get(), person=bea)[1]
    assert b"We meet on Mondays" in client.get(path).content
    assert Signature.objects.get().state == "requested"
    stored = client.post(path, answer(version, name="Bea"))
    assert version.text_sha256[:32].encode() in stored.content
    assert Signature.objects.get().person == bea
    assert client.get(path).status_code == 410


def test_signature_link_opens_no_task(client, version, lead, member):
    bea = make_representative(member, make_person("Bea", "bea@riva.example"))
    token = make_signature_link(signature=Signature.objects.get(), person=bea)[1].rstrip("/").rpartition("/")[2]
    assert client.get(f"/l/borgo/task/{token}/").status_code == 404


def test_expired_signature_link_is_renewed_to_the_stored_address_only(client, version, member):
    bea = make_representative(member, make_person("Bea", "bea@riva.example"))
    path = make_signature_link(signature=Signature.objects.get(), person=bea)[1]
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    OutboxMail.objects.all().delete()
    assert client.get(path).status_code == 410
    client.post(f"{path}renew/")
    assert OutboxMail.objects.get().to == "bea@riva.example"
    assert b"Look into your mail" in client.post("/l/borgo/agreement/never-there/renew/").content


def test_light_partnership_shows_the_tab_only_while_it_is_open(own, coordinator, signed_in_as):
    Partnership.objects.update(mode="light")
    desk = signed_in_as(coordinator)
    tab = b'href="/s/borgo/partnerships/own/agreements/"'
    assert tab not in desk.get("/s/borgo/partnerships/own/tasks/").content
    assert tab in desk.get(HERE).content
