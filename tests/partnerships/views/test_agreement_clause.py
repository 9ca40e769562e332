import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import Job, OutboxMail, StoredFile
from partnerships.clauses.library import LIBRARY
from partnerships.document.agreement import agreement_html
from partnerships.kits.registry import KITS
from partnerships.models import AgreementClause, AgreementVersion, ClauseRequest, Signature
from partnerships.operations.agreement import compose_agreement, draft_next_version, share_agreement_for_review
from partnerships.operations.agreement_clause import change_clause
from partnerships.operations.agreement_document import render_agreement
from partnerships.operations.agreement_minor import declare_minor_change
from partnerships.operations.agreement_signing import open_agreement_for_signing
from partnerships.operations.clause_request import make_clause_request
from partnerships.operations.review_link import make_review_link
from partnerships.operations.signature import accept_agreement
from tests.factories.partnerships import (
    make_agreement,
    make_member,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
)

HERE = "/s/borgo/partnerships/own/agreements/1/"
# What the page of clauses costs: of one agreement, whatever the number of members. One is the roles the goals
# write into a clause.
CLAUSES_QUERIES = 14
P7M = b"\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + b"\x00" * 40


@pytest.fixture
def own(space):
    return make_partnership("own", purpose="We mend bicycles.", territory="Borgo")


@pytest.fixture
def member(own):
    return make_member(own)


@pytest.fixture
def lead(member):
    return make_partner(member)


@pytest.fixture
def version(own, member, admin):
    return compose_agreement(partnership=own, title="Agreement", clauses=KITS[""].clauses, language="en", by=admin)


