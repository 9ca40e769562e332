import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import AuditEvent
from core.rules.upload_content import UploadError
from partnerships.kits.registry import KITS
from partnerships.models import AgreementAnnex, AgreementVersion, Signature
from partnerships.operations.agreement import (
    AgreementRefusedError,
    change_agreement_text,
    compose_agreement,
    draft_next_version,
)
from partnerships.operations.agreement_annex import add_annex, remove_annex
from partnerships.operations.agreement_keeping import check_kept_agreements
from partnerships.operations.agreement_signing import open_agreement_for_signing
from partnerships.operations.signature import accept_agreement
from partnerships.operations.signature_link import make_signature_link
from partnerships.queries.agreement_text import text_of
from partnerships.rules.agreement import sha256_of
from tests.factories.partnerships import make_agreement, make_member, make_partner, make_partnership
from tests.partnerships.operations.test_agreement_change import TODAY

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
HERE = "/s/borgo/partnerships/own/agreements/1/"
API = "/s/borgo/api/v1/partnerships/own/agreements/1/versions/"


def paper(more=b"", name="map.pdf"):
    return SimpleUploadedFile(name, PDF + more, "application/pdf")


@pytest.fixture
def member(space):
    return make_member(make_partnership("own", purpose="We mend bicycles.", mode="light"))


@pytest.fixture
def lead(member):
    return make_partner(member)


@pytest.fixture
def version(member, admin):
    return compose_agreement(
        partnership=member.partnership, title="Agreement", clauses=KITS[""].clauses, language="en", by=admin
    )


@pytest.fixture
def annex(version, admin):
    return add_annex(version=version, title="The *plan*", upload=paper(), by=admin)


def opened(version, member, admin):
    return open_agreement_for_signing(version=version, members=[member], by=admin)


def test_text_that_is_signed_names_each_annex_with_the_fingerprint_of_its_bytes(version, annex, member, lead, admin):
    fixed = opened(version, member, admin)
    assert f"1. **The \\*plan\\***, map.pdf, SHA-256 `{annex.file.sha256}`" in fixed.text
    assert fixed.text_sha256 == sha256_of(fixed.text)
    AgreementVersion.objects.filter(pk=version.pk).update(second_language="it", prevailing_language="en")
    version.refresh_from_db()
    version.state = "drafting"
    assert "> Questi file fanno parte del presente accordo" in text_of(version)


def test_freely_written_text_is_signed_with_its_annexes_and_stays_as_it_was_written(member, lead, admin):
    draft = make_agreement(member.partnership)
    words, first = draft.text, add_annex(version=draft, title="Map", upload=paper(), by=admin)
    named = f"1. **Map**, map.pdf, SHA-256 `{first.file.sha256}`"
    assert named in text_of(draft)
    fixed = opened(draft, member, admin)
    assert (fixed.text, fixed.text_sha256) == (words, sha256_of(text_of(fixed)))
    assert (named in text_of(fixed), check_kept_agreements(today=TODAY)) == (True, 0)
    add_annex(version=fixed, title="Budget", upload=paper(b"2"), by=admin)
    draft.refresh_from_db()
    assert (draft.state, draft.text, draft.annexed, Signature.objects.get().state) == ("drafting", words, "", "void")
    assert change_agreement_text(version=draft, text=words, by=admin).text == words
    again = opened(draft, member, admin)
    signature = Signature.objects.get(state="requested")
    accept_agreement(signature=signature, by=lead, name="A", capacity="B", hash_seen=again.text_sha256)
    again.refresh_from_db()
    assert (again.state, "2. **Budget**" in text_of(again)) == ("in_force", True)


def test_annex_added_or_taken_out_while_people_sign_voids_what_they_signed(version, annex, member, lead, admin):
    opened(version, member, admin)
    second = add_annex(version=version, title="Budget", upload=paper(b"2"), by=admin)
    assert Signature.objects.get().state == "void"
    assert AuditEvent.objects.filter(verb="agreement.annex_added").latest("at").changes["signatures_voided"] == 1
    opened(version, member, admin)
    remove_annex(annex=second, by=admin)
    assert set(Signature.objects.values_list("state", flat=True)) == {"void"}
    assert AgreementVersion.objects.get().state == "drafting"


