from decimal import Decimal

import pytest

from goals.rules.nesting import Part, is_below, roll_up_sentence, rolled_up, weights_add_up


@pytest.mark.parametrize(
    ("weights", "they_do"),
    [([50, 50], True), ([100], True), ([50, 49], False), ([100, None], False), ([], False), ([60, 50], False)],
)
def test_weights_must_make_a_hundred(weights, they_do):
    assert weights_add_up(weights) is they_do


def test_parts_count_by_their_weight_and_none_for_more_than_itself():
    assert rolled_up([Part(75, Decimal("0.4")), Part(25, Decimal("1.8"))]) == Decimal("0.55")
    assert rolled_up([Part(50, Decimal("-0.5")), Part(50, Decimal("0.5"))]) == Decimal("0.25")


def test_missing_value_is_not_zero():
    parts = [Part(50, Decimal(1)), Part(50, None)]
    assert rolled_up(parts) is None
    assert roll_up_sentence(parts).text_en == "1 of 2 parts have a value: too early to add them up."


def test_weights_that_do_not_add_up_say_so():
    assert "90 %" in roll_up_sentence([Part(40, Decimal(1)), Part(50, Decimal(1))]).text_it


def test_goal_is_below_its_parents_parent():
    parents = {1: None, 2: 1, 3: 2}
    assert is_below(3, 1, parents)
    assert not is_below(1, 3, parents)