@pytest.fixture
def desk(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def clause(version, code):
    return AgreementClause.objects.get(version=version, code=code)


def at(version, code, rest=""):
    return f"{HERE}clauses/{clause(version, code).pk}/{rest}"


@pytest.fixture
def in_force(version, member, lead, admin):
    opened = open_agreement_for_signing(version=version, members=[member], by=admin)
    accept_agreement(signature=Signature.objects.get(), by=lead, name="A", capacity="B", hash_seen=opened.text_sha256)
    return AgreementVersion.objects.get()


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_clauses_costs_the_same_for_one_and_three_members(own, version, desk, django_assert_num_queries, count):
    for number in range(count - 1):
        make_member(own, f"Member {number}")
    with django_assert_num_queries(CLAUSES_QUERIES):
        page = desk.get(f"{HERE}clauses/").content.decode()
    assert "1. Parties" in page
    assert "31 more clauses you could use" in page
    assert "not legal advice" in page


def test_clause_is_previewed_without_saving_then_saved(version, desk):
    body = {"title": "Leaving", "body": "One may go from {territory}."}
    preview = desk.post(at(version, "leaving"), {**body, "preview": "1"}).content.decode()
    assert "One may go from Borgo." in preview
    assert clause(version, "leaving").body == ""
    fragment = desk.post(at(version, "leaving"), {**body, "preview": "1"}, headers={"HX-Request": "true"})
    assert "One may go from Borgo." in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    assert desk.post(at(version, "leaving"), body).status_code == 302
    assert clause(version, "leaving").body == "One may go from {territory}."


def test_untouched_words_stay_the_librarys(version, desk):
    shown = clause(version, "roles")
    page = desk.get(at(version, "roles")).content.decode()
    assert "One line for each party, with a verb." in page
    words = {"title": LIBRARY["roles"].title_en, "body": LIBRARY["roles"].text_en.replace("\n", "\r\n")}
    desk.post(at(version, "roles"), words)
    shown.refresh_from_db()
    assert (shown.title, shown.body) == ("", "")


def test_title_too_long_is_refused_and_html_is_only_text(version, desk):
    assert desk.post(at(version, "roles"), {"title": "T" * 121, "body": "x"}).status_code == 422
    page = desk.post(at(version, "roles"), {"title": "<b>T</b>", "body": "<script>x</script>", "preview": "1"})
    assert b"<script>x" not in page.content


def test_acts_on_a_clause(version, desk):
    for act, on in (("off", False), ("on", True)):
        desk.post(at(version, "roles", "act/"), {"act": act})
        assert clause(version, "roles").is_on is on
    desk.post(at(version, "leaving", "act/"), {"act": "up"})
    assert clause(version, "leaving").position < clause(version, "roles").position
    assert desk.post(at(version, "roles", "act/"), {"act": "nonsense"}).status_code == 404
    desk.post(f"{HERE}clauses/new/", {"title": "Tea", "body": "Yes"})
    added = AgreementClause.objects.get(title="Tea")
    desk.post(f"{HERE}clauses/{added.pk}/act/", {"act": "remove"})
    assert not AgreementClause.objects.filter(title="Tea").exists()


def test_terms_are_changed_and_wrong_dates_refused(version, desk):
    words = {"title": "Agreement", "instrument_type": "protocollo_intesa", "renewal": "none", "notice_days": "60"}
    wrong = {**words, "valid_from": "2027-01-02", "valid_to": "2027-01-01"}
    assert desk.post(f"{HERE}terms/", wrong).status_code == 422
    assert desk.post(f"{HERE}terms/", {**words, "second_language": "en"}).status_code == 422
    assert desk.post(f"{HERE}terms/", {**words, "decision_methods": ["consent"]}).status_code == 302
    version.refresh_from_db()
    assert (version.notice_days, version.decision_methods) == (60, ["consent"])
    AgreementClause.objects.filter(code="governance").update(is_on=True)
    desk.post(f"{HERE}terms/", {**words, "decision_methods": ["consent"], "methods_money": ["consensus"]})
    version.refresh_from_db()
    assert version.methods_by_subject == {"money": ["consensus"]}
    assert "About “Money and means”: Consensus: everybody agrees." in desk.get(HERE).content.decode()


def test_language_that_counts_is_chosen_and_stands_on_the_page(version, desk):
    words = {"title": "Agreement", "instrument_type": "protocollo_intesa", "renewal": "none"}
    chosen = {**words, "second_language": "it", "prevailing_language": "it"}
    assert desk.post(f"{HERE}terms/", {**chosen, "prevailing_language": "de"}).status_code == 422
    assert desk.post(f"{HERE}terms/", chosen).status_code == 302
    assert desk.get(HERE).content.decode().count("the Italian text counts") == 2
    assert "the Italian text counts" in desk.get(f"{HERE}clauses/").content.decode()
    version.refresh_from_db()
    assert "the Italian text counts" in agreement_html(version)


@pytest.mark.parametrize("page", ["clauses/", "terms/", "minor/", "accede/"])
def test_partner_does_not_write(version, lead, signed_in_as, page):
    share_agreement_for_review(version=version, by=lead)
    assert signed_in_as(lead).get(f"{HERE}{page}").status_code == 403


def test_written_agreement_has_no_clauses_to_edit(own, desk):
    make_agreement(own)
    assert desk.get(f"{HERE}clauses/").status_code == 404


def test_remark_is_made_answered_and_read(version, member, lead, admin, desk, signed_in_as):
    browser = signed_in_as(lead)
    assert browser.get(f"{HERE}requests/new/").status_code == 404
    share_agreement_for_review(version=version, by=admin)
    words = {"clause_code": "leaving", "wish": "change", "text": "Three months, please."}
    assert browser.post(f"{HERE}requests/new/", {**words, "clause_code": "goals"}).status_code == 422
    assert browser.post(f"{HERE}requests/new/", words).status_code == 302
    asked = ClauseRequest.objects.get()
    assert "One remark of a partner waits for an answer" in desk.get(HERE).content.decode()
    desk.post(f"{HERE}requests/{asked.pk}/answer/", {"answer": "declined"})
    assert ClauseRequest.objects.get().answer == ""
    desk.post(f"{HERE}requests/{asked.pk}/answer/", {"answer": "declined", "reason": "Two are usual."})
    page = browser.get(HERE).content.decode()
    assert "Two are usual." in page
    assert "waits for an answer" not in page
    assert browser.post(f"{HERE}requests/{asked.pk}/answer/", {"answer": "taken"}).status_code == 403


def test_coordination_without_an_organisation_has_nothing_to_remark(version, desk, coordinator):
    share_agreement_for_review(version=version, by=coordinator)
    assert desk.get(f"{HERE}requests/new/").status_code == 404


def test_versions_are_compared_word_by_word_with_marks_for_ears(in_force, admin, desk, lead, signed_in_as):
    after = draft_next_version(version=in_force, by=admin)
    change_clause(clause=clause(after, "purpose"), body="In {territory} we <b>lend</b> bicycles.", by=admin)
    page = desk.get(f"{HERE}compare/").content.decode()
    assert '<ins><span class="sr">added: </span>' in page
    assert '<del><span class="sr">deleted: </span>' in page
    assert "&lt;b&gt;lend" in page
    assert desk.get(f"{HERE}compare/?old=1&new=1").content.decode().count("<ins>") == 0
    for wrong in ("?old=7", "?new=x", "?old=99999999999"):
        assert desk.get(f"{HERE}compare/{wrong}").status_code == 404
    # A partner sees neither the draft nor what changes in it.
    browser = signed_in_as(lead)
    assert browser.get(f"{HERE}compare/?new=2").status_code == 404
    assert "lend" not in browser.get(f"{HERE}compare/").content.decode()


def test_minor_change_and_objection_on_the_pages(in_force, admin, desk, lead, signed_in_as):
    draft = draft_next_version(version=in_force, by=admin)
    change_clause(clause=clause(draft, "leaving"), body="One may go.", by=admin)
    assert desk.post(f"{HERE}minor/", {"reason": ""}).status_code == 422
    assert desk.post(f"{HERE}minor/", {"reason": "Only shorter."}).status_code == 302
    browser = signed_in_as(lead)
    page = browser.get(HERE).content.decode()
    assert "Only shorter." in page
    assert "carried over from the version before" in page
    assert browser.post(f"{HERE}object/", {"text": "It is another duty."}).status_code == 302
    in_force.refresh_from_db()
    assert in_force.state == "in_force"


def test_later_partner_is_asked_on_the_page(in_force, own, desk):
    later = make_member(own, "Later")
    assert desk.post(f"{HERE}accede/", {"member": "x"}).status_code == 422
    assert desk.post(f"{HERE}accede/", {"member": str(later.pk)}).status_code == 302
    assert Signature.objects.get(member=later).is_accession


def test_signed_file_is_brought_and_read_by_those_concerned(version, own, member, lead, admin, desk, signed_in_as):
    open_agreement_for_signing(version=version, members=[member], by=admin)
    signature = Signature.objects.get()
    url = f"{HERE}signatures/{signature.pk}/"
    words = {"method": "advanced_or_qualified_signature_uploaded", "name": "Anna", "capacity": "President"}
    fake = {**words, "upload": SimpleUploadedFile("a.p7m", b"text")}
    assert desk.post(f"{url}upload/", fake).status_code == 422
    right = {**words, "upload": SimpleUploadedFile("a.p7m", P7M)}
    assert desk.post(f"{url}upload/", right).status_code == 302
    other = make_partner(make_member(own, "Other"), "lead@other.example")
    assert signed_in_as(lead).get(f"{url}file/").content == P7M
    assert signed_in_as(other).get(f"{url}file/").status_code == 404
    assert signed_in_as(other).get(f"{url}upload/").status_code == 404
    assert desk.get(f"{url}delegation/").status_code == 404


def test_document_is_made_by_a_worker_and_downloaded(in_force, desk, lead, client, signed_in_as):
    # Asked for by the last signature, and everybody who may commit got a link to it.
    assert Job.objects.get(name="partnerships.render_agreement").arguments == {"version_id": str(in_force.pk)}
    mail = OutboxMail.objects.get(kind="agreement_in_force")
    path = re.search(r"/l/borgo/agreement-review/[^/\s]+/", mail.text)[0]
    assert (mail.to, client.get(f"{path}document/download/").status_code) == (lead.email, 404)
    assert "document/download/" not in client.get(path).content.decode()
    assert desk.get(f"{HERE}document/download/").status_code == 404
    assert signed_in_as(lead).post(f"{HERE}document/make/").status_code == 403
    desk.post(f"{HERE}document/make/")
    assert "The document is being made" in desk.get(f"{HERE}document/").content.decode()
    render_agreement(version_id=in_force.pk)
    Job.objects.update(state="done")
    assert "Download the PDF" in desk.get(f"{HERE}document/").content.decode()
    assert signed_in_as(lead).get(f"{HERE}document/download/").content.startswith(b"%PDF")
    assert f'href="{path}document/download/"' in client.get(path).content.decode()
    assert client.get(f"{path}document/download/").content.startswith(b"%PDF")
    assert StoredFile.objects.get(purpose="agreement").visibility == 2


def test_review_link_shows_the_draft_and_takes_a_remark(version, member, admin, client):
    person = make_representative(member, make_person("Lia", "lia@riva.example"))
    share_agreement_for_review(version=version, by=admin)
    _link, path = make_review_link(version=version, person=person, by=admin)
    assert "We mend bicycles." in client.get(path).content.decode()
    assert client.post(path, {"wish": "comment", "text": ""}).status_code == 422
    assert client.post(path, {"wish": "comment", "text": "Good."}).status_code == 200
    assert "Good." in client.get(path).content.decode()
    other = make_clause_request(
        version=version, member=make_member(version.agreement.partnership, "Other"), by=_speaker(version), text="Secret"
    )
    read = client.get(path).content.decode()
    assert other.text not in read
    assert "this is a draft" in read
    open_agreement_for_signing(version=version, members=[member], by=admin)
    read = client.get(path).content.decode()
    assert "this is a draft" not in read
    assert "this text is being signed" in read


def _speaker(version):
    return make_partner(version.agreement.partnership.members.get(organisation__name="Other"), "lead@other.example")


def test_review_link_takes_an_objection_to_a_minor_change(in_force, member, admin, client):
    person = make_representative(member, make_person("Lia", "lia@riva.example"))
    draft = draft_next_version(version=in_force, by=admin)
    change_clause(clause=clause(draft, "leaving"), body="One may go.", by=admin)
    minor = declare_minor_change(version=draft, reason="Shorter.", by=admin)
    _link, path = make_review_link(version=minor, person=person, by=admin)
    page = client.get(path).content.decode()
    assert "<del>" in page
    client.post(path, {"text": "No."})
    in_force.refresh_from_db()
    assert in_force.state == "in_force"


def test_review_link_that_never_was_is_404_and_an_ended_one_offers_another(version, member, admin, client):
    person = make_representative(member, make_person("Lia", "lia@riva.example"))
    _link, path = make_review_link(version=version, person=person, by=admin)
    assert client.get(path).status_code == 410
    assert client.post(f"{path}renew/").status_code == 200
    assert client.get("/l/borgo/agreement-review/nonsense/").status_code == 404
