"""Finding people in running text."""

import pytest

from stakeholders.rules.naming import Naming, address_spans, excerpt, name_keys, spelt

NICOLO = Naming(name_keys(["Nicolò Dell'Orto"]), frozenset({"nico@orto.example", "+39 0532 123456"}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nicolò Dell'Orto called.", "X called."),
        ("NICOLO DELL-ORTO called.", "X called."),
        ("nicolo\ndell orto called.", "X called."),
        ("We met Nicolò Dell'Orto, Anna and Nicolò Dell'Orto's son.", "We met X, Anna and X's son."),
        ("Write to Nico@Orto.example or +39 0532 123456.", "Write to X or X."),
        ("q=Nicol%C3%B2", "q=Nicol%C3%B2"),
        ("Nicolò from the garden (orto)", "Nicolò from the garden (orto)"),
        ("supernico@orto.example", "supernico@orto.example"),
        ("nico@orto.example.org", "nico@orto.example.org"),
        ("", ""),
    ],
)
def test_person_is_found_in_every_spelling_and_nobody_else(text, expected):
    assert NICOLO.replaced(text, "X") == expected


def test_single_word_is_no_name():
    assert name_keys(["Rosa", "", "Rosa Neri"]) == {("rosa", "neri")}


def test_longer_name_wins_over_the_shorter_in_it():
    naming = Naming(name_keys(["Anna Neri", "Anna Neri Bianchi"]))
    assert naming.replaced("Anna Neri Bianchi met Anna Neri", "X") == "X met X"


def test_addresses_are_found_but_for_those_left_out():
    text = "From a@b.example to C@D.example"
    assert [text[start:end] for start, end in address_spans(text, but=["c@d.example"])] == ["a@b.example"]


def test_excerpt_is_cut_on_both_sides():
    text = f"{'a' * 300} Anna Neri {'b' * 300}"
    cut = excerpt(text, (301, 310))
    assert "Anna Neri" in cut
    assert cut.startswith("…")
    assert cut.endswith("…")
    assert len(cut) < 350


def test_expression_for_the_database_finds_accents():
    import re

    assert re.search(spelt(("nicolo", "dell", "orto")), "Nicolò Dell'Orto", re.IGNORECASE)
