from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from core.models import AuditEvent, OutboxMail
from core.operations.mail import message_for
from engagement.models import Submission, SubmissionAddition, SubmissionReply, Theme
from engagement.operations.submission import (
    SubmissionRefusedError,
    ThemeElsewhereError,
    close_settled_submissions,
    close_submission,
    mark_submission_as_spam,
    put_into_theme,
    read_submission,
    reopen_submission,
    reply_to_submission,
)
from engagement.operations.theme import publish_theme
from engagement.rules.settling import ANSWERED, Settled
from tests.factories.engagement import make_public_partnership, make_submission, make_theme

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def orti(space):
    return make_public_partnership(name="Orti")


def test_reading_moves_on_once_and_is_written_down(orti, coordinator):
    submission = make_submission(orti)
    assert read_submission(submission=submission, by=coordinator).state == "acknowledged"
    assert AuditEvent.objects.get(verb="submission.read").actor == coordinator
    with pytest.raises(SubmissionRefusedError):
        read_submission(submission=submission, by=coordinator)


def test_reply_is_stored_and_dated_and_not_mailed_without_an_address(orti, coordinator):
    submission = make_submission(orti)
    reply_to_submission(submission=submission, text="Thank you", by=coordinator, today=TODAY)
    submission.refresh_from_db()
    assert (submission.state, submission.answered_on) == ("answered", TODAY)
    assert not OutboxMail.objects.exists()


def test_reply_is_mailed_in_the_language_of_the_message_with_a_way_to_stop(orti, coordinator):
    submission = make_submission(orti, contact_email="anna@example.org", language="it")
    reply_to_submission(submission=submission, text="Grazie <b>Anna</b>", by=coordinator)
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.language) == ("anna@example.org", "it")
    assert "Grazie <b>Anna</b>" in mail.text
    assert "Grazie &lt;b&gt;Anna&lt;/b&gt;" in mail.html
    assert "/l/borgo/feedback/stop/" in mail.unsubscribe_url
    assert mail.unsubscribe_url in mail.text
    assert "\n" not in message_for(mail).subject


@pytest.mark.parametrize("name", ["Orti\r\nBcc: all@example.org", "Orti\nX: 1", "Orti\u2028X: 1"])
def test_line_ends_in_a_name_make_no_second_header(orti, coordinator, name):
    orti.name = name
    orti.save()
    submission = make_submission(orti, contact_email="anna@example.org")
    reply_to_submission(submission=submission, text="Hello", by=coordinator)
    lines = message_for(OutboxMail.objects.get()).message().as_string().splitlines()
    assert not [line for line in lines[: lines.index("")] if line.startswith(("Bcc", "X:"))]


def test_same_reply_twice_is_kept_once(orti, coordinator):
    submission = make_submission(orti, contact_email="anna@example.org")
    first, second = (reply_to_submission(submission=submission, text="Thank you", by=coordinator) for _ in range(2))
    assert first == second
    assert OutboxMail.objects.count() == 1


def test_everybody_who_said_the_same_gets_the_reply_in_their_own_language(orti, coordinator):
    first = make_submission(orti, "It is dark", contact_email="anna@example.org", language="it")
    second = make_submission(orti, "it is dark", contact_email="ben@example.org", language="en")
    third = make_submission(orti, "IT IS DARK")
    reply_to_submission(submission=first, text="Lamps come in May", by=coordinator, today=TODAY)
    assert {(mail.to, mail.language) for mail in OutboxMail.objects.all()} == {
        ("anna@example.org", "it"),
        ("ben@example.org", "en"),
    }
    for submission in (second, third):
        submission.refresh_from_db()
        assert (submission.state, submission.answered_on, submission.replies.count()) == ("answered", TODAY, 1)


@pytest.mark.parametrize("state", ["loop_closed", "spam", "withdrawn"])
def test_reply_is_refused_when_nobody_waits(orti, coordinator, state):
    submission = make_submission(orti)
    Submission.objects.update(state=state)
    with pytest.raises(SubmissionRefusedError):
        reply_to_submission(submission=submission, text="Hello", by=coordinator)
    assert not submission.replies.exists()


def test_closing_needs_an_answer_and_sets_the_day(orti, coordinator):
    submission = make_submission(orti)
    with pytest.raises(SubmissionRefusedError):
        close_submission(submission=submission, by=coordinator)
    reply_to_submission(submission=submission, text="Thank you", by=coordinator)
    assert close_submission(submission=submission, by=coordinator, today=TODAY).closed_on == TODAY


