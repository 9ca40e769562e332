from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.models import AuditEvent
from engagement.models import SurveyAnswer, SurveyResponse
from engagement.operations.survey import copy_survey
from engagement.operations.survey_feed import feed_indicator
from engagement.operations.survey_question import change_question
from engagement.operations.survey_response import review_response
from engagement.operations.survey_words import add_subject, read_words, set_subjects
from engagement.queries.survey import current_version
from engagement.queries.survey_export import answer_rows
from engagement.queries.survey_question import questions_of
from engagement.queries.survey_result import changes_since, cross_of, results_of
from engagement.rules.survey_answer import Given
from engagement.rules.survey_feed import NotFedError
from engagement.rules.survey_form import Asked, Choice, Kind, Nature
from metrics.models import Indicator, Measurement
from metrics.queries.indicator import points_with_values, with_values
from metrics.rules.series import last_series
from tests.factories.engagement import make_public_partnership
from tests.factories.metrics import make_indicator
from tests.factories.surveys import COMES, QUESTIONS, SAFE, answer, make_survey, people

MULTI = Asked("Q4", Kind.MULTI, "Which?", "Quali?", options=(Choice("a", "A", "A"), Choice("b", "B", "B")))
AGE = Asked("Q5", Kind.NUMBER, "Age?", "Età?")
RANKING = Asked("Q6", Kind.RANKING, "Order?", "Ordine?", options=(Choice("a", "A", "A"), Choice("b", "B", "B")))
ILL = Asked("Q7", Kind.YES_NO, "Ill?", "Malattia?", nature=Nature.SENSITIVE, basis="consent")


@pytest.fixture
def orti(space):
    return make_public_partnership()


def result(survey, code):
    return next(one for one in results_of(survey).questions if one.asked.code == code)


def test_nothing_is_told_from_four_people_and_something_from_twenty(orti):
    survey = make_survey(orti)
    people(survey, 4, Q1="1")
    assert not results_of(survey).is_told
    assert not result(survey, "Q1").is_told
    people(survey, 8, Q1="1")
    people(survey, 8, Q1="2")
    assert [line.words for line in result(survey, "Q1").lines[:2]] == ["60% (12)", "40% (8)"]


def test_each_kind_is_worked_out_in_its_way(orti):
    survey = make_survey(orti, [SAFE, MULTI, AGE, RANKING])
    for number in range(20):
        people(
            survey,
            1,
            Q2="4" if number < 12 else "2",
            Q4="a b" if number < 10 else "b",
            Q5=Given(number=Decimal(30 + number)),
            Q6="a b" if number < 9 else "b a",
        )
    assert result(survey, "Q2").middle == "4"
    assert [line.count for line in result(survey, "Q4").lines] == [10, None]
    assert result(survey, "Q5").middle == "39.5"
    assert [line.count for line in result(survey, "Q6").lines] == [9, 11]


def test_trials_and_what_waits_or_is_set_aside_do_not_count(orti, coordinator):
    survey = make_survey(orti, state="reviewed")
    SurveyResponse.objects.filter(pk__in=[one.pk for one in people(survey, 5, Q1="1")]).update(is_pilot=True)
    type(survey).objects.filter(pk=survey.pk).update(state="open")
    survey.refresh_from_db()
    counted = people(survey, 6, Q1="2")
    review_response(response=counted[0], review="set_aside", by=coordinator)
    found = results_of(survey)
    assert found.answers == 5
    assert any("1 answer was set aside" in words for words in found.honest)


def test_words_are_told_after_somebody_read_them_and_subjects_from_five_on(orti, coordinator):
    survey = make_survey(orti)
    people(survey, 12, Q1="3", Q3=Given(text="Dark corner"))
    rows = list(SurveyAnswer.objects.filter(question__code="Q3").order_by("id"))
    light = add_subject(question=rows[0].question, by=coordinator, label_en="Light")
    noise = add_subject(question=rows[0].question, by=coordinator, label_en="Noise")
    for row in rows[:7]:
        set_subjects(answer=row, subjects=[light.pk], by=coordinator)
    set_subjects(answer=rows[8], subjects=[noise.pk], by=coordinator)
    read_words(answer=rows[0], told_text="Dark […]", is_told=True, by=coordinator)
    found = result(survey, "Q3")
    assert found.words == ["Dark […]"]
    assert {line.choice.label: line.count for line in found.subjects} == {"Light": 7, "Noise": None}
    assert found.unread == 11


def test_two_questions_stand_side_by_side_with_what_is_small_hidden(orti):
    survey = make_survey(orti)
    people(survey, 9, Q1="1", Q2="5")
    people(survey, 8, Q1="1", Q2="2")
    people(survey, 8, Q1="2", Q2="5")
    people(survey, 9, Q1="2", Q2="2")
    people(survey, 2, Q1="1", Q2="4")
    people(survey, 6, Q1="2", Q2="4")
    table = cross_of(results_of(survey), "Q1", "Q2")
    assert table.total == 42
    assert all(cell is None or cell == 0 or cell >= 5 for row in table.cells for cell in row)
    assert any(cell is None for row in table.cells for cell in row)
    assert cross_of(results_of(survey), "Q1", "Q1") is None
    assert cross_of(results_of(survey), "Q1", "Q3") is None
    assert cross_of(results_of(survey), "Q1", "nothing") is None


