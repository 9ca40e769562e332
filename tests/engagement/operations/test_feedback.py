import json
import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from core.models import AuditEvent, Job, OutboxMail
from core.operations.rate import TooOftenError
from engagement.models import Submission, SubmissionAddition, SubmissionPhoto, SubmissionReply
from engagement.operations.feedback import (
    FeedbackRefusedError,
    UnknownCodeError,
    add_to_feedback,
    follow_feedback,
    forget_contact_with_code,
    withdraw_feedback,
)
from engagement.operations.submission import mark_submission_as_spam, read_submission, reply_to_submission
from engagement.rules.limits import LOOKING_UP_FROM_ONE_NETWORK, SENDING_FROM_ONE_NETWORK, SENDING_TO_ONE_FORM
from engagement.rules.notice import NOTICE_VERSION
from engagement.rules.submission import MOST_ADDITIONS, is_for_today
from tests.factories.engagement import file_under, make_public_partnership, make_submission, make_theme, send
from tests.factories.pictures import picture

NOW = datetime(2026, 11, 23, 10, 41, 37, 123456, tzinfo=UTC)
NETWORK = "203.0.113.0/24"


@pytest.fixture
def orti(space):
    return make_public_partnership()


def test_message_is_kept_to_the_hour_with_the_version_of_the_notice(orti):
    send(orti, "The gate is closed", now=NOW)
    kept = Submission.objects.get()
    assert kept.received_hour == kept.consented_hour == datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert (kept.notice_version, kept.state, kept.id.version) == (NOTICE_VERSION, "received", 4)


def test_nothing_in_the_database_or_the_log_tells_who_or_when(orti, caplog):
    caplog.set_level(logging.DEBUG)
    sent = send(orti, "The gate is closed", now=NOW, sent_from=NETWORK, nonce="secret-nonce")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(s)::text FROM engagement_submission s")
        row = cursor.fetchone()[0]
        cursor.execute("SELECT to_jsonb(r)::text FROM core_ratecount r")
        rates = " ".join(text for (text,) in cursor.fetchall())
    for trace in ("203.0.113", "secret-nonce", ":41", sent.code, sent.code.replace("-", "")):
        assert trace not in row + rates + caplog.text
    assert "The gate" not in caplog.text + rates
    assert "received_hour" in json.loads(row)
    assert not AuditEvent.objects.filter(subject_type__startswith="engagement").exists()
    assert not Job.objects.exists()


def test_the_same_page_sent_twice_keeps_one_message_and_shows_the_same_code(orti):
    first = send(orti, "Once", nonce="page", now=NOW)
    second = send(orti, "Once", nonce="page", now=NOW)
    assert first == second
    assert Submission.objects.count() == 1


def test_the_same_page_with_other_words_is_another_message(orti):
    codes = {send(orti, text, nonce="page", now=NOW).code for text in ("Once", "Twice")}
    assert len(codes) == Submission.objects.count() == 2


def test_same_words_from_another_person_are_held_as_a_duplicate_with_a_code_of_their_own(orti):
    first = make_submission(orti, "The park is dark!", now=NOW)
    second = make_submission(orti, " the PARK is dark ", now=NOW + timedelta(hours=20))
    assert second.duplicate_of == first
    assert second.code_hash != first.code_hash


@pytest.mark.parametrize("later", [timedelta(hours=26), timedelta(days=9)])
def test_same_words_after_a_day_are_a_message_of_their_own(orti, later):
    make_submission(orti, "The park is dark", now=NOW)
    assert make_submission(orti, "The park is dark", now=NOW + later).duplicate_of is None


def test_same_words_after_an_answer_are_a_message_of_their_own(orti, coordinator):
    first = make_submission(orti, "The park is dark", now=NOW)
    reply_to_submission(submission=first, text="We know", by=coordinator)
    assert make_submission(orti, "The park is dark", now=NOW).duplicate_of is None


def test_same_words_to_another_partnership_are_no_duplicate(orti):
    make_submission(orti, "The park is dark", now=NOW)
    assert make_submission(make_public_partnership("scuola"), "The park is dark", now=NOW).duplicate_of is None


