from datetime import date
from fractions import Fraction

import pytest
from django.utils import translation

from stakeholders.rules.representation import (
    OF_ORGANISATIONS,
    Band,
    Dimension,
    Group,
    Method,
    State,
    band_of,
    is_hidden_where_small,
    is_sensitive,
    refused_in_audit,
    sheet_of,
)
from stakeholders.rules.representation_hiding import Showing
from stakeholders.rules.representation_picture import cells_of, chart_of, table_of
from stakeholders.rules.representation_words import finding_in_each_language, finding_of, parity_words, percent_words

TODAY = date(2026, 11, 28)


def sheet(*groups, not_stated=0, hides_small=True):
    return sheet_of([Group(*group) for group in groups], not_stated=not_stated, hides_small=hides_small)


@pytest.mark.parametrize(
    ("count", "band"),
    [
        # A fifth of a hundred people would be twenty of them.
        (0, Band.STRONGLY_UNDER),
        (9, Band.STRONGLY_UNDER),
        (10, Band.UNDER),
        (15, Band.UNDER),
        (16, Band.IN_LINE),
        (25, Band.IN_LINE),
        (26, Band.OVER),
    ],
)
def test_bands_begin_where_the_rule_says(count, band):
    assert band_of(count=count, stated=100, population_share=Fraction(1, 5)) is band


@pytest.mark.parametrize(
    ("stated", "band"), [(9, Band.TOO_SMALL), (10, Band.STRONGLY_UNDER)]
)  # a tenth of nine is less than one person
def test_no_flag_where_fewer_than_one_would_be_expected(stated, band):
    assert band_of(count=0, stated=stated, population_share=Fraction(1, 10)) is band


def test_group_without_people_in_the_community_is_not_judged():
    rows = sheet(("A", 0, 6), ("B", 100, 9)).rows
    assert (rows[0].band, rows[0].parity) == (Band.TOO_SMALL, None)


def test_percentages_only_from_twenty():
    assert [row.body for row in table_of(sheet(("A", 1, 9), ("B", 1, 10)))[:2]] == ["9 of 19", "10 of 19"]
    assert [row.body for row in table_of(sheet(("A", 1, 9), ("B", 1, 11)))[:2]] == ["9 of 20 (45 %)", "11 of 20 (55 %)"]


def test_not_stated_is_always_a_row_and_no_part_of_the_shares():
    table = table_of(sheet(("A", 1, 10), ("B", 1, 10), not_stated=0))
    assert cells_of(table)[-1] == ("Not stated", "0", "", "", "")
    with_some = table_of(sheet(("A", 1, 10), ("B", 1, 10), not_stated=7))
    assert cells_of(with_some)[-1][1] == "7"
    assert with_some[0] == table[0]


def test_results_only_from_five_stated():
    few = sheet(("A", 1, 3), ("B", 1, 1), not_stated=4)
    assert (few.state, few.answers, few.stated, few.not_stated, few.rows) == (State.TOO_FEW, 8, None, None, ())
    assert table_of(few) == []
    assert sheet(("A", 1, 0), ("B", 1, 0)).state is State.EMPTY
    assert sheet(("A", 1, 3), ("B", 1, 1), hides_small=False).state is State.TOLD


def test_band_of_a_hidden_count_is_told_when_all_it_may_be_have_it_in_common():
    rows = {row.label: row for row in sheet(("A", 50, 2), ("B", 26, 2), ("C", 20, 30), ("D", 4, 26)).rows}
    assert rows["A"].cell.showing is Showing.SMALL
    # Thirty of sixty would be in line; 4 is strongly under as 0 is.
    assert rows["A"].band is Band.STRONGLY_UNDER
    mixed = sheet(("A", 25, 3), ("B", 25, 2), ("C", 25, 8), ("D", 25, 9))
    # 5.5 would be in line: nobody would be strongly under, four under.
    assert mixed.rows[0].band is Band.UNDER
    unsure = sheet(("A", 10, 3), ("B", 10, 2), ("C", 40, 8), ("D", 40, 9))
    assert unsure.rows[0].band is Band.UNKNOWN


