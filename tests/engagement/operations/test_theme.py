from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.models import AuditEvent, OutboxMail
from engagement.models import Submission, Theme
from engagement.operations.theme import (
    ThemeNotReadyError,
    change_theme,
    create_theme,
    publish_theme,
    reopen_due_themes,
    unpublish_theme,
)
from engagement.operations.theme_goal import suggest_goal_from
from engagement.queries.theme_hearer import residents_to_write_to
from goals.operations.suggestion import answer_suggestion
from partnerships.models import Task
from tests.factories.engagement import file_under, make_public_partnership, make_submission, make_theme

TODAY = date(2026, 11, 23)


@pytest.fixture
def orti(space):
    return make_public_partnership()


def test_theme_says_what_was_heard_in_at_least_one_language(orti, coordinator):
    with pytest.raises(ValidationError):
        create_theme(partnership=orti, by=coordinator, heard_en="", heard_it="")
    assert not Theme.objects.exists()


def test_done_without_evidence_is_refused(orti, coordinator):
    with pytest.raises(ThemeNotReadyError):
        create_theme(partnership=orti, by=coordinator, heard_en="Dark", outcome="done", answer_en="Lamps are up")


@pytest.mark.parametrize(("state", "allowed"), [("in_progress", False), ("done", True)])
def test_done_by_a_task_needs_the_task_to_be_finished(orti, coordinator, state, allowed):
    task = Task.objects.create(partnership=orti, number=1, title="Lamps", state=state)
    given = {"heard_en": "Dark", "outcome": "done", "answer_en": "Lamps are up", "task": task}
    if allowed:
        assert create_theme(partnership=orti, by=coordinator, **given)
    else:
        with pytest.raises(ThemeNotReadyError, match="not finished"):
            create_theme(partnership=orti, by=coordinator, **given)


def test_publishing_sets_the_day_once(orti, coordinator):
    theme = make_theme(orti, outcome="not_possible", why_not="cost", answer_en="There is no money")
    assert publish_theme(theme=theme, by=coordinator, today=TODAY).published_on == TODAY
    assert publish_theme(theme=theme, by=coordinator, today=date(2026, 12, 1)).published_on == TODAY
    assert AuditEvent.objects.filter(verb="theme.published").count() == 1


def test_publishing_answers_those_who_wait_and_leaves_answered_ones_alone(orti, coordinator):
    theme = make_theme(orti, outcome="partly", answer_en="Two lamps in May")
    waiting, answered = make_submission(orti), make_submission(orti)
    file_under(theme, waiting, answered)
    Submission.objects.filter(pk=answered.pk).update(state="answered")
    publish_theme(theme=theme, by=coordinator, today=TODAY)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.answered_on, waiting.replies.get().text) == ("answered", TODAY, "Two lamps in May")
    assert not answered.replies.exists()


def test_open_question_is_published_without_answering_anybody(orti, coordinator):
    theme = make_theme(orti)
    submission = make_submission(orti)
    file_under(theme, submission)
    publish_theme(theme=theme, by=coordinator, today=TODAY)
    assert not submission.replies.exists()
    change_theme(theme=theme, by=coordinator, today=TODAY, outcome="partly", answer_en="Two lamps in May")
    assert submission.replies.get().text == "Two lamps in May"


def test_unfit_theme_is_not_published(orti, coordinator):
    theme = make_theme(orti, outcome="planned", answer_en="Lamps will come")
    with pytest.raises(ThemeNotReadyError, match="which day"):
        publish_theme(theme=theme, by=coordinator)
    theme.refresh_from_db()
    assert theme.published_on is None


def test_published_theme_stays_fit_when_it_is_changed(orti, coordinator):
    theme = make_theme(orti, outcome="partly", answer_en="Two lamps")
    publish_theme(theme=theme, by=coordinator)
    with pytest.raises(ThemeNotReadyError):
        change_theme(theme=theme, by=coordinator, answer_en="")
    theme.refresh_from_db()
    assert theme.answer_en == "Two lamps"


def test_taking_off_the_page_is_written_down(orti, coordinator):
    theme = publish_theme(theme=make_theme(orti), by=coordinator, today=TODAY)
    assert unpublish_theme(theme=theme, by=coordinator).published_on is None
    assert AuditEvent.objects.get(verb="theme.unpublished").changes == {"published_on": ["2026-11-23", ""]}


def test_a_plan_that_comes_true_is_told_to_whoever_was_told_the_plan(orti, coordinator):
    theme = make_theme(orti, outcome="planned", answer_en="A bench in May", outcome_on=date(2027, 5, 1))
    submission = make_submission(orti)
    file_under(theme, submission)
    publish_theme(theme=theme, by=coordinator, today=TODAY)
    submission.refresh_from_db()
    assert submission.state == "action_planned"
    task = Task.objects.create(partnership=orti, number=1, title="Bench", state="done")
    fields = {"outcome": "done", "answer_en": "The bench is there", "task": task, "outcome_on": None}
    change_theme(theme=theme, by=coordinator, today=TODAY, **fields)
    submission.refresh_from_db()
    assert (submission.state, submission.outcome) == ("done", "done")
    assert [reply.text for reply in submission.replies.order_by("at")] == ["A bench in May", "The bench is there"]


