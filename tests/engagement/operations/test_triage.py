"""Joining, giving, referring, and keeping complaints from those they are about (R-E6, R-E8, R-E9)."""

import pytest
from django.core.exceptions import ValidationError

from core.access.roles import Role
from core.models import AuditEvent, OutboxMail
from engagement.models import Submission
from engagement.operations.submission import SubmissionRefusedError, close_submission, reply_to_submission
from engagement.operations.triage import (
    assign_submission,
    merge_submission,
    refer_urgent_submission,
    say_whom_it_is_about,
    split_submission,
)
from engagement.queries.handler import handlers_of
from engagement.queries.submission import submissions_visible_to
from engagement.rules.settling import Settled
from stakeholders.models import Affiliation
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership, make_submission
from tests.factories.partnerships import make_member, make_partner, make_person


@pytest.fixture
def orti(space):
    return make_public_partnership(name="Orti")


@pytest.fixture
def riva(orti):
    return make_member(orti, "Officine Riva", state="member")


def states(*submissions):
    return [Submission.objects.get(pk=one.pk).state for one in submissions]


def test_each_sender_gets_the_answer_of_what_was_joined(orti, coordinator):
    first = make_submission(orti, "Too dark", contact_email="anna@example.org", language="it")
    second = make_submission(orti, "No lamp works", contact_email="ben@example.org")
    merge_submission(submission=second, into=first, by=coordinator)
    assert states(first, second) == ["received", "merged"]
    reply_to_submission(submission=first, text="Lamps come in May", by=coordinator)
    assert {mail.to for mail in OutboxMail.objects.all()} == {"anna@example.org", "ben@example.org"}
    close_submission(submission=first, by=coordinator)
    assert states(first, second) == ["loop_closed", "loop_closed"]
    assert Submission.objects.get(pk=second.pk).closed_on


def test_what_was_joined_before_goes_along_so_that_no_chain_arises(orti, coordinator):
    first, second, third = (make_submission(orti) for _ in range(3))
    merge_submission(submission=third, into=second, by=coordinator)
    merge_submission(submission=second, into=first, by=coordinator)
    assert {one.duplicate_of_id for one in Submission.objects.filter(pk__in=[second.pk, third.pk])} == {first.pk}
    with pytest.raises(SubmissionRefusedError):
        merge_submission(submission=first, into=third, by=coordinator)


def test_joined_message_is_taken_out_and_waits_again(orti, coordinator):
    first, second = make_submission(orti), make_submission(orti)
    merge_submission(submission=second, into=first, by=coordinator)
    split_submission(submission=second, by=coordinator)
    assert states(second) == ["triaged"]
    assert Submission.objects.get(pk=second.pk).duplicate_of is None
    with pytest.raises(SubmissionRefusedError):
        split_submission(submission=second, by=coordinator)


def test_messages_of_two_partnerships_or_the_same_one_twice_are_not_joined(orti, coordinator):
    first, elsewhere = make_submission(orti), make_submission(make_public_partnership("scuola"))
    for other in (first, elsewhere):
        with pytest.raises(SubmissionRefusedError):
            merge_submission(submission=first, into=other, by=coordinator)


def test_complaint_is_not_joined_with_what_is_about_nobody(orti, riva, coordinator):
    complaint, other = make_submission(orti, about_member=riva), make_submission(orti)
    with pytest.raises(SubmissionRefusedError, match="complaint"):
        merge_submission(submission=complaint, into=other, by=coordinator)


def test_same_words_about_a_partner_and_about_nobody_are_two_messages(orti, riva):
    make_submission(orti, "Nobody answers", about_member=riva)
    assert make_submission(orti, "nobody answers").duplicate_of is None


def test_handler_is_somebody_who_takes_part_here(orti, riva, coordinator):
    lead, stranger = make_partner(riva), make_user("else@example.org")
    submission = make_submission(orti)
    assign_submission(submission=submission, to=lead, by=coordinator)
    assert states(submission) == ["assigned"]
    assign_submission(submission=make_submission(orti), to=lead, by=coordinator)
    told = OutboxMail.objects.get(to=lead.email)
    assert ("?who=me" in told.text, submission.text in told.text) == (True, False)
    with pytest.raises(SubmissionRefusedError):
        assign_submission(submission=submission, to=stranger, by=coordinator)
    assign_submission(submission=submission, to=None, by=coordinator)
    assert states(submission) == ["triaged"]
    assert Submission.objects.get(pk=submission.pk).assigned_to is None


def test_whoever_was_given_a_message_reads_that_one_and_no_other(orti, riva, coordinator, viewer):
    lead, given = make_partner(riva), make_submission(orti)
    make_submission(orti)
    assert not submissions_visible_to(viewer(lead)).exists()
    assign_submission(submission=given, to=lead, by=coordinator)
    assert list(submissions_visible_to(viewer(lead))) == [given]


