import pytest

from engagement.rules.survey_form import Asked, Choice, Kind, asked_of, broken_routes, is_code, sheets

FIRST = Asked("Q1", Kind.YES_NO, "Do you cycle?")
SECOND = Asked("Q2", Kind.SHORT, "Where to?", asked_after="Q1", asked_if=("yes",))
THIRD = Asked("Q3", Kind.SHORT, "Which bicycle?", asked_after="Q2", asked_if=("x",))
LAST = Asked("Q4", Kind.SHORT, "Anything else?")


def codes(questions):
    return [question.code for question in questions]


def test_only_those_are_asked_who_gave_the_answer_a_question_hangs_on():
    assert codes(asked_of([FIRST, SECOND, LAST], {"Q1": ["yes"]})) == ["Q1", "Q2", "Q4"]
    assert codes(asked_of([FIRST, SECOND, LAST], {"Q1": ["no"]})) == ["Q1", "Q4"]
    assert codes(asked_of([FIRST, SECOND, LAST], {})) == ["Q1", "Q4"]


def test_what_hangs_on_a_question_that_is_not_asked_is_not_asked_either():
    given = {"Q1": ["no"], "Q2": ["x"]}
    assert codes(asked_of([FIRST, SECOND, THIRD], given)) == ["Q1"]


def test_question_that_hangs_on_one_of_the_same_page_begins_another():
    assert [codes(page) for page in sheets([FIRST, SECOND, LAST])] == [["Q1"], ["Q2", "Q4"]]
    assert [codes(page) for page in sheets([FIRST, LAST])] == [["Q1", "Q4"]]
    assert sheets([]) == []


def test_section_begins_a_page():
    heading = Asked("S1", Kind.SECTION, "About you")
    assert [codes(page) for page in sheets([FIRST, heading, LAST])] == [["Q1"], ["S1", "Q4"]]


def test_route_to_a_later_question_or_to_an_answer_that_is_none_is_broken():
    assert broken_routes([SECOND, FIRST]) == ["Q2"]
    assert broken_routes([FIRST, Asked("Q2", Kind.SHORT, "?", asked_after="Q1", asked_if=("maybe",))]) == ["Q2"]
    assert broken_routes([FIRST, SECOND]) == []


def test_steps_of_a_scale_carry_the_words_of_its_ends():
    scale = Asked("Q1", Kind.SCALE, lowest=0, highest=2, low_label_en="bad", high_label_en="good", high_label_it="bene")
    assert [(choice.code, choice.label_en, choice.label_it) for choice in scale.choices] == [
        ("0", "0 (bad)", "0 (bad)"),
        ("1", "1", "1"),
        ("2", "2 (good)", "2 (bene)"),
    ]


def test_yes_and_no_has_a_way_out_by_itself():
    assert [choice.code for choice in FIRST.choices] == ["yes", "no", "dk"]
    with_more = Asked("Q1", Kind.YES_NO, options=(Choice("na", "I prefer not to say"),))
    assert [choice.code for choice in with_more.choices] == ["yes", "no", "dk", "na"]


@pytest.mark.parametrize(
    ("text", "fits"), [("Q1", True), ("a_b-2", True), ("", False), ("a b", False), ("é", False), ("x" * 21, False)]
)
def test_codes_are_the_same_in_every_program(text, fits):
    assert is_code(text) is fits
