import hashlib
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.models import AccessLink, AuditEvent, OutboxMail
from partnerships.gates import gate_states
from partnerships.models import AgreementVersion, Signature
from partnerships.operations.agreement import (
    AgreementRefusedError,
    change_agreement_text,
    draft_next_version,
    share_agreement_for_review,
)
from partnerships.operations.agreement_signing import (
    bring_agreement_into_force,
    open_agreement_for_signing,
    withdraw_signature_request,
)
from partnerships.operations.signature import (
    SignatureIncompleteError,
    SignatureRefusedError,
    accept_agreement,
    decline_agreement,
)
from partnerships.operations.signature_link import SignatureLinkGoneError, make_signature_link, open_signature_link
from tests.factories.partnerships import (
    make_agreement,
    make_member,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
)

State = AgreementVersion.State
WHO = {"name": "Anna Riva", "capacity": "President"}


@pytest.fixture
def parties(space):
    partnership = make_partnership()
    return [make_member(partnership, "First"), make_member(partnership, "Second")]


@pytest.fixture
def leads(parties):
    return [make_partner(parties[0], "one@first.example"), make_partner(parties[1], "two@second.example")]


@pytest.fixture
def version(parties, leads, admin):
    return open_agreement_for_signing(version=make_agreement(parties[0].partnership), members=parties, by=admin)


def signature_of(version, member):
    return Signature.objects.get(version=version, member=member)


def accept(version, member, user, **fields):
    fields = {**WHO, "hash_seen": version.text_sha256, **fields}
    return accept_agreement(signature=signature_of(version, member), by=user, **fields)


def test_opening_fixes_the_text_asks_the_parties_and_mails_who_may_commit(version, parties):
    make_representative(parties[0], make_person("Staff", "staff@first.example"), can_commit=False)
    assert version.text_sha256 == hashlib.sha256(version.text.encode("utf-8")).hexdigest()
    assert set(Signature.objects.values_list("state", flat=True)) == {"requested"}
    assert set(OutboxMail.objects.values_list("to", flat=True)) == {"one@first.example", "two@second.example"}
    parties[0].refresh_from_db()
    assert parties[0].state == "joining"


def test_version_that_is_no_draft_cannot_be_opened(version, parties, admin):
    with pytest.raises(AgreementRefusedError, match="not a draft"):
        open_agreement_for_signing(version=version, members=parties, by=admin)


def test_empty_text_or_no_party_cannot_be_opened(parties, admin):
    draft = make_agreement(parties[0].partnership)
    with pytest.raises(AgreementRefusedError, match="at least one"):
        open_agreement_for_signing(version=draft, members=[], by=admin)
    AgreementVersion.objects.update(text=" ")
    with pytest.raises(AgreementRefusedError, match="text first"):
        open_agreement_for_signing(version=draft, members=parties, by=admin)


def test_party_of_another_partnership_or_one_that_left_cannot_be_asked(parties, admin):
    draft = make_agreement(parties[0].partnership)
    stranger = make_member(make_partnership("other"), "Stranger")
    with pytest.raises(AgreementRefusedError, match="not in the partnership"):
        open_agreement_for_signing(version=draft, members=[stranger], by=admin)
    parties[1].state = "former"
    parties[1].save()
    with pytest.raises(AgreementRefusedError, match="no longer"):
        open_agreement_for_signing(version=draft, members=parties, by=admin)


def test_acceptance_keeps_who_when_and_which_text_and_makes_a_member(version, parties, leads):
    signed = accept(version, parties[0], leads[0])
    assert (signed.name, signed.capacity, signed.user, signed.method) == (
        "Anna Riva",
        "President",
        leads[0],
        "in_app_acceptance",
    )
    assert signed.hash_signed == version.text_sha256
    assert signed.answered_at is not None
    assert (signed.member.state, signed.member.joined_on is not None) == ("member", True)
    version.refresh_from_db()
    assert version.state == State.PARTIALLY_SIGNED


def test_last_acceptance_brings_into_force_and_opens_the_gate(version, parties, leads):
    for party, lead in zip(parties, leads, strict=True):
        accept(version, party, lead)
    version.refresh_from_db()
    assert version.state == State.IN_FORCE
    assert version.valid_from is not None
    partnership = parties[0].partnership
    partnership.state = "forming"
    assert {gate.code: gate.is_open for gate in gate_states(partnership, "active")}["agreement"]


