import email
import unicodedata
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.text import BrokenTextError, TextTooLongError, clean_text, header_safe, mask_for_search


@pytest.mark.parametrize("value", ["a\x00b", "\x00", "a\ud800", "\udfffx"])
def test_nul_and_half_characters_are_refused(value: str) -> None:
    with pytest.raises(BrokenTextError, match="cannot be stored"):
        clean_text(value, max_length=100)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  Anna   Rossi \n", "Anna Rossi"),
        ("a\r\nb\tc", "a b c"),
        ("e\u0301", "é"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("\u2066x\u2069", "x"),
        ("a\u200bb\ufeffc", "abc"),
        ("a\x07\x1b[31mb\x7f\x9b", "a[31mb"),
        ("a\u2028b\u0085c", "a b c"),
        ("👩\u200d👩\u200d👧 🏴", "👩\u200d👩\u200d👧 🏴"),
        ("שלום\u200f!", "שלום\u200f!"),
        ("'\"<>{{}}${}", "'\"<>{{}}${}"),
        ("", ""),
    ],
)
def test_one_line_is_cleaned(value: str, expected: str) -> None:
    assert clean_text(value, max_length=100) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a\r\nb\rc\u2029d\x0be", "a\nb\nc\nd\ne"),
        ("a  \n  - b\t\n", "a\n  - b"),
        ("a\n\n\n\n\n\nb", "a\n\n\nb"),
        ("\n\n  a", "  a"),
    ],
)
def test_lines_are_kept_when_there_may_be_several(value: str, expected: str) -> None:
    assert clean_text(value, max_length=100, multiline=True) == expected


def test_text_is_measured_after_it_is_cleaned() -> None:
    assert clean_text("e\u0301" * 5 + " " * 50, max_length=5) == "é" * 5
    with pytest.raises(TextTooLongError, match="2 characters too long") as caught:
        clean_text("abcdefg", max_length=5)
    assert caught.value.excess == 2
    with pytest.raises(TextTooLongError, match="1 character too long"):
        clean_text("abcdef", max_length=5)


def test_a_million_characters_are_refused() -> None:
    with pytest.raises(TextTooLongError):
        clean_text("a\u202e " * 350_000, max_length=1_000, multiline=True)


@given(st.text(), st.booleans())
def test_cleaning_twice_changes_nothing(value: str, multiline: bool) -> None:
    try:
        once = clean_text(value, max_length=10_000, multiline=multiline)
    except BrokenTextError:
        return
    assert clean_text(once, max_length=10_000, multiline=multiline) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("L'Università  di Forlì", "l universita di forli"),
        ("U.S. PALMESE", "u s palmese"),
        ("Straße", "strasse"),
        ("Łódź & Ærø", "lodz aero"),
        ("\uff21\uff22\uff23\uff11", "abc1"),
        ("İstanbul \u0131s\u0131", "istanbul isi"),
        ("naïve-café (2026)", "naive cafe 2026"),
        ("Μάιος", "μαιοσ"),
        ("दिल्ली", "दिल्ली"),
        ("한국", "한국"),
        ("---", ""),
        ("a\x00b", "a b"),
    ],
)
def test_search_mask_has_no_case_accent_or_punctuation(value: str, expected: str) -> None:
    assert mask_for_search(value) == expected


@given(st.text())
def test_search_mask_is_single_spaced_and_stable(value: str) -> None:
    mask = mask_for_search(value)
    assert mask == " ".join(mask.split())
    assert mask_for_search(mask) == mask
    assert mask_for_search(value.upper()) == mask_for_search(value.upper().lower())


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_header_stays_one_header(end: str) -> None:
    safe = header_safe(f"Promemoria{end}Bcc: altro@example.org")
    assert safe == "Promemoria Bcc: altro@example.org"
    message = EmailMessage()
    message["Subject"] = safe
    read = email.message_from_bytes(message.as_bytes())
    assert read.keys() == ["Subject"]


@given(st.text())
def test_any_text_makes_one_header(value: str) -> None:
    safe = header_safe(value)
    assert len(safe) <= 200
    assert len(safe.splitlines()) <= 1
    assert "\x00" not in safe
