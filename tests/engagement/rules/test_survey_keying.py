import pytest

from engagement.rules.survey_form import Asked, Choice, Kind, Meaning
from engagement.rules.survey_keying import given_by_keys, keys_of

MULTI = Asked(
    "Q1",
    Kind.MULTI,
    "Which?",
    options=(Choice("a", "A"), Choice("b", "B"), Choice("na", "Rather not", meaning=Meaning.PREFER_NOT)),
)
SCALE = Asked("Q2", Kind.SCALE, "How?", lowest=0, highest=3, options=(Choice("dk", "?", meaning=Meaning.DONT_KNOW),))


def test_steps_are_their_own_numbers_and_no_opinion_is_the_same_everywhere():
    assert [key for key, _choice in keys_of(MULTI)] == ["1", "2", "99"]
    assert [key for key, _choice in keys_of(SCALE)] == ["0", "1", "2", "3", "88"]
    assert [key for key, _choice in keys_of(Asked("Q3", Kind.YES_NO, "?"))] == ["1", "2", "88"]


@pytest.mark.parametrize("typed", ["1 2", "1,2", "1;  2", "1.2"])
def test_numbers_are_set_apart_in_any_way(typed):
    assert given_by_keys(MULTI, typed).codes == ("a", "b")


def test_number_beside_no_answer_is_refused():
    with pytest.raises(ValueError, match="7"):
        given_by_keys(MULTI, "1 7")
    with pytest.raises(ValueError, match="number"):
        given_by_keys(Asked("Q4", Kind.NUMBER, "?"), "x")


def test_empty_is_no_answer_and_words_stay_words():
    assert not given_by_keys(MULTI, "  ")
    assert given_by_keys(Asked("Q5", Kind.SHORT, "?"), "12 cats").text == "12 cats"
    assert given_by_keys(SCALE, "0").codes == ("0",)
