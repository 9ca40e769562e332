import pytest
from django.core.exceptions import ValidationError

from metrics.rules.pairs import parse_pairs, value_of_pairs


def test_lines_are_read_with_any_of_the_signs_people_paste():
    assert parse_pairs("3;5\n4\t4\n\n2,5 ; -\n 7 6", "it") == [(3, 5), (4, 4), (2.5, None), (7, 6)]


@pytest.mark.parametrize("text", ["3", "1;2;3", "a;3", "1;2\nAnna 3 5"])
def test_line_that_is_no_pair_is_named(text):
    with pytest.raises(ValidationError, match=f"Line {len(text.splitlines())}"):
        parse_pairs(text, "en")


def test_list_that_is_too_long_is_refused():
    with pytest.raises(ValidationError, match="At most 2000"):
        parse_pairs("1;2\n" * 2001, "en")


def test_who_was_measured_once_is_not_counted_and_lower_may_be_better():
    pairs = parse_pairs("3;5\n4;4\n2;-\n5;1", "en")
    told = value_of_pairs(pairs, more_is_better=True, note="At the school.", language="en")
    assert (told["numerator"], told["denominator"]) == (1, 3)
    assert told["note"].startswith("Of 3 measured both times, 1 are better, 1 the same and 1 worse.")
    assert told["note"].endswith("At the school.")
    assert value_of_pairs(parse_pairs("5;1\n5;2", "en"), more_is_better=False, note="", language="it")["numerator"] == 2
    with pytest.raises(ValidationError, match="both times"):
        value_of_pairs(parse_pairs("5;-", "en"), more_is_better=True, note="", language="en")