def test_annexes_of_a_version_in_force_stay_and_the_next_begins_with_them(
    version, annex, member, coordinator, admin, signed_in_as
):
    AgreementVersion.objects.update(state="in_force")
    with pytest.raises(AgreementRefusedError):
        add_annex(version=version, title="Late", upload=paper(), by=admin)
    with pytest.raises(AgreementRefusedError):
        remove_annex(annex=annex, by=admin)
    version.refresh_from_db()
    draft = draft_next_version(version=version, by=admin)
    copy = AgreementAnnex.objects.get(version=draft)
    assert copy.file_id == annex.file_id
    remove_annex(annex=copy, by=admin)
    add_annex(version=draft, title="The *plan*", upload=paper(b"new"), by=admin)
    add_annex(version=draft, title="Budget", upload=paper(b"2", "budget.pdf"), by=admin)
    assert AgreementAnnex.objects.filter(version=version).get().file_id == annex.file_id
    desk = signed_in_as(coordinator)
    told = desk.get(f"{API}2/compare/?old=1").json()["annexes"]
    assert [(one["change"], one["title"]) for one in told] == [("replaced", "The *plan*"), ("added", "Budget")]
    assert [one["change"] for one in desk.get(f"{API}1/compare/?old=2").json()["annexes"]] == ["replaced", "removed"]
    page = " ".join(desk.get(f"{HERE}compare/?old=1&new=2").content.decode().split())
    assert "<strong>Another file</strong>: The *plan*" in page


def test_what_cannot_be_annexed_is_refused_at_its_field(version, annex, member, coordinator, admin, signed_in_as):
    with pytest.raises(ValidationError, match="annex of that title"):
        add_annex(version=version, title="The *plan*", upload=paper(), by=admin)
    with pytest.raises(UploadError):
        add_annex(version=version, title="Empty", upload=SimpleUploadedFile("a.pdf", b""), by=admin)
    desk = signed_in_as(coordinator)
    refused = desk.post(f"{HERE}annexes/new/", {"title": "The *plan*", "upload": paper()})
    assert refused.status_code == 422
    assert "annex of that title already" in refused.content.decode()
    answer = desk.post(f"{API}1/annexes/", {"title": "The *plan*", "upload": paper()})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["title"])


def test_who_reads_the_version_reads_its_annexes_and_nobody_else(
    version, annex, member, lead, coordinator, admin, client, signed_in_as
):
    at = f"annexes/{annex.pk}/file/"
    partner = signed_in_as(lead)
    assert partner.get(HERE + at).status_code == 404
    assert partner.get(f"{API}1/annexes/").status_code == 404
    assert partner.post(f"{HERE}annexes/new/", {"title": "Mine", "upload": paper()}).status_code == 403
    opened(version, member, admin)
    assert partner.get(HERE + at).content == PDF
    assert partner.get(f"{API}1/{at}").content == PDF
    assert [one["sha256"] for one in partner.get(f"{API}1/annexes/").json()] == [annex.file.sha256]
    assert partner.delete(f"{API}1/annexes/{annex.pk}/").status_code == 403
    person = member.representatives.get().person
    path = make_signature_link(signature=Signature.objects.get(), person=person)[1]
    assert f"{path}annexes/{annex.pk}/" in client.get(path).content.decode()
    assert client.get(f"{path}annexes/{annex.pk}/").content == PDF
    desk = signed_in_as(coordinator)
    assert desk.delete(f"{API}1/annexes/{annex.pk}/").status_code == 204
    assert client.get(f"{path}annexes/{annex.pk}/").status_code == 404


def test_changed_bytes_of_an_annex_are_found(version, annex, member, lead, admin):
    opened(version, member, admin)
    assert check_kept_agreements(today=TODAY) == 0
    default_storage.delete(annex.file.storage_key)
    default_storage.save(annex.file.storage_key, ContentFile(PDF + b"x"))
    assert check_kept_agreements(today=TODAY) == 1
