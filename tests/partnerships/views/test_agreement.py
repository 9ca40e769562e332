import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.models import AccessLink, AuditEvent, OutboxMail
from partnerships.models import AgreementVersion, ClauseRequest, Partnership, Signature
from partnerships.operations.agreement import change_agreement_text
from partnerships.operations.agreement_signing import open_agreement_for_signing
from partnerships.operations.clause_request import answer_clause_request
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
    return open_agreement_for_signing(
        version=make_agreement(member.partnership), members=[member], by=admin, is_read=True
    )


def answer(version, **fields):
    seen = AgreementVersion.objects.get(pk=version.pk).text_sha256
    return {"answer": "accept", "name": "Anna", "capacity": "President", "hash_seen": seen, **fields}


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_rows(
    own, member, lead, admin, coordinator, signed_in_as, django_assert_num_queries, count
):
    for _number in range(count):
        open_agreement_for_signing(version=make_agreement(own), members=[member], by=admin, is_read=True)
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


def test_coordinator_numbers_the_steps_and_the_page_says_whose_turn_it_is(own, member, lead, coordinator, signed_in_as):
    other, third = make_member(own, "School"), make_member(own, "Library")
    make_agreement(own)
    desk = signed_in_as(coordinator)
    assert "At which step each signs" in desk.get(f"{HERE}1/open/").content.decode()
    form = {
        "members": [str(one.pk) for one in (member, other, third)],
        f"step_{other.pk}": "2",
        f"step_{third.pk}": "2",
        "is_read": "on",
    }
    refused = desk.post(f"{HERE}1/open/", {**form, f"step_{third.pk}": "0"})
    assert refused.status_code == 422
    assert "greater than or equal to 1" in refused.content.decode()
    desk.post(f"{HERE}1/open/", form)
    states = dict(Signature.objects.values_list("member_id", "state"))
    assert states == {member.pk: "requested", other.pk: "waiting", third.pk: "waiting"}
    page = " ".join(desk.get(f"{HERE}1/").content.decode().split())
    assert page.count("Step 2 of 2 · asked when all before have signed") == 2
    assert "Step 1 of 2 · it is their turn" in page


def test_who_signs_and_in_which_order_is_proposed_again_after_the_text_was_changed(
    own, member, coordinator, signed_in_as
):
    other, third = make_member(own, "School"), make_member(own, "Library")
    draft = make_agreement(own)
    orders, asked = {other.pk: 3}, [member, other]
    opened = open_agreement_for_signing(
        version=draft, members=asked, orders=orders, optional=[member.pk], by=coordinator, is_read=True
    )
    change_agreement_text(version=opened, text="We meet on Tuesdays.", by=coordinator)
    page = signed_in_as(coordinator).get(f"{HERE}1/open/").content.decode()
    assert "Who signs, and in which order, is proposed as it was then." in page
    ticked = re.findall(r'name="(\w+)" value="([\w-]+)"[^>]*checked', page)
    assert sorted(ticked) == sorted(
        [("members", str(member.pk)), ("members", str(other.pk)), ("optional", str(member.pk))]
    )
    steps = {key: re.search(rf'name="step_{key}" value="(\d)"', page)[1] for key in (member.pk, other.pk, third.pk)}
    assert steps == {member.pk: "1", other.pk: "2", third.pk: "1"}


def test_a_text_the_partners_have_already_is_pasted_and_read_before_it_is_signed(
    own, member, coordinator, signed_in_as
):
    desk = signed_in_as(coordinator)
    begun = desk.post(f"{HERE}new/", {"title": "Ours", "language": "en", "text": "# Ours\n\nWe lend <b>bicycles</b>."})
    assert begun["Location"] == f"{HERE}1/"
    assert "We lend &lt;b&gt;bicycles&lt;/b&gt;." in desk.get(f"{HERE}1/").content.decode()
    wanted = {"members": [str(member.pk)]}
    refused = desk.post(f"{HERE}1/open/", wanted)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Read whether the text says all it needs, and tick it." in page
    assert "<li>Conflicts of interest</li>" in page
    assert "Safeguarding" not in page
    assert desk.post(f"{HERE}1/open/", {**wanted, "is_read": "on"}).status_code == 302
    Partnership.objects.update(mode="light")
    desk.post(f"{HERE}new/", {"title": "Second", "language": "en", "text": "We lend ladders."})
    assert 'name="is_read"' not in desk.get(f"{HERE}2/open/").content.decode()
    assert desk.post(f"{HERE}2/open/", wanted).status_code == 302


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


