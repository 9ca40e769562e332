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
    confirm_commitment,
    decline_commitment,
    keep_commitment,
    move_commitment,
    record_commitment,
    release_commitment,
)
from partnerships.queries.ledger import Wish, kept_rate, ledger_of
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
    return make_member(make_partnership("own", mode="full"))


@pytest.fixture
def holder(member):
    return LinkHolder(make_representative(member), new_id())


def test_promise_is_written_down_with_a_number_of_its_own_and_waits_to_be_confirmed(member, coordinator):
    make_commitment(member)
    commitment = record_commitment(
        member=member, title="Lend the hall", source="meeting", reference="3 March", due_on=TODAY, by=coordinator
    )
    assert (commitment.number, commitment.first_agreed_on, commitment.state) == (2, None, "proposed")
    assert AuditEvent.objects.filter(verb="commitment.recorded", actor=coordinator).count() == 1


def test_small_group_is_taken_at_its_word_until_it_names_who_may_commit(space, coordinator):
    group = make_member(make_partnership("three", mode="light"))
    first = record_commitment(member=group, title="Lend the hall", source="spoken", due_on=TODAY, by=coordinator)
    assert (first.state, first.first_agreed_on) == ("open", TODAY)
    make_representative(group, can_commit=True)
    assert record_commitment(member=group, title="Chairs", source="spoken", by=coordinator).state == "proposed"


def test_own_people_promise_at_once_and_staff_do_not(member):
    lead = make_partner(member)
    promised = record_commitment(member=member, title="Lend the hall", source="spoken", due_on=TODAY, by=lead)
    assert (promised.state, promised.first_agreed_on) == ("open", TODAY)
    assert promised.confirmed_on is not None
    staff = make_partner(member, "staff@riva.example", can_commit=False)
    assert record_commitment(member=member, title="Chairs", source="spoken", by=staff).state == "proposed"


def test_it_counts_from_the_day_its_own_people_confirm_it(member, holder, coordinator):
    proposed = make_commitment(member, state="proposed", due_on=TODAY)
    stranger = make_partner(make_member(member.partnership, "Other"), "o@other.example")
    staff = make_partner(member, "staff@riva.example", can_commit=False)
    for who in (coordinator, stranger, staff):
        with pytest.raises(CommitmentRefusedError):
            confirm_commitment(commitment=proposed, by=who)
    with pytest.raises(CommitmentRefusedError, match="Confirm the promise first"):
        keep_commitment(commitment=proposed, by=holder)

    def counted():
        return kept_rate(None, wish=Wish(partnership_id=member.partnership_id), until=TODAY)

    assert counted().due == 0
    # The date may still move without becoming one that was agreed.
    later = date(2026, 6, 12)
    move_commitment(commitment=proposed, due_on=later, reason="After the fair", by=coordinator, today=TODAY)
    confirmed = confirm_commitment(commitment=proposed, by=holder, today=TODAY)
    assert (confirmed.state, confirmed.confirmed_on, confirmed.first_agreed_on) == ("open", TODAY, later)
    assert kept_rate(None, wish=Wish(partnership_id=member.partnership_id), until=later).due == 1
    with pytest.raises(CommitmentRefusedError, match="answered already"):
        confirm_commitment(commitment=proposed, by=holder)


def test_what_was_not_promised_is_declined_or_taken_back_and_counts_nowhere(member, holder, coordinator):
    first, second = (make_commitment(member, state="proposed", due_on=TODAY) for _number in range(2))
    with pytest.raises(CommitmentRefusedError):
        decline_commitment(commitment=first, reason=" ", by=holder)
    with pytest.raises(CommitmentRefusedError):
        decline_commitment(commitment=first, reason="No", by=coordinator)
    assert decline_commitment(commitment=first, reason="We only thought of it", by=holder).state == "declined"
    assert release_commitment(commitment=second, reason="A mistake", by=coordinator).state == "declined"
    assert not ledger_of(None, Wish(partnership_id=member.partnership_id), today=TODAY).exists()


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
