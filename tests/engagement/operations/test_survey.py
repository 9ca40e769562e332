from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from core.models import AuditEvent
from engagement.models import Survey, SurveyAnswer, SurveyResponse
from engagement.operations.survey import (
    SurveyRefusedError,
    advance_survey,
    begin_new_version,
    change_survey,
    close_ended_surveys,
    copy_survey,
)
from engagement.operations.survey_question import (
    WordingFrozenError,
    add_question,
    change_question,
    copy_question,
    move_question,
    remove_question,
    replace_questions,
    restore_question,
)
from engagement.queries.report_back_due import report_back_due_items
from engagement.queries.survey import current_version
from engagement.queries.survey_question import form_of, questions_of
from engagement.rules.notice import NOTICE_VERSION
from engagement.rules.survey_form import Asked, Choice, Kind
from partnerships.models import Partnership
from partnerships.queries.due import Step
from tests.factories.engagement import make_public_partnership
from tests.factories.surveys import COMES, QUESTIONS, answer, make_survey

TODAY = date(2026, 11, 29)


@pytest.fixture
def orti(space):
    return make_public_partnership(mode="full")


def codes(survey):
    return [question.code for question in form_of(current_version(survey))]


def question(survey, code):
    return questions_of(current_version(survey)).get(code=code)


def test_surveys_of_a_partnership_are_numbered(orti):
    assert [make_survey(orti).number, make_survey(orti).number, make_survey(make_public_partnership("b")).number] == [
        1,
        2,
        1,
    ]


def test_title_and_days_in_order_are_needed(orti):
    with pytest.raises(ValidationError):
        make_survey(orti, title_en="", title_it="")
    with pytest.raises(ValidationError):
        make_survey(orti, opens_on=date(2026, 12, 2), closes_on=date(2026, 12, 1))


def test_survey_goes_from_draft_to_what_became_of_it(orti, coordinator):
    survey = make_survey(orti, state="draft", report_back_by=date(2026, 12, 31), pilot_reason="Asked last year")
    for state in ("reviewed", "piloted", "open", "closed", "cleaned", "analysed"):
        advance_survey(survey=survey, to=state, by=coordinator, today=TODAY)
    change_survey(survey=survey, by=coordinator, learned_en="Lamps", became_en="We put up lamps")
    for state in ("published", "loop_closed"):
        advance_survey(survey=survey, to=state, by=coordinator, today=TODAY)
    survey.refresh_from_db()
    assert (survey.opened_on, survey.closed_on, survey.published_on, survey.answered_on) == (TODAY,) * 4
    assert survey.notice_version == NOTICE_VERSION
    assert AuditEvent.objects.filter(verb="survey.moved").count() == 8


def test_five_pilots_open_the_way(orti, coordinator):
    survey = make_survey(orti, state="reviewed", report_back_by=date(2026, 12, 31))
    for _number in range(4):
        answer(survey, Q1="1", fields={"is_pilot": True})
    with pytest.raises(SurveyRefusedError) as refusal:
        advance_survey(survey=survey, to="piloted", by=coordinator, today=TODAY)
    assert [finding.code for finding in refusal.value.findings] == ["R-E17"]
    answer(survey, Q1="1", fields={"is_pilot": True})
    assert advance_survey(survey=survey, to="piloted", by=coordinator, today=TODAY) == []


def test_three_volunteers_open_at_once_and_are_told_what_is_missing(space, coordinator):
    survey = make_survey(make_public_partnership("three", mode="light"), state="draft")
    told = advance_survey(survey=survey, to="open", by=coordinator, today=TODAY)
    assert [finding.code for finding in told] == ["R-E17", "survey report back"]


def test_survey_closes_by_itself_as_of_its_last_day_and_once(orti):
    survey = make_survey(orti, closes_on=TODAY)
    assert close_ended_surveys(today=TODAY) == 0
    later = TODAY + timedelta(days=3)
    assert (close_ended_surveys(today=later), close_ended_surveys(today=later)) == (1, 0)
    survey.refresh_from_db()
    assert (survey.state, survey.closed_on) == ("closed", TODAY)