def test_what_was_marked_as_no_message_stays_out_when_it_comes_again(orti, coordinator):
    mark_submission_as_spam(submission=make_submission(orti, "Buy pills", now=NOW), by=coordinator)
    assert make_submission(orti, "buy PILLS", now=NOW).state == "spam"


def test_one_network_may_send_only_so_often_and_others_still_may(orti):
    for number in range(SENDING_FROM_ONE_NETWORK.most):
        send(orti, f"Spam {number}", sent_from=NETWORK, now=NOW)
    with pytest.raises(TooOftenError):
        send(orti, "One more", sent_from=NETWORK, now=NOW)
    assert Submission.objects.count() == SENDING_FROM_ONE_NETWORK.most
    send(orti, "From elsewhere", now=NOW)
    send(orti, "Later", sent_from=NETWORK, now=NOW + SENDING_FROM_ONE_NETWORK.per)


def test_one_form_takes_only_so_many_from_everywhere_and_other_forms_still_do(orti):
    for number in range(SENDING_TO_ONE_FORM.most):
        send(orti, f"Bot {number}", now=NOW)
    with pytest.raises(TooOftenError) as refusal:
        send(orti, "Bot at last", now=NOW)
    assert timedelta(0) < refusal.value.wait <= SENDING_TO_ONE_FORM.per
    assert Submission.objects.count() == SENDING_TO_ONE_FORM.most
    send(make_public_partnership("scuola"), "Here it is quiet", now=NOW)


def test_urgent_words_mark_the_message_and_are_told_to_the_sender(orti):
    sent = send(orti, "There is violence in the park")
    assert sent.is_urgent
    assert Submission.objects.get().is_urgent


def test_partnership_that_ended_takes_no_message(orti):
    orti.state = "closed"
    orti.save()
    with pytest.raises(FeedbackRefusedError):
        send(orti, "Hello")
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"category": "threat"}, {"text": "x" * 2001}, {"place": "x" * 121}, {"contact_email": "no address"}]
)
def test_message_out_of_bounds_is_refused_even_without_the_form(orti, wrong):
    with pytest.raises(ValidationError):
        send(orti, **{"text": "Hello", **wrong})
    assert not Submission.objects.exists()


def test_code_finds_its_message_and_unknown_codes_count_towards_the_limit(orti):
    sent = send(orti, "Hello", now=NOW)
    assert follow_feedback(code=sent.code.lower(), asked_from=NETWORK, now=NOW).text == "Hello"
    for number in range(LOOKING_UP_FROM_ONE_NETWORK.most - 1):
        with pytest.raises(UnknownCodeError):
            follow_feedback(code=f"0000-0000-0000-{number:04}", asked_from=NETWORK, now=NOW)
    for code in (sent.code, "0000-0000-0000-0000"):
        with pytest.raises(TooOftenError):
            follow_feedback(code=code, asked_from=NETWORK, now=NOW)
    assert follow_feedback(code=sent.code, asked_from="198.51.100.0/24", now=NOW)


def test_withdrawing_empties_everything_but_the_fact(orti, coordinator):
    sent = send(
        orti, "There is violence, I live in via Verdi", place="via Verdi", contact_email="anna@example.org", now=NOW
    )
    submission = Submission.objects.get()
    file_under(make_theme(orti), submission)
    reply_to_submission(submission=submission, text="Dear Anna", by=coordinator)
    withdraw_feedback(code=sent.code, asked_from=NETWORK, now=NOW)
    submission.refresh_from_db()
    kept = (submission.text, submission.place, submission.contact_email, submission.text_key)
    assert kept == ("", "", "", "")
    assert not submission.themes.exists()
    assert (submission.state, submission.is_urgent) == ("withdrawn", False)
    assert not SubmissionReply.objects.exists()
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.text, mail.html, mail.state) == ("", "", "", "dropped")
    with pytest.raises(FeedbackRefusedError):
        withdraw_feedback(code=sent.code, asked_from=NETWORK, now=NOW)