def test_the_same_words_are_not_mailed_twice_when_only_the_outcome_changes(orti, coordinator):
    theme = make_theme(orti, outcome="partly", answer_en="We look at it")
    submission = make_submission(orti)
    file_under(theme, submission)
    publish_theme(theme=theme, by=coordinator, today=TODAY)
    change_theme(theme=theme, by=coordinator, today=TODAY, outcome="not_possible", why_not="cost")
    submission.refresh_from_db()
    assert (submission.state, submission.why_not, submission.replies.count()) == ("not_possible", "cost", 1)


def test_message_in_two_themes_gets_both_answers(orti, coordinator):
    first, second = make_theme(orti, outcome="partly", answer_en="Lamps"), make_theme(orti, "Benches")
    submission = make_submission(orti)
    file_under(first, submission)
    file_under(second, submission)
    publish_theme(theme=first, by=coordinator, today=TODAY)
    publish_theme(theme=second, by=coordinator, today=TODAY)
    fields = {"outcome": "not_possible", "why_not": "cost", "answer_en": "No benches"}
    change_theme(theme=second, by=coordinator, today=TODAY, **fields)
    assert {reply.text for reply in submission.replies.all()} == {"Lamps", "No benches"}


def test_a_promise_opens_again_the_day_after_its_date_and_once(orti, coordinator):
    theme = make_theme(orti, outcome="planned", answer_en="In May", outcome_on=TODAY)
    submission = make_submission(orti)
    file_under(theme, submission)
    publish_theme(theme=theme, by=coordinator, today=TODAY)
    assert reopen_due_themes(today=TODAY) == 0
    after = date(2026, 11, 24)
    assert [reopen_due_themes(today=after) for _ in range(2)] == [1, 0]
    submission.refresh_from_db()
    theme.refresh_from_db()
    assert (submission.state, theme.reopened_on) == ("triaged", after)
    change_theme(theme=theme, by=coordinator, today=after, outcome_on=date(2027, 5, 1), answer_en="In May after all")
    theme.refresh_from_db()
    assert theme.reopened_on is None
    submission.refresh_from_db()
    assert submission.state == "action_planned"


def answered_suggestion_from(theme, coordinator, **fields):
    suggestion = suggest_goal_from(theme=theme, by=coordinator, member=None, text="Lamps in the park", **fields)
    answer = {"to": "declined", "answer": "No money before May.", "at": timezone.now(), "language": "en"}
    count = residents_to_write_to(suggestion)
    answer_suggestion(suggestion=suggestion, by=coordinator, **answer)
    return count


def test_residents_behind_a_theme_are_told_once_what_became_of_a_suggestion(orti, coordinator):
    theme, other = make_theme(orti), make_theme(orti, "Something else")
    told = make_submission(orti, contact_email="rosa@example.org", language="it")
    joined = make_submission(orti, contact_email="ugo@example.org", language="en")
    wants_none = make_submission(orti, contact_email="eva@example.org", wants_reply=False)
    gone, elsewhere = (make_submission(orti, contact_email=f"{name}@example.org") for name in ("bo", "al"))
    file_under(theme, told, wants_none, gone)
    file_under(other, elsewhere)
    Submission.objects.filter(pk=joined.pk).update(duplicate_of=told, state="merged")
    Submission.objects.filter(pk=gone.pk).update(state="spam")
    assert answered_suggestion_from(theme, coordinator) == 2
    mails = {mail.to: mail for mail in OutboxMail.objects.all()}
    assert set(mails) == {"rosa@example.org", "ugo@example.org"}
    assert "è nata una proposta per i nostri obiettivi: “Lamps in the park”" in mails["rosa@example.org"].text
    assert "Not taken up: No money before May." in mails["ugo@example.org"].text
    assert "/p/borgo/follow/" in mails["ugo@example.org"].text
    assert "No money" in wants_none.replies.get().text
    assert not gone.replies.exists()
    told.refresh_from_db()
    assert (told.state, told.answered_on) == ("received", None)
    assert AuditEvent.objects.get(verb="theme.residents_told").changes == {"messages": 3}


def test_who_answers_a_suggestion_reads_beforehand_how_many_residents_get_it(orti, coordinator, signed_in_as):
    theme = make_theme(orti)
    file_under(theme, make_submission(orti, contact_email="rosa@example.org"))
    suggestion = suggest_goal_from(theme=theme, by=coordinator, member=None, text="Lamps in the park")
    page = signed_in_as(coordinator).get(f"/s/borgo/partnerships/orti/goals/suggestions/{suggestion.pk}/")
    assert "1 resident whose words it was made from gets it by mail" in page.content.decode()