def test_waves_are_compared_question_by_question_when_words_are_the_same(orti, coordinator):
    first = make_survey(orti)
    people(first, 10, Q1="1")
    people(first, 10, Q1="2")
    assert changes_since(results_of(first)) == (None, [])
    second = copy_survey(survey=first, by=coordinator, is_next_wave=True)
    type(second).objects.filter(pk=second.pk).update(state="open", opened_on="2026-11-01")
    second.refresh_from_db()
    questions_of(current_version(second)).filter(code="Q2").update(text_en="How safe is it at night?")
    people(second, 15, Q1="1")
    people(second, 5, Q1="2")
    verdict, changes = changes_since(results_of(second))
    assert verdict
    assert changes[0].changes[0].words == "50% (10) before, 75% (15) now"
    assert "other words" in changes[1].why_not
    second.population = "Pupils"
    verdict, changes = changes_since(results_of(second))
    assert not verdict
    assert changes == []


def test_figure_goes_to_its_indicator_and_waits_for_a_second_person(orti, coordinator):
    indicator = make_indicator(orti, unit="percent", numerator_en="safe", denominator_en="asked")
    survey = make_survey(orti, state="closed")
    questions_of(current_version(survey)).filter(code="Q2").update(indicator=indicator, counted_codes="4 5")
    survey.state = "open"
    survey.save()
    people(survey, 7, Q2="5")
    people(survey, 8, Q2="2")
    question = questions_of(current_version(survey)).select_related("indicator", "version__survey").get(code="Q2")
    with pytest.raises(NotFedError, match="Close"):
        feed_indicator(question=question, by=coordinator)
    survey.state = "closed"
    survey.save()
    question = questions_of(current_version(survey)).select_related("indicator", "version__survey").get(code="Q2")
    measurement = feed_indicator(question=question, by=coordinator)
    assert (measurement.numerator, measurement.denominator, measurement.state) == (7, 15, Measurement.State.SUBMITTED)
    assert "no margin of error" in measurement.note


@pytest.mark.parametrize(("safe", "others"), [(2, 30), (30, 2), (2, 2)])
def test_figure_that_a_page_hides_is_no_value(orti, coordinator, safe, others):
    survey = make_survey(orti)
    indicator = make_indicator(orti, unit=Indicator.Unit.COUNT)
    questions_of(current_version(survey)).filter(code="Q2").update(indicator=indicator, counted_codes="5")
    people(survey, safe, Q2="5")
    people(survey, others, Q2="2")
    type(survey).objects.filter(pk=survey.pk).update(state="closed", closed_on="2026-10-31")
    question = questions_of(current_version(survey)).get(code="Q2")
    with pytest.raises(NotFedError, match="Too few"):
        feed_indicator(question=question, by=coordinator)
    assert Measurement.objects.count() == 0


def test_rows_for_a_spreadsheet_hold_no_unread_words_no_hour_and_nothing_sensitive_unasked(orti, coordinator):
    survey = make_survey(orti, [*QUESTIONS, MULTI, ILL])
    answer(survey, Q1="3", Q2="4", Q3=Given(text="Ask Rossi"), Q4="a b", Q7="yes")
    header, rows = answer_rows(survey)
    assert header == ["Channel", "Language", *(f"{one.code}. {one.text_en}" for one in (*QUESTIONS, MULTI))]
    assert next(rows) == ["Web", "en", "Hardly", "4", "(not read yet)", "A; B"]
    read_words(answer=SurveyAnswer.objects.get(question__code="Q3"), told_text="Ask […]", is_told=True, by=coordinator)
    header, rows = answer_rows(survey, with_sensitive=True)
    assert next(rows)[-3:] == ["Ask […]", "A; B", "Yes"]
    assert header[-1] == "Q7. Ill?"


def test_space_may_ask_for_more_people(orti, space):
    survey = make_survey(orti, [COMES])
    people(survey, 7, Q1="1")
    people(survey, 7, Q1="2")
    assert result(survey, "Q1").lines[0].count == 7
    from core.queries.tenant import tenant_at_work

    tenant_at_work().smallest_count = 10
    assert result(survey, "Q1").lines[0].count is None


def wave_that_feeds(orti, indicator, closed_on, **changed):
    """A closed survey that gave its figure to an indicator; the words of Q2 as ``changed`` says."""
    survey = make_survey(orti)
    asked = questions_of(current_version(survey)).filter(code="Q2")
    asked.update(**{"indicator": indicator, "counted_codes": "4 5", **changed})
    people(survey, 7, Q2="5")
    people(survey, 8, Q2="2")
    over = {"state": "closed", "opened_on": closed_on.replace(day=1), "closed_on": closed_on}
    type(survey).objects.filter(pk=survey.pk).update(**over)
    rows = questions_of(current_version(survey)).select_related("indicator", "version__survey__partnership")
    return rows.get(code="Q2")


