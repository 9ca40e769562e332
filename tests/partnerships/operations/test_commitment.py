from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import AuditEvent
from core.tenancy.keys import new_id
from partnerships.models import Commitment
from partnerships.operations.commitment import (
    CommitmentIncompleteError,
    CommitmentRefusedError,
    ask_release,
    keep_commitment,
    move_commitment,
    record_commitment,
    release_commitment,
)
from partnerships.rules.authority import LinkHolder
from partnerships.rules.task_evidence import Shown
from tests.factories.partnerships import (
    make_commitment,
    make_member,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
)

TODAY = date(2026, 6, 10)


@pytest.fixture
def member(space):
    return make_member(make_partnership("own"))


@pytest.fixture
def holder(member):
    return LinkHolder(make_representative(member), new_id())


def test_promise_is_written_down_with_its_first_date_and_a_number_of_its_own(member, coordinator):
    make_commitment(member)
    commitment = record_commitment(
        member=member, title="Lend the hall", source="meeting", reference="3 March", due_on=TODAY, by=coordinator
    )
    assert (commitment.number, commitment.first_agreed_on, commitment.state) == (2, TODAY, "open")
    assert AuditEvent.objects.filter(verb="commitment.recorded", actor=coordinator).count() == 1


def test_member_that_left_promises_nothing_more_and_a_place_is_asked_for(member):
    with pytest.raises(ValidationError):
        record_commitment(member=member, title="T", source="dream", by=None)
    member.state = "former"
    member.save()
    with pytest.raises(CommitmentRefusedError):
        record_commitment(member=member, title="T", source="spoken", by=None)


def test_owner_says_it_is_kept_once_by_link_with_a_file(member, holder):
    commitment = make_commitment(member)
    file = SimpleUploadedFile("keys.txt", b"Handed over.", content_type="text/plain")
    keep_commitment(commitment=commitment, by=holder, shown=Shown(note="Keys", upload=file), today=TODAY)
    keep_commitment(commitment=commitment, by=holder, today=date(2026, 7, 1))
    commitment.refresh_from_db()
    assert (commitment.state, commitment.kept_on, commitment.evidence) == ("kept", TODAY, "Keys")
    assert commitment.evidence_file.name == "keys.txt"
    event = AuditEvent.objects.get(verb="commitment.kept")
    assert event.changes["person"] == str(holder.person.pk)


def test_nobody_else_says_it_is_kept_not_even_coordination(member, coordinator):
    commitment = make_commitment(member)
    other = make_partner(make_member(member.partnership, "Other"), "o@other.example")
    stranger = make_representative(make_member(make_partnership("far"), "Far"), make_person(email="f@f.example"))
    for who in (coordinator, other, LinkHolder(stranger, new_id())):
        with pytest.raises(CommitmentRefusedError):
            keep_commitment(commitment=commitment, by=who)
    assert Commitment.objects.get().state == "open"


def test_file_that_cannot_be_taken_leaves_the_promise_open(member, holder):
    commitment = make_commitment(member)
    file = SimpleUploadedFile("run.exe", b"MZ\x90\x00")
    with pytest.raises(CommitmentIncompleteError) as missing:
        keep_commitment(commitment=commitment, by=holder, shown=Shown(upload=file))
    assert set(missing.value.fields) == {"evidence_file"}
    assert Commitment.objects.get().state == "open"


def test_release_is_asked_by_who_may_commit_and_given_by_coordination_for_a_reason(member, coordinator):
    commitment = make_commitment(member)
    lead = make_partner(member)
    staff = make_partner(member, "staff@riva.example", can_commit=False)
    for who, reason in ((staff, "No van"), (coordinator, "No van"), (lead, " ")):
        with pytest.raises(CommitmentRefusedError):
            ask_release(commitment=commitment, reason=reason, by=who)
    ask_release(commitment=commitment, reason="No van", by=lead)
    for who, reason in ((lead, "No van"), (coordinator, "")):
        with pytest.raises(CommitmentRefusedError):
            release_commitment(commitment=commitment, reason=reason, by=who)
    release_commitment(commitment=commitment, reason="The van was sold", by=coordinator)
    commitment.refresh_from_db()
    assert (commitment.state, commitment.release_reason) == ("released", "The van was sold")
    with pytest.raises(CommitmentRefusedError):
        keep_commitment(commitment=commitment, by=lead)


def test_new_date_needs_a_reason_and_keeps_the_first(member, holder):
    commitment = make_commitment(member, due_on=date(2026, 6, 20))
    for due_on, reason, field in ((date(2026, 6, 30), " ", "reason"), (date(2026, 6, 1), "Rain", "due_on")):
        with pytest.raises(CommitmentIncompleteError) as missing:
            move_commitment(commitment=commitment, due_on=due_on, reason=reason, by=holder, today=TODAY)
        assert set(missing.value.fields) == {field}
    move_commitment(commitment=commitment, due_on=date(2026, 6, 30), reason="Rain", by=holder, today=TODAY)
    commitment.refresh_from_db()
    assert (commitment.due_on, commitment.first_agreed_on) == (date(2026, 6, 30), date(2026, 6, 20))
    assert commitment.date_reason == "Rain"