def test_coordination_is_reminded_of_the_results_and_then_of_what_became_of_them(orti, coordinator):
    Partnership.objects.filter(pk=orti.pk).update(coordinator=coordinator)
    report_back_by, week = date(2027, 2, 1), timedelta(days=7)
    survey = make_survey(orti, state="analysed", report_back_by=report_back_by, learned_en="Lamps")
    due = date(2026, 10, 31) + timedelta(days=60)
    assert report_back_due_items(today=due - timedelta(days=8), within=week) == []
    (item,) = report_back_due_items(today=due - week, within=week)
    assert (item.step, item.person_id, item.due_on) == (Step.REPORT_BACK, coordinator.pk, due)
    advance_survey(survey=survey, to="published", by=coordinator, today=due)
    (item,) = report_back_due_items(today=report_back_by + timedelta(days=1), within=week)
    assert (item.step, item.due_on, "what became of it" in item.title) == (Step.REPORT_LATE, report_back_by, True)
    change_survey(survey=survey, by=coordinator, became_en="We put up lamps")
    advance_survey(survey=survey, to="loop_closed", by=coordinator, today=due)
    assert report_back_due_items(today=report_back_by, within=week) == []


def test_state_that_is_not_next_is_refused(orti, coordinator):
    survey = make_survey(orti)
    for state in ("published", "reviewed", "nonsense"):
        with pytest.raises(SurveyRefusedError):
            advance_survey(survey=survey, to=state, by=coordinator)


def test_missing_words_in_an_offered_language_stop_it(orti, coordinator):
    only_english = Asked("Q1", Kind.LONG, "What is missing?")
    survey = make_survey(orti, [only_english], state="draft", pilot_reason="x", report_back_by=date(2026, 12, 31))
    with pytest.raises(SurveyRefusedError, match="Q1"):
        advance_survey(survey=survey, to="open", by=coordinator, today=TODAY)
    change_survey(survey=survey, by=coordinator, languages="en")
    advance_survey(survey=survey, to="open", by=coordinator, today=TODAY)


def test_whom_is_asked_stays_once_it_is_open(orti, coordinator):
    survey = make_survey(orti)
    with pytest.raises(ValidationError):
        change_survey(survey=survey, by=coordinator, recruitment="random_sample")
    change_survey(survey=survey, by=coordinator, closes_on=date(2026, 12, 24), recruitment="open_link")


def test_questions_are_added_moved_copied_taken_out_and_put_back(orti, coordinator):
    survey = make_survey(orti, state="draft")
    added = add_question(survey=survey, by=coordinator, kind="number", text_en="How old?", text_it="Quanti anni?")
    assert codes(survey) == ["Q1", "Q2", "Q3", "Q4"]
    move_question(question=added, by=coordinator, steps=-1)
    move_question(question=question(survey, "Q1"), by=coordinator, steps=-1)
    assert codes(survey) == ["Q1", "Q2", "Q4", "Q3"]
    copy_question(question=question(survey, "Q1"), by=coordinator)
    assert codes(survey) == ["Q1", "Q5", "Q2", "Q4", "Q3"]
    assert form_of(current_version(survey))[1].options == COMES.options
    taken_out = question(survey, "Q2")
    remove_question(question=taken_out, by=coordinator)
    assert codes(survey) == ["Q1", "Q5", "Q4", "Q3"]
    restore_question(question=taken_out, by=coordinator)
    assert codes(survey) == ["Q1", "Q5", "Q2", "Q4", "Q3"]


def test_question_that_hangs_on_one_taken_out_is_asked_of_everybody(orti, coordinator):
    survey = make_survey(orti, state="draft")
    remove_question(question=question(survey, "Q1"), by=coordinator)
    assert form_of(current_version(survey))[-1].asked_after == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "single", "text_en": "Which?"},
        {"kind": "single", "text_en": "Which?", "options": [Choice("1", "A"), Choice("1", "B")]},
        {"kind": "single", "text_en": "Which?", "options": [Choice("a b", "A"), Choice("1", "B")]},
        {"kind": "ranking", "text_en": "Order?", "options": [Choice(str(n), str(n)) for n in range(6)]},
        {"kind": "scale", "text_en": "How?"},
        {"kind": "scale", "text_en": "How?", "lowest": 0, "highest": 11},
        {"kind": "number", "text_en": "How?", "lowest": 5, "highest": 5},
        {"kind": "short_text"},
        {"kind": "short_text", "text_en": "?", "code": "Q1"},
        {"kind": "short_text", "text_en": "Ill?", "nature": "sensitive"},
    ],
)
def test_question_nobody_could_answer_is_refused(orti, coordinator, fields):
    survey = make_survey(orti, state="draft")
    with pytest.raises(ValidationError):
        add_question(survey=survey, by=coordinator, **fields)
    assert codes(survey) == ["Q1", "Q2", "Q3"]


