import pytest

from engagement.models import Survey, SurveyAnswer, SurveyResponse
from engagement.operations.survey_import import (
    ImportRefusedError,
    create_survey_from_form,
    create_survey_from_table,
    import_answers,
)
from engagement.queries.survey import current_version
from engagement.queries.survey_file import answers_from
from engagement.queries.survey_question import form_of
from engagement.rules.xlsform import Problem, Reading
from tests.factories.engagement import make_public_partnership
from tests.factories.surveys import QUESTIONS, make_survey

GOOD = b"Q1,Q2. How safe,Q3,Remarks\nOften,4,,x\nQuasi per nulla,2,It is dark,y\nOften,4,,x\n"


@pytest.fixture
def orti(space):
    return make_public_partnership()


def bring(survey, content, by):
    return import_answers(survey=survey, table=answers_from(content, "answers.csv"), language="it", by=by)


def test_each_row_is_one_person_and_equal_rows_are_two(orti, coordinator):
    survey = make_survey(orti)
    assert bring(survey, GOOD, coordinator).added == 3
    assert bring(survey, GOOD, coordinator).known == 3
    assert SurveyResponse.objects.count() == 3
    assert set(SurveyAnswer.objects.filter(question__code="Q1").values_list("codes__0", flat=True)) == {"1", "3"}
    assert survey.versions.get().frozen_on is not None


@pytest.mark.parametrize("bad", ["Now and then,4,,x", "Often,9,,x", "Often,4,,x\nNever,4,,x"])
def test_one_bad_cell_keeps_everything_out(orti, coordinator, bad):
    survey = make_survey(orti)
    with pytest.raises(ImportRefusedError) as refusal:
        bring(survey, GOOD + bad.encode(), coordinator)
    assert refusal.value.rows[0].row >= 5
    assert SurveyResponse.objects.count() == 0


def test_file_without_a_known_column_and_a_survey_that_takes_none_are_refused(orti, coordinator):
    with pytest.raises(ImportRefusedError):
        bring(make_survey(orti), b"Colour,Shape\nRed,Round\n", coordinator)
    for state in ("draft", "cleaned", "published"):
        with pytest.raises(ImportRefusedError):
            bring(make_survey(orti, state=state), GOOD, coordinator)


def test_form_with_problems_is_brought_only_when_they_are_left_out(orti, coordinator):
    reading = Reading("The park", list(QUESTIONS), [Problem("survey", 7, "?")])
    with pytest.raises(ImportRefusedError) as refusal:
        create_survey_from_form(partnership=orti, reading=reading, by=coordinator)
    assert [row.row for row in refusal.value.rows] == [7]
    assert not Survey.objects.exists()
    survey = create_survey_from_form(partnership=orti, reading=reading, by=coordinator, leaves_out=True)
    assert form_of(current_version(survey)) == list(QUESTIONS)
    assert (survey.languages, survey.state) == ("both", "draft")


def test_table_whose_columns_cannot_be_used_leaves_nothing_behind(orti, coordinator):
    table = answers_from(b"Colour\nRed\nBlue\n", "answers.csv")
    with pytest.raises(ImportRefusedError):
        create_survey_from_table(partnership=orti, table=table, kinds=[""], title="T", language="en", by=coordinator)
    with pytest.raises(ImportRefusedError):
        create_survey_from_table(
            partnership=orti, table=table, kinds=["number"], title="T", language="en", by=coordinator
        )
    assert not Survey.objects.exists()
