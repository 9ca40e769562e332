import pytest

from engagement.rules.answering import share_in_words, time_in_words, voices_in_words


@pytest.mark.parametrize(
    ("part", "whole", "words"), [(0, 0, "0 of 0"), (7, 9, "7 of 9"), (15, 19, "15 of 19"), (13, 20, "13 of 20 (65%)")]
)
def test_share_is_a_percentage_only_from_twenty_on(part, whole, words):
    assert share_in_words(part, whole) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], ""),
        ([1], "after 1 day"),
        ([4], "after 4 days"),
        ([9, 2, 4], "after 2, 4 and 9 days"),
        ([1, 2, 3, 4, 30], "half of them within 3 days, the slowest after 30"),
        ([1, 1, 2, 3, 4, 9], "half of them within 2.5 days, the slowest after 9"),
        ([1, 1, 1, 1, 1], "half of them within 1 day, the slowest after 1"),
    ],
)
def test_time_is_a_median_only_from_five_answers_on(days, words):
    assert time_in_words(days) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, ""), (1, "from fewer than 5 messages"), (4, "from fewer than 5 messages"), (5, "from 5 messages")],
)
def test_small_counts_are_not_told(count, words):
    assert voices_in_words(count) == words