@pytest.mark.parametrize("belongs", ["speaks for it", "works in it", "has the address of who works in it"])
def test_complaint_is_neither_seen_nor_handled_by_people_of_the_organisation(orti, riva, coordinator, viewer, belongs):
    theirs = make_user("theirs@borgo.example", role=Role.COORDINATOR, scope=orti.scope)
    if belongs == "speaks for it":
        make_partner(riva, "theirs2@riva.example")
        theirs = make_partner(riva, "speaker@riva.example")
        from core.operations.membership import grant_role

        grant_role(user=theirs, role=Role.COORDINATOR, scope=orti.scope, by=None)
    else:
        account = theirs if belongs == "works in it" else None
        person = make_person("Theirs", "theirs@borgo.example", user=account)
        Affiliation.objects.create(person=person, organisation=riva.organisation)
    complaint = make_submission(orti, "They shout", category="complaint", about_member=riva)
    other = make_submission(orti, "A bench")
    assert set(submissions_visible_to(viewer(theirs))) == {other}
    assert set(submissions_visible_to(viewer(coordinator))) == {complaint, other}
    assert theirs not in handlers_of(complaint)
    assert theirs in handlers_of(other)
    with pytest.raises(SubmissionRefusedError):
        assign_submission(submission=complaint, to=theirs, by=coordinator)


def test_naming_the_partner_takes_it_from_its_people(orti, riva, coordinator):
    lead, submission = make_partner(riva), make_submission(orti)
    assign_submission(submission=submission, to=lead, by=coordinator)
    say_whom_it_is_about(submission=submission, member=riva, by=coordinator)
    kept = Submission.objects.get()
    assert (kept.about_member, kept.assigned_to, kept.state) == (riva, None, "triaged")
    with pytest.raises(SubmissionRefusedError):
        elsewhere = make_member(make_public_partnership("scuola"), "Liceo", state="member")
        say_whom_it_is_about(submission=submission, member=elsewhere, by=coordinator)


def test_history_does_not_tell_whom_a_complaint_is_about(orti, riva, coordinator):
    submission = make_submission(orti)
    say_whom_it_is_about(submission=submission, member=riva, by=coordinator)
    event = AuditEvent.objects.get(verb="submission.about_said")
    assert "Riva" not in event.subject_label
    assert str(riva.pk) not in str(event.changes)


def test_complaint_about_a_member_of_another_partnership_is_refused(orti):
    with pytest.raises(ValidationError):
        make_submission(make_public_partnership("scuola"), about_member=make_member(orti, "Liceo", state="member"))


def test_urgent_message_is_referred_and_says_to_whom(orti, coordinator):
    submission = make_submission(orti, "There is violence")
    with pytest.raises(SubmissionRefusedError):
        refer_urgent_submission(submission=submission, to="  ", by=coordinator)
    refer_urgent_submission(submission=submission, to="Carabinieri, by telephone", by=coordinator)
    kept = Submission.objects.get()
    assert (kept.state, kept.passed_to) == ("urgent_referred", "Carabinieri, by telephone")
    assert "Carabinieri" not in str(AuditEvent.objects.get(verb="submission.referred").changes)


@pytest.mark.parametrize(
    ("settled", "words"),
    [
        (Settled("not_possible"), "why"),
        (Settled("out_of_scope_redirected"), "whom"),
        (Settled("done"), "published theme"),
        (Settled("spam"), "becomes"),
    ],
)
def test_what_becomes_of_it_needs_its_reason(orti, coordinator, settled, words):
    submission = make_submission(orti)
    with pytest.raises(SubmissionRefusedError, match=words):
        reply_to_submission(submission=submission, text="So it is", settled=settled, by=coordinator)
    assert not submission.replies.exists()


def test_no_with_a_reason_is_kept_as_the_outcome_when_the_loop_is_closed(orti, coordinator):
    submission = make_submission(orti)
    settled = Settled("not_possible", why_not="law")
    reply_to_submission(submission=submission, text="The law says no", settled=settled, by=coordinator)
    close_submission(submission=submission, by=coordinator)
    kept = Submission.objects.get()
    assert (kept.state, kept.outcome, kept.why_not) == ("loop_closed", "not_possible", "law")


def test_complaint_that_nobody_may_read_is_told_without_a_word_of_it(orti, riva, admin, coordinator, viewer):
    from core.models import Grant
    from engagement.queries.submission import is_a_complaint_without_handler

    make_submission(orti, "They shout", about_member=riva)
    assert not is_a_complaint_without_handler(viewer(coordinator))
    for account in (admin, coordinator):
        person = make_person(account.name, account.email, user=account)
        Affiliation.objects.create(person=person, organisation=riva.organisation)
    assert is_a_complaint_without_handler(viewer(coordinator))
    assert Grant.objects.exists()