def test_sensitive_question_needs_its_basis(orti, coordinator):
    survey = make_survey(orti, state="draft")
    add_question(survey=survey, by=coordinator, kind="yes_no_dk", text_en="Ill?", nature="sensitive", basis="consent")
    assert form_of(current_version(survey))[-1].basis == "consent"


def test_indicator_and_route_of_another_partnership_are_refused(orti, coordinator):
    from tests.factories.metrics import make_indicator

    survey = make_survey(orti, state="draft")
    elsewhere = make_survey(make_public_partnership("b"), state="draft")
    with pytest.raises(ValidationError):
        add_question(
            survey=survey,
            by=coordinator,
            kind="long_text",
            text_en="?",
            asked_after=question(elsewhere, "Q1"),
            asked_if="1",
        )
    with pytest.raises(ValidationError):
        add_question(
            survey=survey,
            by=coordinator,
            kind="long_text",
            text_en="?",
            indicator=make_indicator(elsewhere.partnership),
        )


def test_words_stay_after_the_first_answer_and_other_words_are_another_version(orti, coordinator):
    survey = make_survey(orti, state="reviewed")
    answer(survey, Q1="1", fields={"is_pilot": True})
    first = question(survey, "Q1")
    for act in (
        lambda: add_question(survey=survey, by=coordinator, kind="long_text", text_en="?"),
        lambda: change_question(question=first, by=coordinator, text_en="Other words"),
        lambda: move_question(question=first, by=coordinator, steps=1),
        lambda: remove_question(question=first, by=coordinator),
        lambda: replace_questions(survey=survey, questions=QUESTIONS, by=coordinator),
    ):
        with pytest.raises(WordingFrozenError):
            act()
    begin_new_version(survey=survey, by=coordinator)
    change_question(question=question(survey, "Q1"), by=coordinator, text_en="Other words", options=COMES.options)
    first.refresh_from_db()
    assert first.text_en == COMES.text_en
    assert current_version(survey).number == 2
    with pytest.raises(WordingFrozenError):
        change_question(question=first, by=coordinator, text_en="Again")
    assert SurveyResponse.objects.get().version.number == 1


def test_new_version_needs_an_answer_and_a_survey_that_is_not_open(orti, coordinator):
    with pytest.raises(SurveyRefusedError):
        begin_new_version(survey=make_survey(orti, state="draft"), by=coordinator)
    survey = make_survey(orti)
    answer(survey, Q1="1")
    with pytest.raises(SurveyRefusedError):
        begin_new_version(survey=survey, by=coordinator)


def test_open_survey_is_put_right_until_the_first_answer(orti, coordinator):
    survey = make_survey(orti)
    advance_survey(survey=survey, to="draft", by=coordinator)
    change_question(question=question(survey, "Q1"), by=coordinator, text_en="Other words", options=COMES.options)
    change_survey(survey=survey, by=coordinator, pilot_reason="One word", report_back_by=date(2099, 1, 1))
    advance_survey(survey=survey, to="open", by=coordinator, today=TODAY)
    survey.refresh_from_db()
    assert survey.opened_on == TODAY
    answer(survey, Q1="1")
    with pytest.raises(SurveyRefusedError, match="in a copy"):
        advance_survey(survey=survey, to="draft", by=coordinator)
    assert SurveyResponse.objects.get().version.number == 1


def test_copy_has_the_questions_and_no_answers(orti, coordinator):
    survey = make_survey(orti)
    answer(survey, Q1="1", Q2="4")
    copy = copy_survey(survey=survey, by=coordinator, is_next_wave=True)
    assert form_of(current_version(copy)) == list(QUESTIONS)
    assert (copy.state, copy.previous_wave, copy.opened_on) == ("draft", survey, None)
    assert SurveyAnswer.objects.filter(response__survey=copy).count() == 0
    assert copy_survey(survey=survey, by=coordinator).previous_wave is None


def test_loop_is_not_closed_in_the_database_without_words(orti):
    from django.db import IntegrityError

    survey = make_survey(orti, state="published")
    with pytest.raises(IntegrityError, match="reported_back"):
        Survey.objects.filter(pk=survey.pk).update(state="loop_closed")