def test_coordinator_and_stranger_cannot_sign_for_a_partner(version, parties, leads, coordinator, admin):
    for person in (coordinator, admin, leads[1]):
        with pytest.raises(SignatureRefusedError, match="may commit"):
            accept(version, parties[0], person)
    assert signature_of(version, parties[0]).state == "requested"


def test_staff_cannot_sign(version, parties):
    staff = make_partner(parties[0], "staff@first.example", can_commit=False)
    with pytest.raises(SignatureRefusedError, match="may commit"):
        accept(version, parties[0], staff)


def test_second_answer_is_refused_and_has_no_effect(version, parties, leads):
    accept(version, parties[0], leads[0])
    with pytest.raises(SignatureRefusedError, match="nothing to sign"):
        accept(version, parties[0], leads[0])
    assert AuditEvent.objects.filter(verb="signature.answered").count() == 1


def test_text_that_is_not_the_one_read_is_not_accepted(version, parties, leads):
    with pytest.raises(SignatureRefusedError, match="text changed"):
        accept(version, parties[0], leads[0], hash_seen="0" * 64)


def test_text_changed_behind_the_fingerprint_is_not_accepted(version, parties, leads):
    AgreementVersion.objects.update(text="Something else")
    with pytest.raises(SignatureRefusedError, match="text changed"):
        accept(version, parties[0], leads[0])


@pytest.mark.parametrize("missing", ["name", "capacity"])
def test_acceptance_needs_name_and_capacity(version, parties, leads, missing):
    with pytest.raises(SignatureIncompleteError) as refusal:
        accept(version, parties[0], leads[0], **{missing: " "})
    assert list(refusal.value.fields) == [missing]


def test_declining_needs_a_reason_and_keeps_the_version_out_of_force(version, parties, leads, admin):
    signature, seen = signature_of(version, parties[0]), {"hash_seen": version.text_sha256}
    with pytest.raises(SignatureIncompleteError):
        decline_agreement(signature=signature, by=leads[0], reason="", **WHO, **seen)
    declined = decline_agreement(signature=signature, by=leads[0], reason="Clause 6 is too wide", **WHO, **seen)
    assert (declined.state, declined.hash_signed, declined.member.state) == ("declined", "", "joining")
    accept(version, parties[1], leads[1])
    with pytest.raises(AgreementRefusedError, match="Not every party"):
        bring_agreement_into_force(version=version, by=admin)


def test_version_goes_on_without_a_party_whose_request_was_taken_back(version, parties, leads, admin):
    accept(version, parties[1], leads[1])
    withdraw_signature_request(signature=signature_of(version, parties[0]), by=admin)
    forced = bring_agreement_into_force(version=version, by=admin, valid_from=date(2026, 9, 1))
    assert (forced.state, forced.valid_from) == (State.IN_FORCE, date(2026, 9, 1))


def test_given_signature_cannot_be_taken_back(version, parties, leads, admin):
    signed = accept(version, parties[0], leads[0])
    with pytest.raises(AgreementRefusedError, match="no open request"):
        withdraw_signature_request(signature=signed, by=admin)


def test_nothing_comes_into_force_unsigned(version, parties, admin):
    for party in parties:
        withdraw_signature_request(signature=signature_of(version, party), by=admin)
    with pytest.raises(AgreementRefusedError):
        bring_agreement_into_force(version=version, by=admin)


def test_changed_text_voids_every_answer_and_link(version, parties, leads, admin):
    signed = accept(version, parties[0], leads[0])
    changed = change_agreement_text(version=version, text="## Another text", by=admin)
    signed.refresh_from_db()
    assert (changed.state, changed.text_sha256, signed.state) == (State.DRAFTING, "", "void")
    assert not AccessLink.objects.filter(revoked_at=None).exists()
    again = open_agreement_for_signing(version=changed, members=parties, by=admin)
    assert Signature.objects.filter(version=again, state="requested").count() == 2


