import pytest

from engagement.rules import xlsform
from engagement.rules.survey_form import Asked, Choice, Kind, Meaning
from tests.factories.surveys import COMES, SAFE, WHY

SCALE = Asked(
    "Q4", Kind.SCALE, "How far?", "Quanto lontano?", lowest=0, highest=6, low_label_en="near", low_label_it="vicino"
)
YES_NO = Asked("Q5", Kind.YES_NO, "Is it open?", "È aperto?", help_en="On Sunday", help_it="La domenica")
MULTI = Asked(
    "Q6",
    Kind.MULTI,
    "Which?",
    "Quali?",
    options=(
        Choice("1", "A", "A"),
        Choice("2", "B", "B"),
        Choice("na", "I prefer not to say", "Preferisco non rispondere", Meaning.PREFER_NOT),
    ),
)
NUMBER = Asked("Q7", Kind.NUMBER, "How many?", "Quanti?", lowest=0, highest=20, is_required=True)
RANKING = Asked("Q8", Kind.RANKING, "Order?", "Ordine?", options=(Choice("1", "A", "A"), Choice("2", "B", "B")))
SECTION = Asked("S1", Kind.SECTION, "About you", "Su di te")
ALL = [COMES, SAFE, SCALE, YES_NO, MULTI, NUMBER, RANKING, SECTION, WHY]


def rows(header, body):
    return [(number, dict(zip(header, row, strict=True))) for number, row in enumerate(body, start=2)]


def again(questions):
    sheets = xlsform.written(questions, title="T", form_id="t", version="1", language="it")
    return xlsform.read(
        rows(xlsform.SURVEY_HEADER, sheets.survey),
        rows(xlsform.CHOICES_HEADER, sheets.choices),
        title="T",
        language="en",
    )


def test_what_is_written_is_read_again_as_it_was():
    reading = again(ALL)
    assert reading.problems == []
    assert reading.questions == ALL


def test_every_group_that_begins_ends():
    sheets = xlsform.written(
        [SECTION, WHY, Asked("S2", Kind.SECTION, "More", "Altro")], title="T", form_id="t", version="1", language="en"
    )
    types = [row[0] for row in sheets.survey]
    assert types == ["begin_group", "text", "end_group", "begin_group", "end_group"]


def read(*survey, choices=()):
    return xlsform.read(
        [(number, row) for number, row in enumerate(survey, start=2)],
        [(number, row) for number, row in enumerate(choices, start=2)],
        title="T",
        language="it",
    )


def test_bare_labels_are_in_the_language_of_the_space():
    (question,) = read({"type": "text", "name": "q", "label": "Come va?"}).questions
    assert (question.text_it, question.text_en) == ("Come va?", "")


@pytest.mark.parametrize(
    "row",
    [
        {"type": "geopoint", "name": "where", "label": "Where?"},
        {"type": "select_one nowhere", "name": "q", "label": "Which?"},
        {"type": "text", "name": "not a name", "label": "What?"},
        {"type": "text", "name": "q", "label": ""},
        {"type": "text", "name": "q", "label": "What?", "relevant": "${age} > 18"},
    ],
)
def test_what_cannot_be_used_is_named_with_its_row(row):
    problem = read({"type": "text", "name": "first", "label": "First"}, row).problems[0]
    assert (problem.sheet, problem.row) == ("survey", 3)


def test_name_that_stands_twice_is_refused():
    row = {"type": "text", "name": "q", "label": "What?"}
    assert len(read(row, row).questions) == 1
    assert len(read(row, row).problems) == 1


def test_rows_that_ask_nobody_anything_are_passed_over():
    reading = read({"type": "start", "name": "start"}, {"type": "begin group", "name": "g"}, {"type": "end group"})
    assert (reading.questions, reading.problems) == ([], [])


def test_condition_with_equals_is_read_and_no_opinion_is_known_by_its_words():
    reading = read(
        {"type": "select_one l", "name": "a", "label": "?"},
        {"type": "text", "name": "b", "label": "?", "relevant": "${a} = 'x' or ${a}='y'"},
        choices=[
            {"list_name": "l", "name": "x", "label": "X"},
            {"list_name": "l", "name": "y", "label": "Y"},
            {"list_name": "l", "name": "z", "label": "Non so"},
        ],
    )
    assert (reading.questions[1].asked_after, reading.questions[1].asked_if) == ("a", ("x", "y"))
    assert reading.questions[0].options[2].meaning == Meaning.DONT_KNOW
