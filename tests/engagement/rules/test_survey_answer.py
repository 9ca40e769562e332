from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from engagement.rules.survey_answer import MARK, Given, checked, content_key, suspicion, without_names
from engagement.rules.survey_form import Asked, Choice, Kind

OPTIONS = (Choice("a", "A"), Choice("b", "B"), Choice("c", "C"))
SINGLE = Asked("Q1", Kind.SINGLE, "?", options=OPTIONS)
MULTI = Asked("Q2", Kind.MULTI, "?", options=OPTIONS)
NUMBER = Asked("Q3", Kind.NUMBER, "?", lowest=0, highest=10)
WORDS = Asked("Q4", Kind.SHORT, "?")
RANKING = Asked("Q5", Kind.RANKING, "?", options=OPTIONS)
ROUTED = Asked("Q6", Kind.SHORT, "?", asked_after="Q1", asked_if=("a",), is_required=True)
RATINGS = [Asked(f"R{number}", Kind.RATING, "?") for number in range(6)]


@pytest.mark.parametrize(
    ("question", "given"),
    [
        (SINGLE, Given(codes=("x",))),
        (SINGLE, Given(codes=("a", "b"))),
        (MULTI, Given(codes=("a", "a"))),
        (RANKING, Given(codes=("b", "b"))),
        (NUMBER, Given(number=Decimal(11))),
        (NUMBER, Given(number=Decimal(-1))),
        (NUMBER, Given(number=Decimal("NaN"))),
        (WORDS, Given(text="x" * 201)),
        (WORDS, Given(text="\x00")),
    ],
)
def test_what_is_no_answer_is_refused_at_its_question(question, given):
    with pytest.raises(ValidationError) as refusal:
        checked([question], {question.code: given})
    assert list(refusal.value.message_dict) == [question.code]


def test_choices_stand_in_the_order_of_the_question_and_ranks_in_that_of_the_person():
    kept = checked([MULTI, RANKING], {"Q2": Given(codes=("c", "a")), "Q5": Given(codes=("c", "a"))})
    assert kept["Q2"].codes == ("a", "c")
    assert kept["Q5"].codes == ("c", "a")


def test_answer_to_what_was_not_asked_is_dropped_and_required_only_where_it_is_asked():
    assert checked([SINGLE, ROUTED], {"Q1": Given(codes=("b",)), "Q6": Given(text="left over")}) == {
        "Q1": Given(codes=("b",))
    }
    with pytest.raises(ValidationError):
        checked([SINGLE, ROUTED], {"Q1": Given(codes=("a",))})
    assert checked([SINGLE, ROUTED], {"Q1": Given(codes=("a",))}, allows_gaps=True)


def test_equal_answers_have_equal_keys_and_few_have_none():
    five = {f"R{number}": Given(codes=("3",)) for number in range(5)}
    assert content_key(five) == content_key(dict(reversed(five.items())))
    assert content_key(five) != content_key(five | {"R0": Given(codes=("4",))})
    assert content_key(dict(list(five.items())[:4])) == ""


def test_same_step_everywhere_and_nothing_at_all_are_looked_at():
    same = {one.code: Given(codes=("3",)) for one in RATINGS}
    assert suspicion(RATINGS, same) == "straight"
    assert suspicion(RATINGS, same | {"R0": Given(codes=("4",))}) == ""
    assert suspicion(RATINGS, dict(list(same.items())[:4])) == ""
    assert suspicion(RATINGS, {}) == "no_answer"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ask Dr. Rossi Bianchi about it", f"Ask Dr. {MARK} about it"),
        ("La signora non c'è, ma Signora Verdi sì", f"La signora non c'è, ma Signora {MARK} sì"),
        ("Write to anna.b@example.org or +39 340 123 4567", f"Write to {MARK} or {MARK}"),
        ("See www.example.org/x today", f"See {MARK} today"),
        ("Open from 9 to 17", "Open from 9 to 17"),
    ],
)
def test_shapes_of_names_and_addresses_are_marked(text, told):
    assert without_names(text) == told
