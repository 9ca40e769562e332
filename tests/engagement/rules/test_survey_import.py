import pytest

from engagement.rules.survey_form import Asked, Choice, Kind
from engagement.rules.survey_import import Column, given_in, proposed_kind, question_for, question_with, split

SINGLE = Asked("Q1", Kind.SINGLE, "Which?", "Quale?", options=(Choice("1", "Red", "Rosso"), Choice("2", "Blue", "Blu")))


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["", "", ""], ""),
        (["a1b2c3d4e5f6", "g1b2c3d4e5f6", "h1b2c3d4e5f6"], ""),
        (["1", "5", "3", "3"], Kind.RATING),
        (["0", "6", "3"], Kind.SCALE),
        (["12", "40", "3"], Kind.NUMBER),
        (["1.5", "2"], Kind.NUMBER),
        (["Yes", "No", "Yes", "I'm not sure"], Kind.YES_NO),
        (["Red", "Red", "Blue", "Blue"], Kind.SINGLE),
        (["Red, Blue", "Blue", "Red, Green", "Green", "Red", "Blue, Green"], Kind.MULTI),
        (["near the station", "by the lake", "no idea"], Kind.SHORT),
        (["I think that " + "the lamps matter " * 9, "Nothing at all"], Kind.LONG),
    ],
)
def test_kind_is_proposed_from_what_stands_in_a_column(values, kind):
    assert proposed_kind(values) == kind


def test_commas_in_brackets_do_not_set_answers_apart():
    assert split("Paid (full-time, part-time), None") == ["Paid (full-time, part-time)", "None"]
    assert split("Red; Blue, dark") == ["Red", "Blue, dark"]


def test_question_of_a_column_has_the_answers_found_in_it():
    column = Column("Which *colours* do [you](https://x.example) like?", ("Red, Blue", "Blue", ""), Kind.MULTI)
    asked = question_for(column, code="Q7", kind=Kind.MULTI, language="en")
    assert asked.text_en == "Which colours do you like?"
    assert [choice.label_en for choice in asked.options] == ["Red", "Blue"]


def test_more_answers_than_can_be_chosen_from_are_words():
    column = Column("?", tuple(f"answer {number}" for number in range(61)), Kind.SINGLE)
    with pytest.raises(ValueError, match="words"):
        question_for(column, code="Q1", kind=Kind.SINGLE, language="en")


@pytest.mark.parametrize("header", ["Q1", "Q1. Anything", "Which?", "quale?"])
def test_column_is_known_by_code_or_words(header):
    assert question_with(header, [SINGLE]) is SINGLE
    assert question_with("Where?", [SINGLE]) is None


def test_cells_are_read_in_both_languages_by_label_or_code():
    assert [given_in(SINGLE, cell).codes for cell in ("red", "Blu", "2", "2.0")] == [("1",), ("2",), ("2",), ("2",)]
    assert not given_in(SINGLE, " ")
    with pytest.raises(ValueError, match="Green"):
        given_in(SINGLE, "Green")
    rating = Asked("Q2", Kind.RATING, "How?")
    assert given_in(rating, "3.0").codes == ("3",)
    yes_no = Asked("Q3", Kind.YES_NO, "Is it?")
    assert [given_in(yes_no, cell).codes[0] for cell in ("Yes!", "NO", "Not sure")] == ["yes", "no", "dk"]
    with pytest.raises(ValueError, match="number"):
        given_in(Asked("Q4", Kind.NUMBER, "How many?"), "many")
