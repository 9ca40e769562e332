import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeholders.rules.representation_profile import (
    MOST_GROUPS,
    Category,
    ProfileLinesError,
    as_lines,
    categories_from,
    decoded,
)
from stakeholders.rules.representation_slip import ALPHABET, as_stored, new_code


@pytest.mark.parametrize(
    "text",
    [
        "Women;1510\nMen;1490",
        "Gender;People\n\nWomen ; 1510\n Men;1490\n",
        "Women\t1.510\r\nMen\t1.490",
        '"Women",1510\nMen,1490',
        "Women;1 510\nMen;1'490",
    ],
)
def test_lines_are_read_as_people_paste_them(text):
    assert categories_from(text) == [Category("Women", 1510), Category("Men", 1490)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "between two and thirty"),
        ("Women;1510", "between two and thirty"),
        ("\n".join(f"Group {number};5" for number in range(MOST_GROUPS + 1)), "between two and thirty"),
        ("Women;1510\nwomen;3", "“Women” is there twice"),
        ("Women;1510\nMen", "Line 2: write a name"),
        ("Women;1510\n;9", "Line 2 has no name"),
        ("Women;1510\nMen;-4", "“-4” is no whole number"),
        ("Women;1510\nMen;4.5", "“4.5” is no whole number"),
        ("Women;1510\nMen;1.2345", "is no whole number"),
        ("Women;1510\nMen;1.234,567", "is no whole number"),
        ("18-29,1,234\n30-64,5", "Line 1: write a name"),
        ("Women;0\nMen;0", "nobody in any group"),
        ("Women;9999999999\nMen;0", "too large"),
        (f"{'a' * 81};3\nMen;0", "Line 1:"),
        ("a" * 30_000, "too long"),
    ],
)
def test_lines_that_cannot_be_are_refused_in_words(text, words):
    with pytest.raises(ProfileLinesError) as refusal:
        categories_from(text)
    assert words in str(refusal.value)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    try:
        found = categories_from(text)
    except ProfileLinesError:
        return
    assert len(found) >= 2


@given(
    st.lists(
        st.tuples(st.from_regex(r"[A-Za-z0-9 èà;\"-]{1,20}[a-z]", fullmatch=True), st.integers(0, 10**9)),
        min_size=2,
        max_size=9,
    )
)
def test_groups_written_as_lines_are_the_same_groups_again(groups):
    named = {label.strip().casefold(): Category(" ".join(label.split()), people) for label, people in groups}
    wanted = list({one.label.casefold(): one for one in named.values()}.values())
    if len(wanted) < 2 or not sum(one.population_count for one in wanted):
        return
    assert categories_from(as_lines(wanted)) == wanted


def test_older_spreadsheets_files_are_read():
    assert decoded("Età;3".encode("cp1252")) == decoded("Età;3".encode()) == decoded("\ufeffEtà;3".encode())


def test_codes_are_drawn_from_signs_nobody_confuses_and_read_back_however_they_are_typed():
    codes = {new_code() for _code in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert set(code) <= set(ALPHABET) | {"-"}
        assert as_stored(f" {code.lower().replace('1', 'l').replace('0', 'O')} ") == code.replace("-", "")