@pytest.fixture
def sign_path(version, member):
    bea = make_representative(member, make_person("Bea", "bea@riva.example"))
    return make_signature_link(signature=Signature.objects.get(), person=bea)[1]


def test_request_is_opened_when_a_person_moves_through_it_and_runs_out_with_its_link(
    client, version, lead, sign_path, coordinator, signed_in_as
):
    desk = signed_in_as(coordinator)
    client.get(sign_path)
    assert "Asked and opened" not in desk.get(f"{HERE}1/").content.decode()
    assert client.post(sign_path, {"viewed": "1"}, headers={"HX-Request": "true"}).status_code == 204
    first = Signature.objects.get().viewed_at
    assert first is not None
    assert "You can answer here at any time" in client.post(sign_path, {"viewed": "1"}).content.decode()
    signed_in_as(lead).post(f"{HERE}1/answer/", {"viewed": "1"})
    assert Signature.objects.get().viewed_at == first
    assert AuditEvent.objects.filter(verb="signature.viewed").count() == 1
    page = desk.get(f"{HERE}1/").content.decode()
    assert "Asked and opened" in page
    assert "no answer yet" in page
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert "The link has run out" in desk.get(f"{HERE}1/").content.decode()
    api = "/s/borgo/api/v1/partnerships/own/agreements/1/versions/1/"
    assert desk.get(api).json()["signatures"][0]["standing"] == "expired"
    desk.post(f"{HERE}1/signatures/{Signature.objects.get().pk}/remind/")
    assert desk.get(api).json()["signatures"][0]["standing"] == "viewed"


def test_nobody_else_opens_a_request(version, member, lead, coordinator, signed_in_as):
    staff = make_partner(member, "staff@riva.example", can_commit=False)
    here = "/s/borgo/api/v1/partnerships/own/agreements/1/versions/1/viewed/"
    assert [signed_in_as(who).post(here).status_code for who in (coordinator, staff)] == [403, 403]
    assert signed_in_as(staff).post(f"{HERE}1/answer/", {"viewed": "1"}).status_code == 403
    assert Signature.objects.get().viewed_at is None
    assert signed_in_as(lead).post(here).json()["standing"] == "viewed"


def test_change_is_asked_for_by_the_signature_link_without_signing(
    client, version, member, sign_path, coordinator, signed_in_as
):
    assert "You sign nothing by this" in client.get(sign_path).content.decode()
    words = {"remark": "1", "wish": "change", "text": "Tuesdays, please."}
    assert client.post(sign_path, {**words, "text": ""}).status_code == 422
    said = client.post(sign_path, words)
    assert "Nothing is signed by this" in said.content.decode()
    asked = ClauseRequest.objects.get()
    assert (asked.member_id, asked.person.name, asked.wish) == (member.pk, "Bea", "change")
    assert Signature.objects.get().state == "requested"
    desk = signed_in_as(coordinator).get(f"{HERE}1/").content.decode()
    assert "One remark of a partner waits for an answer" in desk
    assert "Tuesdays, please." in desk
    answer_clause_request(remark=asked, answer="declined", reason="The room is taken.", by=coordinator)
    assert "The room is taken." in client.get(sign_path).content.decode()
    assert client.post(sign_path, answer(version)).status_code == 200


def test_refused_remark_keeps_the_words_and_leaves_the_answer_alone(client, sign_path):
    page = client.post(sign_path, {"remark": "1", "wish": "", "text": "Tuesdays"})
    assert page.status_code == 422
    assert "Tuesdays" in page.content.decode()
    assert "There is one thing to put right" in page.content.decode()
    assert Signature.objects.get().state == "requested"


HALF = {"name": "Bea Riva", "capacity": "Deputy", "authority": "delegate", "answer": "accept", "reason": "No van"}


def test_half_filled_answer_stays_when_a_remark_is_sent_from_the_same_page(client, version, sign_path):
    scan = SimpleUploadedFile("delegation.pdf", b"%PDF-1.4")
    words = {"remark": "1", "wish": "change", "text": "Tuesdays", "delegation": scan}
    for sent, status in ((words, 200), ({**words, "text": "", "delegation": scan}, 422)):
        scan.seek(0)
        answered = client.post(sign_path, {**HALF, **sent})
        page = answered.content.decode()
        assert answered.status_code == status
        assert 'value="Bea Riva"' in page
        assert 'value="Deputy"' in page
        assert "No van</textarea>" in page
        assert page.count(" checked") == 3
        assert "choose the delegation again" in page
    assert ClauseRequest.objects.get().text == "Tuesdays"
    assert Signature.objects.get().state == "requested"
    # The fingerprint is that of the text shown now, not one that was sent.
    forged = client.post(sign_path, {**HALF, "remark": "1", "wish": "", "text": "x", "hash_seen": "f" * 64})
    assert "f" * 64 not in forged.content.decode()
    assert version.text_sha256 in forged.content.decode()


