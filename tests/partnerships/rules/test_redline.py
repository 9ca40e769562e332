import random
import time
from itertools import pairwise

import pytest

from partnerships.rules.redline import Kind, Segment, has_changes, redline
from partnerships.rules.redline_short import changed_paragraphs

SAME, DELETED, INSERTED = Kind.SAME, Kind.DELETED, Kind.INSERTED


def old_text(segments):
    return "".join(segment.text for segment in segments if segment.kind is not INSERTED)


def new_text(segments):
    return "".join(segment.text for segment in segments if segment.kind is not DELETED)


def test_words_are_replaced_not_letters():
    assert redline("We meet on Mondays.", "We meet on Fridays.") == [
        Segment(SAME, "We meet on "),
        Segment(DELETED, "Mondays"),
        Segment(INSERTED, "Fridays"),
        Segment(SAME, "."),
    ]


def test_neighbouring_words_are_one_change():
    assert redline("in via Roma 5, Borgo", "in piazza Verdi 12, Borgo") == [
        Segment(SAME, "in "),
        Segment(DELETED, "via Roma 5"),
        Segment(INSERTED, "piazza Verdi 12"),
        Segment(SAME, ", Borgo"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [("", ""), ("", "all new"), ("all gone", ""), ("## A\n\nx", "## A\n\n\nx"), ("a\r\nb", "a\nb"), ("<b>", "<i>")],
)
def test_both_texts_come_back_to_the_last_space(old, new):
    segments = redline(old, new)
    assert (old_text(segments), new_text(segments)) == (old, new)
    assert has_changes(segments) is (old != new)


def test_any_two_texts_come_back_and_no_two_neighbours_are_of_one_kind():
    chance = random.Random(5)
    for _time in range(400):
        old, new = (
            "".join(chance.choice(["a", "bc", " ", "\n\n", ",", "##"]) for _word in range(chance.randrange(25)))
            for _text in range(2)
        )
        segments = redline(old, new)
        assert (old_text(segments), new_text(segments)) == (old, new)
        assert all(one.kind is not other.kind for one, other in pairwise(segments))


@pytest.mark.parametrize("words", [["il", "di", "che"], [f"word{number}" for number in range(20_000)]])
def test_hundred_thousand_characters_take_a_moment(words):
    chance = random.Random(7)
    old = " ".join(chance.choice(words) for _word in range(18_000))[:100_000]
    changed = old.split(" ")
    for _change in range(300):
        changed[chance.randrange(len(changed))] = "changed"
    unrelated = " ".join(chance.choice(words) for _word in range(18_000))[:100_000]
    begun = time.perf_counter()
    for new in (" ".join(changed), unrelated):
        assert new_text(redline(old, new)) == new
    assert time.perf_counter() - begun < 5


def test_short_redline_shows_the_paragraphs_that_changed_beneath_their_headings():
    old = (
        "## 1. Who\n\nWe all.\n\n## 2. How\n\nWe meet on **Mondays**.\n\nTea is free.\n\nWe pay.\n\n## 3. End\n\nNever."
    )
    new = old.replace("Mondays", "Fridays").replace("We pay.", "We share.").replace("## 3. End", "## 3. Law")
    shown = [
        (one.is_heading, one.is_after_gap, "".join(f"{piece.kind[0]}:{piece.text}|" for piece in one.pieces))
        for one in changed_paragraphs(redline(old, new))
    ]
    assert shown == [
        (True, False, "s:2. How|"),
        (False, False, "s:We meet on |d:Mondays|i:Fridays|s:.|"),
        (False, True, "s:We |d:pay|i:share|s:.|"),
        (True, False, "s:3. |d:End|i:Law|"),
    ]
    assert changed_paragraphs(redline(old, old)) == []
