"""The real community survey (CC0): 69 people, 53 columns, rebuilt in the builder and its answers taken over, once."""

import pytest

from engagement.models import SurveyAnswer, SurveyResponse
from engagement.operations.survey_import import create_survey_from_table, import_answers
from engagement.queries.survey import current_version
from engagement.queries.survey_file import answers_from
from engagement.queries.survey_question import form_of
from engagement.queries.survey_result import results_of
from engagement.rules.survey_form import Kind
from tests.factories.engagement import make_public_partnership

NAME = "community_survey_anonymized"


@pytest.fixture(params=["xlsx", "csv"])
def table(request, standards):
    path = standards / "survey" / f"{NAME}.{request.param}"
    return answers_from(path.read_bytes(), path.name)


@pytest.fixture
def orti(space):
    return make_public_partnership()


def build(table, partnership, by, kinds=None):
    proposed = kinds or [column.kind for column in table.columns]
    return create_survey_from_table(
        partnership=partnership, table=table, kinds=proposed, title="Community survey", language="en", by=by
    )


def test_columns_are_taken_for_what_they_are(table):
    assert (len(table.columns), len(table.rows), table.errors) == (53, 69, [])
    kinds = {column.text: column.kind for column in table.columns}
    assert kinds["Do you identify as a member of the Blockstack community?"] == Kind.YES_NO
    assert kinds["How well do you understand this mission/vision?"] == Kind.SCALE
    assert kinds[
        "How much do you trust the core developers to make technical decisions in the best interest of the protocol?"
    ] in {Kind.RATING, Kind.SCALE}
    assert kinds["Which other cryptographic tokens do you hold?"] == Kind.MULTI
    assert kinds["Are you interested in participating in governance?"] == Kind.SINGLE
    assert kinds["What else should we have asked?"] == Kind.LONG
    assert kinds["Token"] == ""


def test_real_survey_is_rebuilt_with_every_answer(table, orti, coordinator):
    survey, imported = build(table, orti, coordinator)
    assert (imported.added, imported.known) == (69, 0)
    kept = [column for column in table.columns if column.kind]
    assert len(form_of(current_version(survey))) == len(kept)
    assert SurveyAnswer.objects.count() == sum(column.answers for column in kept)
    assert (survey.state, SurveyResponse.objects.filter(channel="imported").count()) == ("closed", 69)
    assert results_of(survey).answers == 69


def test_same_file_again_adds_nothing(table, orti, coordinator):
    survey, _imported = build(table, orti, coordinator)
    again = import_answers(survey=survey, table=table, language="en", by=coordinator)
    assert (again.added, again.known) == (0, 69)


def test_person_may_take_a_column_for_something_else(table, orti, coordinator):
    kinds = [Kind.LONG if column.kind else "" for column in table.columns]
    survey, imported = build(table, orti, coordinator, kinds)
    assert imported.added == 69
    assert {question.kind for question in form_of(current_version(survey))} == {Kind.LONG}