def test_who_accepted_is_told_when_the_text_changes_and_sees_first_what_is_different(
    version, parties, leads, admin, client, signed_in_as
):
    first = version.text
    accept(version, parties[0], leads[0])
    OutboxMail.objects.all().delete()
    changed = change_agreement_text(version=version, text=f"{first} Twice a year.", by=admin)
    (told,) = OutboxMail.objects.all()
    assert (told.kind, told.to) == ("signature_void", leads[0].email)
    assert "the acceptance no longer counts" in told.text
    assert changed.text_before == first
    # Nobody accepted since: nothing more to tell, and the wording they accepted stays.
    changed = change_agreement_text(version=changed, text=f"{first} Twice each year.", by=admin)
    again = open_agreement_for_signing(version=changed, members=parties, by=admin)
    assert [one.kind for one in OutboxMail.objects.exclude(pk=told.pk)] == ["agreement_request"] * 2
    asked = OutboxMail.objects.get(to=leads[0].email, kind="agreement_request")
    assert "accepted an earlier wording on" in asked.text
    assert "earlier wording" not in OutboxMail.objects.get(to=leads[1].email, kind="agreement_request").text
    signature = Signature.objects.get(version=again, member=parties[0], state="requested")
    person = parties[0].representatives.get().person
    added = '<span class="sr">added: </span> Twice each year.'
    for page in (
        client.get(make_signature_link(signature=signature, person=person)[1]),
        signed_in_as(leads[0]).get(f"/s/borgo/partnerships/{again.agreement.partnership.slug}/agreements/1/"),
    ):
        assert "accepted another wording on" in page.content.decode()
        assert added in page.content.decode()
    assert "another wording" not in signed_in_as(leads[1]).get(page.request["PATH_INFO"]).content.decode()


def test_changed_dates_alone_void_nothing(version, parties, leads, admin):
    accept(version, parties[0], leads[0])
    kept = change_agreement_text(version=version, text=version.text, valid_to=date(2030, 1, 1), by=admin)
    assert kept.state == State.PARTIALLY_SIGNED
    assert signature_of(version, parties[0]).state == "signed"


def test_end_before_start_is_refused(parties, admin):
    draft = make_agreement(parties[0].partnership)
    with pytest.raises(ValidationError, match="after the start"):
        change_agreement_text(version=draft, text="A", valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1), by=admin)


def test_version_in_force_is_not_reworded_but_followed_by_another(version, parties, leads, admin):
    for party, lead in zip(parties, leads, strict=True):
        accept(version, party, lead)
    version.refresh_from_db()
    with pytest.raises(AgreementRefusedError, match="new version"):
        change_agreement_text(version=version, text="Other", by=admin)
    second = draft_next_version(version=version, by=admin)
    with pytest.raises(AgreementRefusedError, match="Another version"):
        draft_next_version(version=version, by=admin)
    open_agreement_for_signing(version=second, members=parties, by=admin)
    second.refresh_from_db()
    for party, lead in zip(parties, leads, strict=True):
        accept(second, party, lead)
    version.refresh_from_db()
    second.refresh_from_db()
    assert (second.number, second.state, version.state) == (2, State.IN_FORCE, State.SUPERSEDED)


def test_database_keeps_one_version_in_force(version):
    other = AgreementVersion.objects.create(agreement=version.agreement, number=9, text="x", state=State.IN_FORCE)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementVersion.objects.filter(pk=version.pk).update(state=State.IN_FORCE)
    assert other.state == State.IN_FORCE


def test_draft_is_shared_once_it_is_one(version, parties, admin):
    draft = make_agreement(parties[0].partnership)
    assert share_agreement_for_review(version=draft, by=admin).state == State.PARTNER_REVIEW
    with pytest.raises(AgreementRefusedError):
        share_agreement_for_review(version=version, by=admin)


def test_signature_by_link_names_the_person_and_ends_the_links(version, parties):
    person = make_representative(parties[0], make_person("Bea", "bea@first.example"))
    signature = signature_of(version, parties[0])
    token = make_signature_link(signature=signature, person=person)[1].rstrip("/").rpartition("/")[2]
    opened, holder = open_signature_link(token)
    assert opened == signature
    signed = accept_agreement(signature=opened, by=holder, hash_seen=version.text_sha256, **WHO)
    assert (signed.user, signed.person) == (None, person)
    assert AuditEvent.objects.get(verb="signature.answered").actor_label == "link"
    with pytest.raises(SignatureLinkGoneError):
        open_signature_link(token)


def test_link_of_someone_who_may_not_commit_any_more_is_gone(version, parties):
    person = make_representative(parties[0], make_person("Bea", "bea@first.example"))
    token = (
        make_signature_link(signature=signature_of(version, parties[0]), person=person)[1]
        .rstrip("/")
        .rpartition("/")[2]
    )
    make_representative(parties[0], person, can_commit=False)
    with pytest.raises(SignatureLinkGoneError):
        open_signature_link(token)
