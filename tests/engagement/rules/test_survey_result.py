from decimal import Decimal

import pytest

from engagement.rules.survey_cross_table import cross_table, side_of
from engagement.rules.survey_form import Asked, Choice, Kind, Meaning, Nature
from engagement.rules.survey_result import (
    Sampling,
    Wave,
    can_compare_waves,
    cell_of_part,
    change_words,
    honest_words,
    is_same_wording,
    lines_of,
    middle_number,
    middle_of,
    smallest_for,
)

OPEN = Sampling("open_link")
SAMPLE = Sampling("random_sample", 400)
OPTIONS = (Choice("a", "A"), Choice("b", "B"), Choice("c", "C"), Choice("dk", "?", meaning=Meaning.DONT_KNOW))
SINGLE = Asked("Q1", Kind.SINGLE, "Which?", options=OPTIONS)
RATING = Asked("Q2", Kind.RATING, "How?")


def told(question, counts, *, sampling=OPEN, smallest=5):
    return lines_of(question, counts, sum(counts.values()), smallest=smallest, sampling=sampling)


def counts_of(lines):
    return {line.choice.code: line.count for line in lines}


def test_small_counts_are_hidden_and_one_more_with_them():
    assert counts_of(told(SINGLE, {"a": 20, "b": 15, "c": 2})) == {
        "a": 20,
        "b": 15,
        "c": None,
        "dk": None,
    } or counts_of(told(SINGLE, {"a": 20, "b": 15, "c": 2})) == {"a": 20, "b": None, "c": None, "dk": 0}


def test_nothing_is_told_from_fewer_than_five():
    assert set(counts_of(told(SINGLE, {"a": 2, "b": 2})).values()) == {None}


def test_choice_of_any_hides_both_sides_of_a_small_part():
    assert cell_of_part(3, 30, smallest=5).count is None
    assert cell_of_part(28, 30, smallest=5).count is None
    assert cell_of_part(12, 30, smallest=5).count == 12
    assert cell_of_part(12, 30, smallest=15).count is None
    assert cell_of_part(4, 4, smallest=5).count is None


def test_percentages_stand_from_twenty_answers_on():
    few = told(SINGLE, {"a": 10, "b": 9})
    many = told(SINGLE, {"a": 10, "b": 10})
    assert [(line.percent, line.words) for line in few[:1]] == [(None, "10 of 19")]
    assert [(line.percent, line.words) for line in many[:1]] == [(50, "50% (10)")]


def test_only_a_random_sample_with_a_known_list_has_a_range():
    counts = {"a": 60, "b": 40}
    assert told(SINGLE, counts, sampling=SAMPLE)[0].interval == "between 52% and 68% of all, with 95% certainty"
    for other in (OPEN, Sampling("invited_list", 400), Sampling("random_sample"), Sampling("door_to_door", 400)):
        assert told(SINGLE, counts, sampling=other)[0].interval == ""


def middle(counts):
    lines = told(RATING, counts)
    return middle_of(RATING, lines, sum(counts.values()))


def test_middle_of_a_scale_is_told_where_all_counts_are():
    assert middle({"1": 6, "2": 7, "3": 8, "4": 9, "5": 20}) == "4"
    assert middle({"2": 6, "3": 6}) == "between 2 and 3"


def test_middle_is_not_told_where_it_says_more_than_the_counts():
    # Hidden are 1 and 2 of which one is small: where the middle stands depends on which.
    assert middle({"1": 4, "2": 6, "3": 10}) == ""
    assert middle({"1": 2, "2": 9, "3": 40, "4": 10}) == "3"


def test_middle_of_numbers_needs_five():
    assert middle_number([Decimal(1), Decimal(2), Decimal(3), Decimal(4)], smallest=5) == ""
    assert middle_number([Decimal(1), Decimal(2), Decimal("3.5"), Decimal(4), Decimal(9)], smallest=5) == "3.5"