def test_spam_goes_nowhere_with_all_its_copies_and_comes_back_when_it_was_none(orti, coordinator):
    submission = make_submission(orti, "Buy")
    copy = make_submission(orti, "buy")
    mark_submission_as_spam(submission=submission, by=coordinator)
    copy.refresh_from_db()
    assert copy.state == "spam"
    assert not OutboxMail.objects.exists()
    reopened = reopen_submission(submission=submission, by=coordinator)
    assert (reopened.state, reopened.closed_on) == ("triaged", None)


def test_withdrawn_message_is_never_opened_again(orti, coordinator):
    submission = make_submission(orti)
    Submission.objects.update(state="withdrawn")
    with pytest.raises(SubmissionRefusedError):
        reopen_submission(submission=submission, by=coordinator)


def test_message_begins_a_new_theme_in_its_language(orti, coordinator):
    submission = make_submission(orti, language="it")
    theme = put_into_theme(submission=submission, theme=None, heard="Il parco è buio", by=coordinator)
    submission.refresh_from_db()
    assert (theme.heard_it, theme.heard_en, theme.published_on) == ("Il parco è buio", "", None)
    assert (list(submission.themes.all()), submission.state) == ([theme], "triaged")


def test_new_theme_without_words_is_refused(orti, coordinator):
    with pytest.raises(ValidationError):
        put_into_theme(submission=make_submission(orti), theme=None, heard="", by=coordinator)
    assert not Theme.objects.exists()


def test_theme_of_another_partnership_is_refused(orti, coordinator):
    theme = make_theme(make_public_partnership("scuola"))
    with pytest.raises(ThemeElsewhereError):
        put_into_theme(submission=make_submission(orti), theme=theme, by=coordinator)


def test_message_put_into_a_published_theme_gets_its_answer(orti, coordinator):
    theme = make_theme(orti, outcome="not_possible", why_not="cost", answer_en="There is no money")
    publish_theme(theme=theme, by=coordinator, today=TODAY)
    submission = make_submission(orti, contact_email="anna@example.org")
    put_into_theme(submission=submission, theme=theme, by=coordinator, today=TODAY)
    submission.refresh_from_db()
    assert (submission.state, submission.why_not) == ("not_possible", "cost")
    assert "There is no money" in OutboxMail.objects.get().text


def answered(partnership, coordinator, *, said_on, settled=ANSWERED, **fields):
    submission = make_submission(partnership, **fields)
    reply = reply_to_submission(submission=submission, text="Thank you", by=coordinator, settled=settled, today=said_on)
    SubmissionReply.objects.filter(pk=reply.pk).update(at=NOON)
    return submission


def test_what_was_settled_closes_after_thirty_days_and_once(orti, coordinator):
    submission = answered(orti, coordinator, said_on=TODAY, contact_email="anna@example.org")
    assert close_settled_submissions(today=TODAY + timedelta(days=29)) == 0
    closing = TODAY + timedelta(days=30)
    assert (close_settled_submissions(today=closing), close_settled_submissions(today=closing)) == (1, 0)
    submission.refresh_from_db()
    assert (submission.state, submission.outcome, submission.closed_on) == ("loop_closed", "answered", closing)
    assert AuditEvent.objects.get(verb="submission.closed").actor is None


def test_what_is_owed_or_goes_on_stays_open(orti, coordinator):
    answered(orti, coordinator, said_on=TODAY, settled=Settled(Submission.State.PLANNED))
    come_back = answered(orti, coordinator, said_on=TODAY)
    SubmissionAddition.objects.create(submission=come_back, text="And the other road?", added_hour=NOON)
    said_again = answered(orti, coordinator, said_on=TODAY)
    reply_to_submission(submission=said_again, text="One thing more", by=coordinator)
    make_submission(orti)
    long_after = SubmissionReply.objects.get(text="One thing more").at.date() + timedelta(days=29)
    assert close_settled_submissions(today=long_after) == 0


def test_history_holds_no_words_of_the_resident(orti, coordinator):
    submission = make_submission(orti, "CANARY words", place="CANARY street", contact_email="canary@example.org")
    read_submission(submission=submission, by=coordinator)
    reply_to_submission(submission=submission, text="CANARY answer", by=coordinator)
    for event in AuditEvent.objects.all():
        assert "canary" not in f"{event.subject_label} {event.changes}".lower()