def test_nobody_signs_over_a_remark_they_wrote_and_did_not_send(client, version, sign_path):
    refused = client.post(sign_path, answer(version, wish="change", text="Tuesdays", authority="legal_representative"))
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Send this remark first" in page
    assert "Tuesdays</textarea>" in page
    assert 'value="President"' in page
    assert Signature.objects.get().state == "requested"
    assert not ClauseRequest.objects.exists()


def test_words_on_a_link_that_ended_meanwhile_are_given_back(client, version, sign_path, admin):
    change_agreement_text(version=version, text="Something else", by=admin)
    page = client.post(sign_path, {"remark": "1", "wish": "change", "text": "Tuesdays, please."})
    assert page.status_code == 410
    assert "Tuesdays, please." in page.content.decode()
    assert not ClauseRequest.objects.exists()


def test_signature_link_shows_no_remark_of_another_partner(client, version, sign_path):
    other = make_member(version.agreement.partnership, "Other")
    bea = version.agreement.partnership.members.exclude(pk=other.pk).get()
    make_partner(other, "lead@other.example")
    ClauseRequest.objects.create(version=version, member=other, text="Between us")
    ClauseRequest.objects.create(version=version, member=bea, text="Our own words")
    page = client.get(sign_path).content.decode()
    assert "Our own words" in page
    assert "Between us" not in page


@pytest.fixture
def lapsed(version):
    yesterday = timezone.localdate() - timedelta(days=1)
    AgreementVersion.objects.update(state="in_force", valid_to=yesterday)
    Signature.objects.update(state="signed", answered_at=timezone.now(), name="Anna", capacity="President")
    return version


def test_expired_agreement_is_nowhere_shown_in_force_before_the_night_has_run(
    lapsed, member, lead, coordinator, signed_in_as
):
    desk, browser = signed_in_as(coordinator), signed_in_as(lead)
    here = "/s/borgo/partnerships/"
    for path in (here, f"{here}own/", f"{here}own/members/", f"{here}own/members/{member.pk}/", "/s/borgo/"):
        assert "ithout agreement in force" in browser.get(path).content.decode(), path
    assert "Without agreement in force" in desk.get(here).content.decode()
    for path in (HERE, f"{HERE}1/", f"{HERE}1/compare/"):
        page = desk.get(path).content.decode()
        assert "Expired" in page, path
        assert "In force" not in page, path
    assert "accede" not in desk.get(f"{HERE}1/").content.decode()
    assert b"expired since then" in desk.get(f"/s/borgo/stakeholders/{member.organisation_id}/timeline/").content
    assert b",Expired" in desk.get(f"{here}?format=csv").content.replace(b";", b",")


def test_agreement_renewed_by_silence_is_in_force_after_its_day(lapsed, member, coordinator, signed_in_as):
    AgreementVersion.objects.update(renewal="tacit")
    desk = signed_in_as(coordinator)
    for path in ("", "own/", "own/members/", f"own/members/{member.pk}/"):
        assert "Without agreement in force" not in desk.get(f"/s/borgo/partnerships/{path}").content.decode()
    assert "In force" in desk.get(HERE).content.decode()


def test_list_says_that_the_version_before_a_draft_has_expired(lapsed, coordinator, signed_in_as):
    draft = AgreementVersion(agreement=lapsed.agreement, number=2, text="New")
    draft.save()
    page = signed_in_as(coordinator).get(HERE).content.decode()
    assert "The version before has expired" in page
    AgreementVersion.objects.filter(pk=lapsed.pk).update(state="expired")
    AgreementVersion.objects.filter(pk=draft.pk).update(state="in_force")
    assert "has expired" not in signed_in_as(coordinator).get(HERE).content.decode()


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


def test_light_partnership_keeps_the_tab_and_folds_what_it_needs_rarely(own, coordinator, signed_in_as):
    Partnership.objects.update(mode="light")
    desk = signed_in_as(coordinator)
    row, folded = desk.get("/s/borgo/partnerships/own/tasks/").content.decode().split('id="more-places"')
    assert f'href="{HERE}"' in row
    documents = 'href="/s/borgo/partnerships/own/documents/"'
    assert documents in folded
    assert documents in desk.get("/s/borgo/partnerships/own/documents/").content.decode().split('id="more-places"')[0]
