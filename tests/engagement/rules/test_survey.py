from datetime import date

import pytest

from engagement.models import Survey
from engagement.rules.survey import (
    SurveyFacts,
    can_answer,
    can_edit_wording,
    findings,
    is_publishing_late,
    next_steps,
)
from partnerships.rules.severity import blocking

State = Survey.State
TODAY = date(2026, 11, 29)
READY = SurveyFacts(questions=3, pilots=5, counted=30)


def survey(state="draft", **fields):
    known = {"purpose": "P", "decisions": "D", "population": "W", "report_back_by": date(2026, 12, 31)}
    return Survey(tenant_id=1, state=state, title_en="T", **(known | fields))


def codes(one, to, facts=READY, mode="full"):
    return [finding.code for finding in blocking(findings(one, facts, to=to, today=TODAY), mode)]


def test_each_state_has_its_next_steps():
    assert next_steps("draft") == (State.REVIEWED, State.PILOTED, State.OPEN)
    assert next_steps("open") == (State.CLOSED,)
    assert next_steps("open", is_answered=False) == (State.CLOSED, State.DRAFT)
    assert next_steps("closed") == (State.CLEANED, State.ANALYSED, State.PUBLISHED, State.OPEN)
    assert next_steps("published") == (State.LOOP_CLOSED, State.ANALYSED)
    assert next_steps("loop_closed") == ()


def test_five_people_try_it_or_it_is_written_why_not():
    four = SurveyFacts(questions=3, pilots=4)
    assert codes(survey("reviewed"), "piloted", four) == ["R-E17"]
    assert codes(survey("reviewed"), "open", four) == ["R-E17"]
    assert codes(survey("reviewed", pilot_reason="Asked before"), "open", four) == []
    assert codes(survey("reviewed"), "open", SurveyFacts(questions=3, pilots=5)) == []


def test_three_volunteers_are_told_and_not_stopped():
    four = SurveyFacts(questions=3, pilots=0)
    bare = survey("draft", purpose="", report_back_by=None)
    assert codes(bare, "open", four, mode="light") == []
    assert codes(bare, "open", four) == ["survey purpose", "R-E17", "survey report back"]


@pytest.mark.parametrize(
    "facts",
    [
        SurveyFacts(questions=0),
        SurveyFacts(questions=2, broken=("Q2",)),
        SurveyFacts(questions=2, untranslated=("Q1",)),
    ],
)
def test_nobody_opens_questions_that_are_not_whole(facts):
    assert "survey questions" in codes(survey(), "open", facts, mode="light")


def test_random_sample_needs_its_list():
    assert codes(survey("piloted", recruitment="random_sample"), "open") == ["R-E19"]
    assert codes(survey("piloted", recruitment="random_sample", population_size=400), "open") == []


def test_results_need_what_was_learned_and_the_end_what_becomes_of_it():
    assert codes(survey("analysed"), "published", mode="light") == ["survey reported back"]
    assert codes(survey("analysed", learned_en="L"), "published") == []
    assert codes(survey("published"), "loop_closed", mode="light") == ["survey reported back"]


def test_results_are_owed_sixty_days_after_closing():
    closed = survey("closed", closed_on=date(2026, 9, 30))
    assert not is_publishing_late(closed, today=TODAY)
    assert is_publishing_late(closed, today=date(2026, 11, 30))
    assert not is_publishing_late(survey("published", closed_on=date(2026, 9, 1)), today=TODAY)
    assert not is_publishing_late(survey("open"), today=TODAY)


def test_way_back_is_never_barred():
    assert findings(survey("closed"), SurveyFacts(questions=0, to_check=9), to="open", today=TODAY) == []


def test_answers_are_taken_between_first_and_last_day_only():
    one = survey("open", opens_on=date(2026, 11, 29), closes_on=date(2026, 11, 30))
    assert can_answer(one, today=date(2026, 11, 29))
    assert can_answer(one, today=date(2026, 11, 30))
    assert not can_answer(one, today=date(2026, 11, 28))
    assert not can_answer(one, today=date(2026, 12, 1))
    # What lay in the letter box on the last day is keyed in later.
    assert can_answer(one, today=date(2026, 12, 1), is_at_work=True)
    assert not can_answer(survey("cleaned"), today=TODAY, is_at_work=True)


def test_survey_on_paper_only_takes_no_answers_on_the_web():
    one = survey("open", is_on_web=False)
    assert not can_answer(one, today=TODAY)
    assert can_answer(one, today=TODAY, is_at_work=True)


def test_pilots_answer_before_it_opens_and_nobody_else():
    assert can_answer(survey("reviewed"), today=TODAY, is_pilot=True)
    assert not can_answer(survey("reviewed"), today=TODAY)
    assert not can_answer(survey("open"), today=TODAY, is_pilot=True)


def test_words_stay_after_the_first_answer_and_while_people_answer():
    assert can_edit_wording(survey("draft"), is_frozen=False)
    assert not can_edit_wording(survey("draft"), is_frozen=True)
    assert not can_edit_wording(survey("open"), is_frozen=False)