def test_figure_asked_in_other_words_begins_another_series_of_its_indicator(orti, coordinator):
    indicator = make_indicator(orti, unit="percent", numerator_en="safe", denominator_en="asked")
    waves = [(date(2026, 1, 31), {}), (date(2026, 3, 31), {}), (date(2026, 5, 31), {"text_en": "How safe at night?"})]
    waves += [(date(2026, 7, 31), {"text_en": "How safe at night?", "counted_codes": "5"})]
    for closed_on, changed in waves:
        feed_indicator(question=wave_that_feeds(orti, indicator, closed_on, **changed), by=coordinator)
    values = list(indicator.measurements.order_by("period_ends_on"))
    assert [one.method_deviation.partition(":")[0] for one in values] == [
        "", "", "Asked in other words than the time before", "Other answers count than the time before"
    ]  # fmt: skip
    assert values[0].evidence.get().link.endswith("/surveys/1/results/")
    points = points_with_values(with_values(Indicator.objects.all()).get())
    assert [point.is_apart for point in points] == [False, False, True, True]
    assert len(last_series(points)) == 1


def test_next_wave_feeds_the_same_indicators(orti, coordinator):
    question = wave_that_feeds(orti, make_indicator(orti, unit="count"), date(2026, 1, 31))
    copy = copy_survey(survey=question.version.survey, by=coordinator, is_next_wave=True)
    fed = questions_of(current_version(copy)).get(code="Q2")
    assert (fed.indicator_id, fed.counted_codes) == (question.indicator_id, "4 5")


def test_later_wave_tells_nobody_what_an_unpublished_one_found(orti, coordinator):
    first = make_survey(orti)
    people(first, 10, Q1="1")
    second = copy_survey(survey=first, by=coordinator, is_next_wave=True)
    verdict, changes = changes_since(results_of(second), is_public=True)
    assert (bool(verdict), changes) == (False, [])
    assert "not published" in str(verdict.reason)


def test_page_of_results_leads_to_the_indicator_and_its_value(orti, coordinator, signed_in_as):
    question = wave_that_feeds(orti, make_indicator(orti, unit="count", name_en="Feel safe"), date(2026, 1, 31))
    page, browser = "/s/borgo/partnerships/orti/surveys/1/results/", signed_in_as(coordinator)
    assert "Enter this as a value of its indicator" in browser.get(page).content.decode()
    feed_indicator(question=question, by=coordinator)
    html = browser.get(page).content.decode()
    assert "Enter this as a value" not in html
    assert "Not yet checked by a second person" in html
    assert "Feel safe" in html


def test_question_comes_to_feed_an_indicator_also_after_people_answered(orti, coordinator, signed_in_as):
    survey = make_survey(orti)
    people(survey, 7, Q2="5")
    indicator = make_indicator(orti, unit="count", name_en="Feel safe")
    question = questions_of(current_version(survey)).get(code="Q2")
    browser, at = signed_in_as(coordinator), f"surveys/1/questions/{question.pk}/feed/choose/"
    page = f"/s/borgo/partnerships/orti/{at}"
    assert b"Answers that count for it" in browser.get(page).content
    assert browser.post(page, {"indicator": str(indicator.pk), "counted": ["9"]}).status_code == 422
    assert browser.post(page, {"indicator": str(indicator.pk), "counted": ["4", "5"]}).status_code == 302
    question.refresh_from_db()
    assert (question.indicator_id, question.counted_codes) == (indicator.pk, "4 5")
    assert AuditEvent.objects.get(verb="survey.feed_changed").changes["question"] == "Q2"
    api = f"/s/borgo/api/v1/surveys/{survey.pk}/questions/{question.pk}/feed/"
    given = {"indicator": indicator.code, "counted_codes": ["6"]}
    assert browser.put(api, given, content_type="application/json").status_code == 400
    given = {"indicator": "nothing", "counted_codes": []}
    assert browser.put(api, given, content_type="application/json").status_code == 404
    days = make_indicator(orti, unit="median")
    given = {"indicator": days.code, "counted_codes": ["5"]}
    assert "something else" in browser.put(api, given, content_type="application/json").content.decode()
    assert browser.put(api, {"indicator": None}, content_type="application/json").status_code == 200
    question.refresh_from_db()
    assert (question.indicator_id, question.counted_codes) == (None, "")


def test_code_that_nobody_can_choose_counts_for_no_indicator(orti, coordinator):
    survey = make_survey(orti, state="draft")
    question = questions_of(current_version(survey)).get(code="Q2")
    with pytest.raises(ValidationError, match="no answer 6 7"):
        change_question(
            question=question, by=coordinator, indicator=make_indicator(orti, unit="count"), counted_codes="4 6 7"
        )