def test_others_who_said_the_same_are_still_heard_when_the_first_takes_it_back(orti):
    sent = send(orti, "The park is dark", now=NOW)
    second, third = (make_submission(orti, "The park is dark", now=NOW) for _ in range(2))
    withdraw_feedback(code=sent.code, asked_from=NETWORK, now=NOW)
    ends = sorted([second, third], key=lambda found: found.pk)
    for end in ends:
        end.refresh_from_db()
    assert [end.duplicate_of for end in ends] == [None, ends[0]]


def test_address_is_forgotten_and_the_message_stays(orti, coordinator):
    sent = send(orti, "Hello", contact_email="anna@example.org", now=NOW)
    reply_to_submission(submission=Submission.objects.get(), text="Hello Anna", by=coordinator)
    forget_contact_with_code(code=sent.code, asked_from=NETWORK, now=NOW)
    kept = Submission.objects.get()
    assert (kept.text, kept.contact_email, kept.replies.count()) == ("Hello", "", 1)
    assert not OutboxMail.objects.filter(to="anna@example.org").exists()


def test_what_is_added_stands_beside_what_was_there_and_is_unread(orti, coordinator):
    sent = send(orti, "A bench", now=NOW)
    submission = Submission.objects.get()
    read_submission(submission=submission, by=coordinator)
    for _ in range(2):
        add_to_feedback(code=sent.code, text="By the fountain, there is violence at night", asked_from=NETWORK, now=NOW)
    submission.refresh_from_db()
    addition = submission.additions.get()
    assert (submission.text, submission.state, submission.is_urgent) == ("A bench", "acknowledged", True)
    assert (addition.text, addition.read_on) == ("By the fountain, there is violence at night", None)
    assert (addition.added_hour.minute, addition.added_hour.second) == (0, 0)
    read_submission(submission=submission, by=coordinator)
    addition.refresh_from_db()
    assert addition.read_on
    assert not AuditEvent.objects.filter(subject_id=addition.pk).exists()


def test_danger_that_is_added_is_for_today_whatever_became_of_the_message(orti, coordinator):
    sent = send(orti, "A bench", now=NOW)
    again = send(orti, "A bench", now=NOW)
    first = Submission.objects.get(duplicate_of=None)
    reply_to_submission(submission=first, text="We look at it", by=coordinator)
    add_to_feedback(code=again.code, text="Somebody is beaten there", asked_from=NETWORK, now=NOW)
    first.refresh_from_db()
    assert (first.state, first.is_urgent, is_for_today(first)) == ("triaged", True, True)
    assert follow_feedback(code=sent.code, asked_from=NETWORK).is_urgent


def test_nothing_is_added_to_a_closed_message_nor_without_end(orti):
    sent = send(orti, "A bench", now=NOW)
    for number in range(MOST_ADDITIONS):
        later = NOW + timedelta(hours=number)
        add_to_feedback(code=sent.code, text=f"More {number}", asked_from=NETWORK, now=later)
    with pytest.raises(FeedbackRefusedError):
        add_to_feedback(code=sent.code, text="Still more", asked_from=NETWORK, now=NOW + timedelta(days=1))
    Submission.objects.update(state="loop_closed")
    with pytest.raises(FeedbackRefusedError, match="closed"):
        add_to_feedback(code=sent.code, text="And more", asked_from=NETWORK, now=NOW + timedelta(days=2))
    with pytest.raises(UnknownCodeError):
        add_to_feedback(code="0000-0000-0000-0000", text="Mine", asked_from=NETWORK, now=NOW + timedelta(days=2))


def test_withdrawing_takes_additions_and_photos_along(orti):
    sent = send(orti, "A bench", photo=picture(), now=NOW)
    add_to_feedback(code=sent.code, text="More", asked_from=NETWORK, now=NOW)
    withdraw_feedback(code=sent.code, asked_from=NETWORK, now=NOW)
    assert not SubmissionAddition.objects.exists()
    assert not SubmissionPhoto.objects.exists()