def test_counts_of_organisations_known_from_their_role_are_not_about_people():
    for dimension in Dimension:
        assert is_hidden_where_small(dimension=dimension, method=Method.ANONYMOUS)
        hidden = is_hidden_where_small(dimension=dimension, method=Method.KNOWN_ROLE)
        assert hidden is (dimension not in OF_ORGANISATIONS)


@pytest.mark.parametrize("dimension", ["gender", "disability", "migration", "language", "lived_experience", "age_band"])
def test_sensitive_dimensions_are_only_said_by_people_themselves(dimension):
    assert is_sensitive(dimension)
    asked = {"dimension": dimension, "audited_on": TODAY, "today": TODAY}
    assert list(refused_in_audit(method="known_role", **asked)) == ["method"]
    assert refused_in_audit(method="self_declared_anonymous", **asked) == {}


def test_sentence_names_who_is_missing_in_both_languages():
    body = sheet(("Under 30", 30, 0), ("30-64", 40, 22), ("Over 64", 30, 6))
    assert finding_in_each_language(body) == {
        "en": "Missing: Under 30. Fewer than their share: Over 64.",
        "it": "Mancano: Under 30. Meno della loro quota: Over 64.",
    }
    known = sheet(("A", 50, 1), ("B", 50, 9), hides_small=False)
    assert finding_of(known) == "Hardly there: A."
    assert finding_of(sheet(("A", 50, 10), ("B", 50, 10))) == "No group that can be judged is missing."
    assert finding_of(sheet(("A", 1, 1), ("B", 1, 0))) == "1 person answered: too few to say who is missing."
    assert "Too few people in some groups" in finding_of(sheet(("A", 1, 4), ("B", 1, 4)))


def test_sentence_of_many_groups_fits_where_it_is_kept():
    groups = [
        (f"A group with a rather long name, number {number}, as long as it may be.", 10, 0) for number in range(28)
    ]
    many = sheet(*groups, ("B", 10, 90), ("C", 10, 90))
    for text in finding_in_each_language(many).values():
        assert len(text) <= 300
    assert finding_of(many).endswith("27 more.")


def test_picture_shows_per_cent_from_twenty_people_and_people_below_and_no_bar_for_hidden_counts():
    large = chart_of(sheet(("A", 20, 3), ("B", 30, 11), ("C", 50, 13)))
    assert [value is None for value in large.now] == [True, True, False]
    assert large.missing == "hidden"
    assert large.format(large.before[0]) == "20 %"
    small = chart_of(sheet(("A", 50, 4), ("B", 50, 9), hides_small=False))
    assert [small.format(value) for value in small.before] == ["6.5", "6.5"]
    assert [small.format(value) for value in small.now] == ["4", "9"]
    assert chart_of(sheet(("A", 1, 4), ("B", 1, 4))) is None
    rare = chart_of(sheet(("A", 1, 20), ("B", 9999, 20)))
    assert rare.format(rare.before[0]) == "under 1 %"


def test_nobody_with_a_group_is_told_without_a_picture():
    unsaid = sheet(("A", 50, 0), ("B", 50, 0), not_stated=6, hides_small=False)
    assert chart_of(unsaid) is None
    assert [row.body for row in table_of(unsaid)] == ["0 of 0", "0 of 0", "6"]
    assert finding_of(unsaid) == "No group that can be judged is missing."


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(0), "0 %"),
        (Fraction(1, 1000), "under 1 %"),
        (Fraction(5, 1000), "1 %"),
        (Fraction(455, 1000), "46 %"),
        (Fraction(999, 1000), "99 %"),
        (Fraction(1), "100 %"),
    ],
)
def test_percentages_are_whole_and_never_say_nothing_or_all_of_a_part(share, words):
    assert percent_words(share) == words


def test_parity_is_cut_so_that_it_does_not_look_better_than_its_band():
    assert parity_words(Fraction(799, 1000)) == "0.79"
    with translation.override("it"):
        assert parity_words(Fraction(5, 4)) == "1,25"
    assert parity_words(None) == ""
