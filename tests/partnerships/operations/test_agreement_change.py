"""A version after the first: remarks, minor changes, later partners, an order of signing, signed files, the night."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.access.roles import Role
from core.models import AccessLink, AuditEvent, Job, OutboxMail, StoredFile
from core.operations.file import store_bytes, store_upload
from core.operations.link import LinkUnknownError
from core.queries.viewer import viewer_for
from core.rules.upload import FileKind
from core.rules.upload_content import FileMismatchError
from partnerships.gates import gate_states
from partnerships.models import AgreementVersion, ClauseRequest, Partnership, PartnershipMember, Signature
from partnerships.operations.accession import ask_to_accede
from partnerships.operations.agreement import (
    AgreementRefusedError,
    change_agreement_text,
    draft_next_version,
    share_agreement_for_review,
)
from partnerships.operations.agreement_document import ask_for_agreement_pdf
from partnerships.operations.agreement_ending import terminate_agreement
from partnerships.operations.agreement_keeping import check_kept_agreements, end_agreements, start_agreements
from partnerships.operations.agreement_minor import declare_minor_change, object_to_minor_change
from partnerships.operations.agreement_review import plan_reviews
from partnerships.operations.agreement_signing import open_agreement_for_signing, withdraw_signature_request
from partnerships.operations.clause_request import (
    ClauseRequestRefusedError,
    answer_clause_request,
    make_clause_request,
)
from partnerships.operations.member import change_member, invite_member, move_member
from partnerships.operations.review_link import (
    ReviewLinkGoneError,
    make_review_link,
    open_review_link,
    renew_review_link,
)
from partnerships.operations.signature import (
    SignatureIncompleteError,
    SignatureRefusedError,
    accept_agreement,
    decline_agreement,
    record_signed_file,
)
from partnerships.operations.signature_link import make_signature_link
from partnerships.queries.agreement import has_agreement_in_force, has_only_lapsed, in_force_on
from partnerships.queries.agreement_answers import answer_due_items, answers_waiting
from partnerships.queries.agreement_due import agreement_due_items
from partnerships.queries.due import Step, due_items
from partnerships.queries.governance import governance_of
from partnerships.queries.welcome import agreement_lines
from partnerships.rules.agreement import standing_of, state_on
from tests.factories.core import make_user
from tests.factories.partnerships import (
    make_agreement,
    make_member,
    make_organisation,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
    make_task,
)

TODAY = date(2026, 6, 15)  # a Monday
NEW_YEAR = date(2027, 1, 1)
WHO = {"name": "Anna Riva", "capacity": "President"}
P7M = b"\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + b"\x00" * 40
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def paper():
    return SimpleUploadedFile("signed.pdf", PDF, "application/pdf")


def signed_file(name="agreement.pdf.p7m", content=P7M):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def own(space):
    return make_partnership("own")


@pytest.fixture
def parties(own):
    return [make_member(own, "First"), make_member(own, "Second")]


@pytest.fixture
def leads(parties):
    return [make_partner(parties[0], "one@first.example"), make_partner(parties[1], "two@second.example")]


@pytest.fixture
def in_force(own, parties, leads, admin):
    version = open_agreement_for_signing(version=make_agreement(own), members=parties, by=admin)
    for party, lead in zip(parties, leads, strict=True):
        accept(version, party, lead, today=TODAY)
    return AgreementVersion.objects.get()


def signature_of(version, member):
    return Signature.objects.exclude(state="void").get(version=version, member=member)


def accept(version, member, user, **fields):
    version.refresh_from_db()
    fields = {**WHO, "hash_seen": version.text_sha256, **fields}
    return accept_agreement(signature=signature_of(version, member), by=user, **fields)


def next_draft(in_force, admin, text="## 1. Purpose\n\nWe meet on Fridays."):
    draft = draft_next_version(version=in_force, by=admin)
    return change_agreement_text(version=draft, text=text, by=admin)


# Minor changes


def test_minor_change_is_in_force_at_once_with_signatures_listed_as_carried_over(in_force, parties, admin):
    OutboxMail.objects.all().delete()
    minor = declare_minor_change(version=next_draft(in_force, admin), reason="Only the day.", by=admin, today=TODAY)
    in_force.refresh_from_db()
    assert (in_force.state, minor.state, minor.change_kind) == ("superseded", "in_force", "minor")
    assert minor.objections_until == date(2026, 6, 29)
    carried = Signature.objects.filter(version=minor).select_related("carried_from")
    assert {one.member_id for one in carried} == {party.pk for party in parties}
    assert all(one.state == "signed" and one.carried_from.version_id == in_force.pk for one in carried)
    # Truthfully: the fingerprint of the text they did sign, not of the new one.
    assert {one.hash_signed for one in carried} == {in_force.text_sha256}
    assert minor.text_sha256 == hashlib.sha256(minor.text.encode()).hexdigest() != in_force.text_sha256
    assert set(OutboxMail.objects.values_list("kind", "to")) == {
        ("agreement_minor", "one@first.example"),
        ("agreement_minor", "two@second.example"),
    }


def test_minor_change_needs_a_draft_a_version_in_force_and_a_reason(in_force, own, admin):
    with pytest.raises(AgreementRefusedError, match="not a draft"):
        declare_minor_change(version=in_force, reason="x", by=admin)
    with pytest.raises(AgreementRefusedError, match="changes nobody's duties"):
        declare_minor_change(version=next_draft(in_force, admin), reason=" ", by=admin)
    with pytest.raises(AgreementRefusedError, match="no version in force"):
        declare_minor_change(version=make_agreement(own), reason="x", by=admin)


def test_objection_brings_the_version_before_back_and_all_must_sign(in_force, parties, leads, admin, client):
    minor = declare_minor_change(version=next_draft(in_force, admin), reason="The day.", by=admin, today=TODAY)
    OutboxMail.objects.all().delete()
    objection = object_to_minor_change(
        version=minor, member=parties[0], text="Fridays are closed.", by=leads[0], today=date(2026, 6, 29)
    )
    assert [mail.kind for mail in OutboxMail.objects.all()] == ["agreement_objected"] * 2
    in_force.refresh_from_db()
    minor.refresh_from_db()
    assert (in_force.state, minor.state, minor.change_kind, minor.text_sha256) == (
        "in_force",
        "partner_review",
        "material",
        "",
    )
    assert (objection.wish, objection.answer) == ("objection", "")
    assert set(Signature.objects.filter(version=minor).values_list("state", flat=True)) == {"void"}
    assert set(Signature.objects.filter(version=in_force).values_list("state", flat=True)) == {"signed"}
    again = open_agreement_for_signing(version=minor, members=parties, by=admin)
    path = make_signature_link(
        signature=signature_of(again, parties[0]), person=parties[0].representatives.get().person
    )[1]
    assert "What is different from version 1, which" in client.get(path).content.decode()
    for party, lead in zip(parties, leads, strict=True):
        accept(again, party, lead)
    in_force.refresh_from_db()
    assert in_force.state == "superseded"


def test_objection_comes_from_a_party_in_time(in_force, own, parties, leads, admin, coordinator):
    minor = declare_minor_change(version=next_draft(in_force, admin), reason="The day.", by=admin, today=TODAY)
    staff = make_partner(parties[0], "staff@first.example", can_commit=False)
    outsider = make_member(own, "Outsider")
    lead_outside = make_partner(outsider, "three@outside.example")
    for member, by in (
        (parties[0], staff),
        (parties[0], coordinator),
        (parties[0], leads[1]),
        (outsider, lead_outside),
    ):
        with pytest.raises(ClauseRequestRefusedError, match="commit for a party"):
            object_to_minor_change(version=minor, member=member, text="No", by=by, today=TODAY)
    with pytest.raises(ClauseRequestRefusedError, match="time to object has passed"):
        object_to_minor_change(version=minor, member=parties[0], text="No", by=leads[0], today=date(2026, 6, 30))
    with pytest.raises(ClauseRequestRefusedError, match="no minor change"):
        object_to_minor_change(version=in_force, member=parties[0], text="No", by=leads[0], today=TODAY)


# Remarks


def test_partner_remarks_on_a_draft_and_is_answered_once(own, parties, leads, admin):
    version = share_agreement_for_review(version=make_agreement(own), by=admin)
    asked = make_clause_request(version=version, member=parties[0], by=leads[0], text="Tuesdays?", wish="change")
    assert (asked.person.name, asked.user, asked.answer) == ("One", leads[0], "")
    with pytest.raises(ClauseRequestRefusedError, match="Write why not"):
        answer_clause_request(remark=asked, answer="declined", reason=" ", by=admin)
    answered = answer_clause_request(remark=asked, answer="taken", reason="", by=admin)
    assert (answered.answer, answered.answered_by) == ("taken", admin)
    with pytest.raises(ClauseRequestRefusedError, match="answered already"):
        answer_clause_request(remark=asked, answer="declined", reason="No", by=admin)
    assert "Tuesdays" not in str(list(AuditEvent.objects.values_list("changes", flat=True)))


def test_remarks_are_of_those_who_speak_for_a_member_on_a_version_shown_to_them(own, parties, leads, admin):
    version = make_agreement(own)
    with pytest.raises(ClauseRequestRefusedError, match="not open for remarks"):
        make_clause_request(version=version, member=parties[0], by=leads[0], text="x")
    share_agreement_for_review(version=version, by=admin)
    with pytest.raises(ClauseRequestRefusedError, match="speaks for a partner"):
        make_clause_request(version=version, member=parties[1], by=leads[0], text="x")
    with pytest.raises(ClauseRequestRefusedError, match="not in the agreement"):
        make_clause_request(version=version, member=parties[0], by=leads[0], text="x", clause_code="goals")
    assert not ClauseRequest.objects.exists()


def test_review_link_reads_remarks_and_ends(own, parties, admin):
    person = make_representative(parties[0], make_person("Lia", "lia@first.example"))
    version = share_agreement_for_review(version=make_agreement(own), by=admin)
    assert OutboxMail.objects.filter(kind="agreement_review", to="lia@first.example").count() == 1
    _link, path = make_review_link(version=version, person=person, by=admin)
    token = path.rstrip("/").rpartition("/")[2]
    seen, representative, holder = open_review_link(token)
    assert (seen, representative.member) == (version, parties[0])
    asked = make_clause_request(version=version, member=parties[0], by=holder, text="By link")
    assert (asked.person, asked.user) == (person, None)
    with pytest.raises(LinkUnknownError):
        open_review_link("nonsense")
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    with pytest.raises(ReviewLinkGoneError):
        open_review_link(token)
    renew_review_link(token=token)
    assert OutboxMail.objects.filter(kind="agreement_review", to="lia@first.example").count() == 2


def test_review_link_of_somebody_who_left_or_of_a_draft_shows_nothing(own, parties, admin):
    person = make_representative(parties[0], make_person("Lia", "lia@first.example"))
    version = make_agreement(own)
    _link, path = make_review_link(version=version, person=person, by=admin)
    token = path.rstrip("/").rpartition("/")[2]
    with pytest.raises(ReviewLinkGoneError):
        open_review_link(token)
    share_agreement_for_review(version=version, by=admin)
    parties[0].state = "former"
    parties[0].save()
    with pytest.raises(ReviewLinkGoneError):
        open_review_link(token)


# Accession


def test_later_partner_accedes_to_the_version_in_force(in_force, own, admin):
    later = make_member(own, "Later")
    lead = make_partner(later, "three@later.example")
    ask_to_accede(version=in_force, member=later, by=admin)
    later.refresh_from_db()
    assert later.state == "joining"
    signed = accept(in_force, later, lead)
    assert (signed.is_accession, signed.member.state, signed.hash_signed) == (True, "member", in_force.text_sha256)
    document = in_force.job_id
    in_force.refresh_from_db()
    assert in_force.state == "in_force"
    assert in_force.job_id != document
    told = OutboxMail.objects.get(kind="agreement_acceded")
    assert (told.to, told.subject) == (lead.email, "Later has joined: Partnership agreement")
    assert "/l/borgo/" in told.text


def test_accession_is_refused_where_it_makes_no_sense(in_force, own, parties, admin):
    with pytest.raises(AgreementRefusedError, match="signed or was asked already"):
        ask_to_accede(version=in_force, member=parties[0], by=admin)
    with pytest.raises(AgreementRefusedError, match="not in the partnership"):
        ask_to_accede(version=in_force, member=make_member(make_partnership("other"), "Far"), by=admin)
    later = make_member(own, "Later")
    with pytest.raises(AgreementRefusedError, match="version in force"):
        ask_to_accede(version=next_draft(in_force, admin), member=later, by=admin)
    taken_back = withdraw_signature_request(signature=ask_to_accede(version=in_force, member=later, by=admin), by=admin)
    assert taken_back.state == "void"
    assert ask_to_accede(version=in_force, member=later, by=admin).state == "requested"


# An order, and who need not sign


def test_next_are_asked_and_mailed_when_all_before_have_signed(own, parties, leads, admin):
    version = open_agreement_for_signing(
        version=make_agreement(own), members=parties, orders={parties[0].pk: 1, parties[1].pk: 2}, by=admin
    )
    assert list(OutboxMail.objects.values_list("to", flat=True)) == ["one@first.example"]
    with pytest.raises(SignatureRefusedError, match="Others sign first"):
        accept(version, parties[1], leads[1])
    accept(version, parties[0], leads[0])
    assert set(OutboxMail.objects.values_list("to", flat=True)) == {"one@first.example", "two@second.example"}
    accept(version, parties[1], leads[1])
    version.refresh_from_db()
    assert version.state == "in_force"


def test_going_on_without_the_first_asks_the_next(own, parties, leads, admin):
    version = open_agreement_for_signing(
        version=make_agreement(own), members=parties, orders={parties[0].pk: 1, parties[1].pk: 2}, by=admin
    )
    first = signature_of(version, parties[0])
    decline_agreement(signature=first, by=leads[0], **WHO, hash_seen=version.text_sha256, reason="No")
    assert signature_of(version, parties[1]).state == "waiting"
    withdraw_signature_request(signature=first, by=admin)
    assert signature_of(version, parties[1]).state == "requested"


def test_any_order_asks_step_by_step_and_reminds_only_those_whose_turn_it_is(own, parties, leads, admin):
    third = make_member(own, "Third")
    make_partner(third, "three@third.example")
    everybody = [*parties, third]
    steps = {parties[0].pk: 5, parties[1].pk: 9, third.pk: 5}
    version = open_agreement_for_signing(
        version=make_agreement(own), members=everybody, orders=steps, optional={third.pk}, by=admin
    )
    assert {one.member_id: one.order for one in Signature.objects.all()} == {
        parties[0].pk: 0, parties[1].pk: 1, third.pk: 0,
    }  # fmt: skip

    def reminded():
        today = timezone.localdate()
        return {item.member_id for item in due_items(today=today, within=timedelta(0)) if item.step == Step.SIGN}

    assert reminded() == {parties[0].pk, third.pk}
    # Who is only welcome is not waited for.
    accept(version, parties[0], leads[0])
    assert reminded() == {parties[1].pk, third.pk}
    assert OutboxMail.objects.filter(to="two@second.example").count() == 1


def test_nobody_waits_for_a_signature_that_is_not_needed(own, parties, leads, admin):
    version = open_agreement_for_signing(
        version=make_agreement(own), members=parties, optional={parties[1].pk}, by=admin
    )
    accept(version, parties[0], leads[0])
    version.refresh_from_db()
    assert version.state == "in_force"
    assert Signature.objects.get(member=parties[1]).state == "void"


def test_at_least_one_signature_must_be_needed(own, parties, admin):
    with pytest.raises(AgreementRefusedError, match="at least one"):
        open_agreement_for_signing(
            version=make_agreement(own), members=parties, optional={party.pk for party in parties}, by=admin
        )


# Delegations and signed files


def test_delegate_of_a_full_partnership_brings_the_delegation(own, parties, leads, admin):
    Partnership.objects.update(mode="full")
    version = open_agreement_for_signing(version=make_agreement(own), members=parties, by=admin, is_read=True)
    with pytest.raises(SignatureIncompleteError) as refused:
        accept(version, parties[0], leads[0], authority="delegate")
    assert set(refused.value.fields) == {"delegation"}
    upload = SimpleUploadedFile("delega.pdf", PDF)
    signed = accept(version, parties[0], leads[0], authority="delegate", delegation=upload)
    assert (signed.delegation.purpose, signed.delegation.sha256) == ("delegation", hashlib.sha256(PDF).hexdigest())
    accept(version, parties[1], leads[1], authority="legal_representative")


def test_agreement_between_public_bodies_is_signed_by_file_only(own, parties, leads, admin):
    version = open_agreement_for_signing(version=make_agreement(own), members=parties[:1], by=admin)
    version.agreement.instrument_type = "accordo_pa_art15"
    version.agreement.save()
    signature = signature_of(version, parties[0])
    with pytest.raises(SignatureRefusedError, match="Upload the signed file"):
        accept(version, parties[0], leads[0])
    with pytest.raises(SignatureRefusedError, match="Upload the signed file"):
        record_signed_file(signature=signature, upload=signed_file(), method="paper_scan", **WHO, by=leads[0])
    kept = record_signed_file(
        signature=signature,
        upload=signed_file(),
        method="advanced_or_qualified_signature_uploaded",
        **WHO,
        by=leads[0],
    )
    assert (kept.state, kept.hash_signed, kept.file.sha256) == (
        "signed",
        version.text_sha256,
        hashlib.sha256(P7M).hexdigest(),
    )
    version.refresh_from_db()
    assert version.state == "in_force"


def test_file_that_must_be_signed_is_fetched_and_brought_by_the_mailed_link(own, parties, leads, admin, client):
    draft = make_agreement(own)
    draft.agreement.instrument_type = "convenzione_fsl"
    draft.agreement.save()
    # While a worker still makes the draft's document, the one to sign is asked for by itself.
    of_draft = ask_for_agreement_pdf(version=draft, by=admin).job
    Job.objects.filter(pk=of_draft.pk).update(state="running")
    version = open_agreement_for_signing(version=draft, members=parties[:1], by=admin)
    to_sign = AgreementVersion.objects.get().job
    assert (to_sign.name, to_sign.state, to_sign != of_draft) == ("partnerships.render_agreement", "waiting", True)
    signature, person = signature_of(version, parties[0]), parties[0].representatives.get().person
    path = make_signature_link(signature=signature, person=person)[1]
    page = client.get(path).content.decode()
    assert "cannot be accepted here by a click" in page
    assert f'href="{path}file/"' in page
    assert client.get(f"{path}document/download/").status_code == 404
    document = store_bytes(
        content=PDF, name="v1.pdf", content_type="application/pdf", extension=".pdf", purpose="agreement", by=None
    )
    AgreementVersion.objects.update(pdf=document)
    assert client.get(f"{path}document/download/").content == PDF
    sent = {**WHO, "method": "in_app_acceptance", "upload": signed_file()}
    refused = client.post(f"{path}file/", sent)
    assert (refused.status_code, signature_of(version, parties[0]).state) == (422, "requested")
    assert client.post(f"{path}file/", sent | {"method": "paper_scan", "upload": paper()}).status_code == 200
    kept = signature_of(version, parties[0])
    assert (kept.state, kept.method, kept.file.sha256) == ("signed", "paper_scan", hashlib.sha256(PDF).hexdigest())
    assert [client.get(path + rest).status_code for rest in ("file/", "document/download/")] == [410, 404]


def test_signed_file_comes_from_coordination_or_the_party_once(own, parties, leads, coordinator, admin):
    version = open_agreement_for_signing(version=make_agreement(own), members=parties, by=admin)
    signature = signature_of(version, parties[0])
    with pytest.raises(SignatureRefusedError, match="Only the party or the coordination"):
        record_signed_file(signature=signature, upload=signed_file(), method="paper_scan", **WHO, by=leads[1])
    with pytest.raises(SignatureRefusedError, match="how it was signed"):
        record_signed_file(signature=signature, upload=signed_file(), method="in_app_acceptance", **WHO, by=leads[0])
    with pytest.raises(FileMismatchError):
        record_signed_file(
            signature=signature, upload=signed_file(content=b"\x300not signed"), method="paper_scan", **WHO, by=leads[0]
        )
    record_signed_file(
        signature=signature, upload=signed_file("scan.pdf", PDF), method="paper_scan", **WHO, by=coordinator
    )
    with pytest.raises(SignatureRefusedError, match="nothing to sign"):
        record_signed_file(signature=signature, upload=signed_file(), method="paper_scan", **WHO, by=leads[0])
    assert StoredFile.objects.filter(purpose="signature").count() == 1


def test_signed_file_of_a_delegate_comes_with_the_delegation(own, parties, leads, coordinator, admin, signed_in_as):
    Partnership.objects.update(mode="full")
    version = open_agreement_for_signing(version=make_agreement(own), members=parties, by=admin, is_read=True)
    first, second = (signature_of(version, party) for party in parties)
    scan = {**WHO, "method": "paper_scan", "authority": "delegate"}
    with pytest.raises(SignatureIncompleteError) as refused:
        record_signed_file(signature=first, upload=signed_file("scan.pdf", PDF), **scan, by=coordinator)
    assert set(refused.value.fields) == {"delegation"}
    with pytest.raises(SignatureIncompleteError) as refused:
        bad = SimpleUploadedFile("delega.pdf", b"no such thing")
        record_signed_file(signature=first, upload=signed_file("scan.pdf", PDF), delegation=bad, **scan, by=coordinator)
    assert set(refused.value.fields) == {"delegation"}
    assert not StoredFile.objects.exists()

    browser, at = signed_in_as(coordinator), f"agreements/{version.agreement.number}/signatures/{first.pk}/"

    def page(**files):
        return browser.post(f"/s/borgo/partnerships/own/{at}upload/", {**scan, "upload": scanned(), **files})

    def scanned():
        return signed_file("scan.pdf", PDF)

    assert "Add the file of the delegation" in page().content.decode()
    assert page(delegation=SimpleUploadedFile("delega.pdf", PDF)).status_code == 302
    api = f"/s/borgo/api/v1/partnerships/own/agreements/{version.agreement.number}/versions/1/"
    address = f"{api}signatures/{second.pk}/file/"
    lacking = browser.post(address, {**scan, "upload": scanned()})
    assert (lacking.status_code, list(lacking.json()["errors"])) == (400, ["delegation"])
    kept = browser.post(address, {**scan, "upload": scanned(), "delegation": SimpleUploadedFile("delega.pdf", PDF)})
    assert (kept.status_code, kept.json()["authority"], kept.json()["has_delegation"]) == (200, "delegate", True)
    first.refresh_from_db()
    assert (first.authority, first.delegation.purpose) == ("delegate", "delegation")


def test_signed_file_of_a_light_partnership_needs_no_right(own, parties, leads, admin, coordinator, signed_in_as):
    version = open_agreement_for_signing(version=make_agreement(own), members=parties, by=admin)
    first = signature_of(version, parties[0])
    address = f"/s/borgo/partnerships/own/agreements/{version.agreement.number}/signatures/{first.pk}/upload/"
    browser = signed_in_as(coordinator)
    assert "By which right" not in browser.get(address).content.decode()
    assert (
        browser.post(address, {**WHO, "method": "paper_scan", "upload": signed_file("a.pdf", PDF)}).status_code == 302
    )


# The end, reminders, and what the night finds


def test_agreement_ends_after_its_last_day_and_is_nowhere_in_force(in_force, own, admin):
    AgreementVersion.objects.update(valid_from=TODAY - timedelta(days=400), valid_to=TODAY, quorum_percent=60)
    assert has_agreement_in_force(own.pk, today=TODAY)
    assert not has_agreement_in_force(own.pk, today=TODAY + timedelta(days=1))
    assert end_agreements(today=TODAY) == 0
    assert [end_agreements(today=TODAY + timedelta(days=1)) for _night in range(2)] == [1, 0]
    in_force.refresh_from_db()
    assert in_force.state == "expired"
    assert AuditEvent.objects.filter(verb="agreement.expired").count() == 1


def test_gate_and_governance_close_on_the_day_after_without_waiting_for_the_night(in_force, own):
    yesterday = timezone.localdate() - timedelta(days=1)

    def gate():
        return {one.code: one.is_open for one in gate_states(own, "active")}["agreement"]

    own.state = "forming"
    own.save()
    AgreementVersion.objects.update(valid_from=yesterday - timedelta(days=1), quorum_percent=60)
    assert (gate(), governance_of(own).quorum_percent) == (True, 60)
    AgreementVersion.objects.update(valid_to=yesterday)
    assert (gate(), governance_of(own).quorum_percent) == (False, None)


# A version signed before its first day


@pytest.fixture
def next_year(in_force, own, parties, leads, admin):
    """A second version with another quorum, signed by all in June for the first of January."""
    AgreementVersion.objects.update(valid_from=TODAY, valid_to=date(2027, 6, 30), quorum_percent=60)
    in_force.refresh_from_db()
    draft = draft_next_version(version=in_force, by=admin, change_summary="Another quorum")
    AgreementVersion.objects.filter(pk=draft.pk).update(
        valid_from=NEW_YEAR, valid_to=date(2028, 1, 1), quorum_percent=50
    )
    opened = open_agreement_for_signing(version=draft, members=parties, by=admin)
    for party, lead in zip(parties, leads, strict=True):
        accept(opened, party, lead, today=TODAY)
    opened.refresh_from_db()
    return opened


def test_version_signed_for_a_later_day_waits_for_it_and_the_old_one_holds_until_then(next_year, in_force, own):
    def standing(version, day):
        version.refresh_from_db()
        return standing_of(version, today=day)[1]

    def quorum(day):
        rows = AgreementVersion.objects.filter(in_force_on(day), agreement__partnership=own)
        return list(rows.values_list("quorum_percent", flat=True))

    eve = NEW_YEAR - timedelta(days=1)
    for _night in range(2):
        assert [standing(in_force, eve), standing(next_year, eve)] == [
            "In force",
            "Signed, in force from 1 January 2027",
        ]
        assert [standing(in_force, NEW_YEAR), standing(next_year, NEW_YEAR)] == ["Superseded", "In force"]
        assert (quorum(eve), quorum(NEW_YEAR)) == ([60], [50])
        assert start_agreements(today=eve) == 0
    assert next_year.state == "to_come"
    assert [start_agreements(today=NEW_YEAR) for _night in range(2)] == [1, 0]
    assert [standing(in_force, NEW_YEAR), standing(next_year, NEW_YEAR)] == ["Superseded", "In force"]
    assert (in_force.state, next_year.state) == ("superseded", "in_force")
    verbs = AuditEvent.objects.filter(subject_id=next_year.pk, verb__in=["agreement.to_come", "agreement.in_force"])
    assert list(verbs.order_by("at", "id").values_list("verb", flat=True)) == [
        "agreement.to_come",
        "agreement.in_force",
    ]


def test_version_that_begins_earlier_takes_the_place_of_one_to_come(next_year, in_force, parties, leads, admin):
    sooner = draft_next_version(version=in_force, by=admin)
    AgreementVersion.objects.filter(pk=sooner.pk).update(valid_from=date(2026, 12, 1), valid_to=date(2028, 1, 1))
    opened = open_agreement_for_signing(version=sooner, members=parties, by=admin)
    for party, lead in zip(parties, leads, strict=True):
        accept(opened, party, lead, today=TODAY)
    for version in (in_force, next_year, opened):
        version.refresh_from_db()
    assert [version.state for version in (in_force, next_year, opened)] == ["in_force", "superseded", "to_come"]
    assert in_force.replaced_on == date(2026, 12, 1)


def test_minor_change_for_a_later_day_can_be_objected_to_before(in_force, parties, leads, admin):
    AgreementVersion.objects.update(valid_from=TODAY)
    draft = draft_next_version(version=in_force, by=admin)
    AgreementVersion.objects.filter(pk=draft.pk).update(valid_from=TODAY + timedelta(days=30))
    changed = declare_minor_change(version=draft, reason="A typing mistake", by=admin, today=TODAY)
    in_force.refresh_from_db()
    assert [state_on(one, today=TODAY) for one in (in_force, changed)] == ["in_force", "to_come"]
    object_to_minor_change(version=changed, member=parties[0], text="It is not small", by=leads[0], today=TODAY)
    in_force.refresh_from_db()
    assert (in_force.state, in_force.replaced_on) == ("in_force", None)


def test_api_tells_the_state_of_the_day(next_year, own, coordinator, signed_in_as):
    with time_machine.travel(datetime(2026, 12, 31, 12, tzinfo=UTC), tick=False):
        address = "/s/borgo/api/v1/partnerships/own/agreements/"
        found = signed_in_as(coordinator).get(address).json()["results"]
    assert [(one["number"], one["state"]) for one in found] == [(2, "to_come"), (1, "in_force")]
    assert found[0]["valid_from"] == "2027-01-01"


def test_agreement_renewed_by_silence_goes_on(in_force):
    AgreementVersion.objects.update(valid_from=date(2025, 1, 1), valid_to=date(2026, 6, 14), renewal="tacit")
    assert [end_agreements(today=TODAY) for _night in range(2)] == [0, 0]
    in_force.refresh_from_db()
    assert (in_force.state, in_force.valid_to) == ("in_force", date(2027, 6, 14))
    assert AuditEvent.objects.filter(verb="agreement.renewed").count() == 1


def test_coordinator_and_deputy_are_reminded_before_review_and_end(in_force, own, coordinator, admin):
    person = make_person("Cora", "cora@borgo.example", user=coordinator)
    own.coordinator, own.deputy = coordinator, admin
    own.save()
    AgreementVersion.objects.update(
        valid_from=TODAY, review_on=TODAY + timedelta(days=60), valid_to=TODAY + timedelta(days=91)
    )
    items = agreement_due_items(today=TODAY)
    # The deputy is not listed among the people and is told by the account.
    assert [(item.person_id, item.step, item.due_on) for item in items] == [
        (who, "review_60", TODAY + timedelta(days=60)) for who in (person.pk, admin.pk)
    ]
    later = agreement_due_items(today=TODAY + timedelta(days=1))
    assert [item.step for item in later if item.person_id == person.pk] == ["review_60", "end_90"]
    AgreementVersion.objects.update(state="superseded")
    assert agreement_due_items(today=TODAY) == []


def test_coordination_is_told_who_does_not_sign_what_was_remarked_and_what_was_not_accepted(
    own, parties, leads, coordinator, admin
):
    own.coordinator = coordinator
    own.save()
    version = open_agreement_for_signing(version=make_agreement(own), members=parties, by=admin)
    assert (answer_due_items(today=TODAY), answers_waiting(viewer_for(coordinator)).number) == ([], 0)
    remarks = [
        make_clause_request(version=version, member=parties[0], by=leads[0], text=text, wish="change")
        for text in ("Tuesdays?", "Or Fridays?")
    ]
    unsigned = decline_agreement(
        signature=signature_of(version, parties[1]), by=leads[1], **WHO, hash_seen=version.text_sha256, reason="Long"
    )
    task = make_task(own, "Open the hall", member=parties[0], state="declined")
    today = timezone.localdate()
    told = {(item.step.value, item.who, item.item_id, item.person_id) for item in answer_due_items(today=today)}
    assert told == {
        ("declined", "Second", unsigned.pk, coordinator.pk),
        # The newest of a party: another one is news again.
        ("remark", "First", remarks[1].pk, coordinator.pk),
        ("refused", "First", task.pk, coordinator.pk),
    }
    waiting = answers_waiting(viewer_for(coordinator))
    assert (waiting.number, waiting.url) == (3, "/s/borgo/partnerships/own/agreements/1/")
    elsewhere = make_user("far@borgo.example", role=Role.COORDINATOR, scope=make_partnership("other").scope)
    assert answers_waiting(viewer_for(elsewhere)).number == 0
    for remark in remarks:
        answer_clause_request(remark=remark, answer="taken", reason="", by=admin)
    withdraw_signature_request(signature=unsigned, by=admin)
    assert answer_due_items(today=today + timedelta(days=14)) == []


def test_changed_text_is_found_once_and_told_until_it_is_back(in_force):
    assert check_kept_agreements(today=TODAY) == 0
    AgreementVersion.objects.update(text=in_force.text + " ")
    assert [check_kept_agreements(today=TODAY) for _night in range(2)] == [1, 1]
    in_force.refresh_from_db()
    assert in_force.damaged_at is not None
    assert AuditEvent.objects.get(verb="agreement.damaged").changes == {"differs": ["text"]}
    AgreementVersion.objects.update(text=in_force.text.removesuffix(" "))
    assert check_kept_agreements(today=TODAY) == 0
    in_force.refresh_from_db()
    assert in_force.damaged_at is None


def test_changed_or_lost_bytes_of_a_signed_file_are_found(own, parties, leads, admin):
    version = open_agreement_for_signing(version=make_agreement(own), members=parties, by=admin)
    kept = record_signed_file(
        signature=signature_of(version, parties[0]), upload=signed_file(), method="paper_scan", **WHO, by=leads[0]
    )
    key = kept.file.storage_key
    default_storage.delete(key)
    assert check_kept_agreements(today=TODAY) == 1
    assert default_storage.save(key, ContentFile(P7M + b"x")) == key
    assert check_kept_agreements(today=TODAY) == 1
    assert AuditEvent.objects.get(verb="agreement.damaged").changes == {"differs": [str(kept.file_id)]}


def test_changed_bytes_of_the_kept_document_are_found(in_force, admin):
    pdf = store_upload(
        upload=signed_file("agreement.pdf", PDF), purpose="agreement", allowed=frozenset({FileKind.PDF}), by=admin,
        scope_id=in_force.agreement.partnership.scope_id, visibility=2,
    )  # fmt: skip
    AgreementVersion.objects.update(pdf=pdf)
    assert check_kept_agreements(today=TODAY) == 0
    default_storage.delete(pdf.storage_key)
    default_storage.save(pdf.storage_key, ContentFile(PDF + b"x"))
    assert check_kept_agreements(today=TODAY) == 1
    assert AuditEvent.objects.get(verb="agreement.damaged").changes == {"differs": [str(pdf.pk)]}


def test_expired_agreement_takes_no_later_partner_and_no_minor_change(in_force, own, admin):
    later = make_member(own, "Later")
    asked = ask_to_accede(version=in_force, member=later, by=admin)
    lead = make_partner(later, "lead@later.example")
    draft = next_draft(in_force, admin)
    AgreementVersion.objects.filter(pk=in_force.pk).update(
        valid_from=date(2020, 1, 1), valid_to=timezone.localdate() - timedelta(days=1)
    )
    with pytest.raises(SignatureRefusedError, match="nothing to sign"):
        accept(in_force, later, lead)
    with pytest.raises(AgreementRefusedError, match="version in force"):
        ask_to_accede(version=in_force, member=make_member(own, "Last"), by=admin)
    with pytest.raises(AgreementRefusedError, match="no version in force"):
        declare_minor_change(version=draft, reason="The day.", by=admin)
    asked.refresh_from_db()
    assert asked.state == "requested"


def test_welcome_names_no_expired_agreement(in_force, parties, viewer, admin):
    assert len(agreement_lines(viewer(admin), parties[0])) == 1
    AgreementVersion.objects.update(valid_from=date(2020, 1, 1), valid_to=timezone.localdate() - timedelta(days=1))
    assert agreement_lines(viewer(admin), parties[0]) == []


# Read again, and ended early


def test_agreement_is_read_again_after_a_year_where_nobody_chose_a_day(own, parties, leads, admin):
    version = open_agreement_for_signing(version=make_agreement(own), members=parties[:1], by=admin)
    accept(version, parties[0], leads[0], today=TODAY)
    version.refresh_from_db()
    assert version.review_on == date(2027, 6, 15)
    AgreementVersion.objects.update(review_on=None, valid_to=date(2026, 12, 31))
    assert [plan_reviews(today=TODAY) for _night in range(2)] == [1, 0]
    version.refresh_from_db()
    assert version.review_on == date(2026, 12, 31)


def test_review_is_due_when_the_partnership_is_another_one(in_force, own, parties, leads, admin):
    def cause():
        in_force.refresh_from_db()
        found = (in_force.review_cause, in_force.review_on)
        AgreementVersion.objects.update(review_on=date(2027, 6, 15), review_cause="")
        return found

    assert cause() == ("", date(2027, 6, 15))
    today = timezone.localdate()
    invite_member(partnership=own, organisation=make_organisation("Later"), by=admin)
    assert cause() == ("", date(2027, 6, 15))
    later = PartnershipMember.objects.get(organisation__name="Later")
    asked = ask_to_accede(version=in_force, member=later, by=admin)
    accept_agreement(
        signature=asked, by=make_partner(later, "later@riva.example"), hash_seen=in_force.text_sha256, **WHO
    )
    assert cause() == ("member_joined", today)
    change_member(member=later, by=admin, role="", is_lead=True)
    assert cause() == ("lead_changed", today)
    change_member(member=later, by=admin, role="Host", is_lead=True)
    assert cause() == ("", date(2027, 6, 15))
    move_member(member=later, to="excluded", by=admin, reason="Nobody answers")
    assert cause() == ("member_left", today)


def test_agreement_read_again_is_kept_for_another_year(in_force, own, coordinator, admin, signed_in_as):
    AgreementVersion.objects.update(review_on=TODAY, review_cause="member_left")
    browser, next_year = signed_in_as(coordinator), timezone.localdate() + timedelta(days=300)
    page = browser.get("/s/borgo/partnerships/own/agreements/1/").content.decode()
    assert "An organisation left" in page
    browser.post("/s/borgo/partnerships/own/agreements/1/keep/", {"review_on": str(next_year)})
    in_force.refresh_from_db()
    assert (in_force.review_on, in_force.review_cause) == (next_year, "")
    api = "/s/borgo/api/v1/partnerships/own/agreements/1/versions/1/keep/"
    assert browser.post(api, {"review_on": "2020-01-01"}, content_type="application/json").status_code == 409
    assert browser.post(api, {}, content_type="application/json").json()["review_on"] > str(next_year)


def test_agreement_ends_early_with_notice_and_a_reason_everybody_reads(in_force, own, leads, coordinator, signed_in_as):
    AgreementVersion.objects.update(notice_days=30)
    OutboxMail.objects.all().delete()
    browser, today = signed_in_as(coordinator), timezone.localdate()
    page, api = ("/s/borgo/partnerships/own/agreements/1/", "/s/borgo/api/v1/partnerships/own/agreements/1/versions/1/")
    soon, later = (str(today + timedelta(days=days)) for days in (10, 30))
    answer = browser.post(f"{page}end/", {"ends_on": soon, "reason": "The school closes"})
    assert (answer.status_code, "30 days of notice" in answer.content.decode()) == (422, True)
    assert signed_in_as(leads[0]).post(f"{page}end/", {"ends_on": later, "reason": "x"}).status_code == 403
    assert browser.post(f"{api}end/", {"ends_on": later}, content_type="application/json").status_code == 400
    assert browser.post(f"{page}end/", {"ends_on": later, "reason": "The school closes"}).status_code == 302
    in_force.refresh_from_db()
    assert in_force.state == "in_force"
    ends = today + timedelta(days=30)
    assert [state_on(in_force, today=day) for day in (ends - timedelta(days=1), ends)] == ["in_force", "terminated"]
    assert [has_agreement_in_force(own.pk, today=day) for day in (ends - timedelta(days=1), ends)] == [True, False]
    mails = OutboxMail.objects.filter(kind="agreement_ended")
    assert {mail.to for mail in mails} == {lead.email for lead in leads}
    assert all("The school closes" in mail.text for mail in mails)
    assert "The school closes" in browser.get(page).content.decode()
    told = browser.post(f"{api}end/", {"ends_on": later, "reason": "Again"}, content_type="application/json")
    assert told.status_code == 409
    assert [end_agreements(today=ends) for _night in range(2)] == [1, 0]
    in_force.refresh_from_db()
    assert in_force.state == "terminated"


def test_agreement_ends_at_once_when_all_agree(in_force, own, coordinator, signed_in_as):
    AgreementVersion.objects.update(notice_days=30)
    body = {"ends_on": str(timezone.localdate()), "reason": "Everything is done", "all_agree": True}
    api = "/s/borgo/api/v1/partnerships/own/agreements/1/versions/1/end/"
    ended = signed_in_as(coordinator).post(api, body, content_type="application/json").json()
    assert (ended["state"], ended["termination_reason"]) == ("terminated", "Everything is done")
    assert has_only_lapsed(viewer_for(coordinator), own, today=timezone.localdate())


def test_version_to_come_that_is_called_off_leaves_the_old_one_in_force(next_year, in_force, own, admin):
    terminate_agreement(version=next_year, reason="We keep the quorum", ends_on=TODAY, by=admin, today=TODAY)
    in_force.refresh_from_db()
    next_year.refresh_from_db()
    assert (in_force.replaced_on, next_year.state) == (None, "terminated")
    assert state_on(in_force, today=NEW_YEAR) == "in_force"


def test_request_to_sign_is_taken_back_by_api(own, parties, leads, coordinator, admin, signed_in_as):
    version = open_agreement_for_signing(version=make_agreement(own), members=parties, by=admin)
    accept(version, parties[0], leads[0])
    api = "/s/borgo/api/v1/partnerships/own/agreements/1/versions/1/"
    given, waiting = (signature_of(version, party) for party in parties)
    browser = signed_in_as(coordinator)
    assert browser.post(f"{api}force/", {}, content_type="application/json").status_code == 409
    assert browser.post(f"{api}signatures/{given.pk}/withdraw/").status_code == 409
    assert signed_in_as(leads[1]).post(f"{api}signatures/{waiting.pk}/withdraw/").status_code == 403
    assert browser.post(f"{api}signatures/{waiting.pk}/withdraw/").status_code == 200
    assert browser.post(f"{api}force/", {}, content_type="application/json").json()["state"] == "in_force"