def honest(sampling, answers=30, **fields):
    known = {"population": "all families", "invited": 0, "set_aside": 0, "smallest": 5}
    return honest_words(sampling, answers=answers, **(known | fields))


def test_open_link_speaks_of_those_who_answered_and_has_no_margin_of_error():
    words = honest(OPEN)[0]
    assert "30 people answered because they wanted to" in words
    assert "no margin of error" in words
    assert "all families" in words


def test_words_fit_how_people_were_found():
    assert "60 were invited" in honest(Sampling("invited_list"), invited=60)[0]
    assert "drawn at random from 400" in honest(SAMPLE)[0]
    assert "no margin of error" in honest(Sampling("random_sample"))[0]


def test_few_answers_and_answers_set_aside_are_said():
    assert len(honest(OPEN, answers=4)) == 1
    assert any("no percentages" in words for words in honest(OPEN, answers=19))
    assert not any("no percentages" in words for words in honest(OPEN, answers=20))
    assert any("2 answers were set aside" in words for words in honest(OPEN, set_aside=2))


def test_children_and_sensitive_questions_are_told_from_ten_on():
    ill = Asked("Q9", Kind.YES_NO, "Ill?", nature=Nature.SENSITIVE)
    assert smallest_for(5, min_age=14) == 5
    assert smallest_for(5, min_age=13) == 10
    assert smallest_for(5, min_age=14, questions=[SINGLE, ill]) == 10
    assert smallest_for(12, min_age=10) == 12
    assert any("1 to 9" in words for words in honest(OPEN, smallest_sensitive=10))


def test_waves_are_compared_only_when_people_and_ways_are_the_same():
    now = Wave("Families", OPEN, (SINGLE,))
    assert can_compare_waves(Wave("families ", OPEN, ()), now)
    assert not can_compare_waves(Wave("Pupils", OPEN, ()), now)
    assert not can_compare_waves(Wave("Families", SAMPLE, ()), now)


def test_question_in_other_words_is_another_one():
    assert is_same_wording(SINGLE, SINGLE)
    assert not is_same_wording(SINGLE, Asked("Q1", Kind.SINGLE, "Which one?", options=OPTIONS))
    assert not is_same_wording(SINGLE, Asked("Q1", Kind.SINGLE, "Which?", options=OPTIONS[:3]))


def test_change_between_waves_has_a_range_for_two_random_samples_only():
    before, now = told(SINGLE, {"a": 20, "b": 20})[0], told(SINGLE, {"a": 30, "b": 10})[0]
    assert change_words(before, now, are_random=False) == "50% (20) before, 75% (30) now"
    assert "points" in change_words(before, now, are_random=True)
    hidden = told(SINGLE, {"a": 2, "b": 30})[0]
    assert change_words(before, hidden, are_random=True) == "not told"


def test_crossed_questions_have_only_totals_that_are_public_anyway():
    rows = told(SINGLE, {"a": 20, "b": 15, "c": 3})
    columns = told(Asked("Q3", Kind.YES_NO, "Yes?"), {"yes": 20, "no": 15})
    first = side_of(rows, 38, smallest=5)
    second = side_of(columns, 38, smallest=5)
    assert all(sum({"a": 20, "b": 15, "c": 3, "dk": 0, "": 0}[code] for code in codes) >= 5 for codes in first.codes)
    assert frozenset({""}) not in second.codes
    pairs = {
        ("a", "yes"): 12,
        ("a", "no"): 8,
        ("b", "yes"): 6,
        ("b", "no"): 6,
        ("b", ""): 3,
        ("c", "yes"): 2,
        ("c", "no"): 1,
    }
    table = cross_table(first, second, pairs, smallest=5)
    assert table is None or sum(table.row_totals) == sum(table.column_totals) == 38


@pytest.mark.parametrize("silent", [0, 3, 9])
def test_silence_is_a_row_of_its_own_only_where_it_is_large_enough(silent):
    side = side_of(told(SINGLE, {"a": 20, "b": 15}), 35 + silent, smallest=5)
    assert (frozenset({""}) in side.codes) is (silent == 9)
