from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from metrics.rules.breakdown import Part
from metrics.rules.measurement import Reported
from metrics.rules.measurement_grid import laid_over, read_cell, read_part, written_part
from metrics.rules.period import Period, latest_periods

QUARTERS = latest_periods(date(2026, 11, 29), "quarterly", count=4)
NAMES = [["N-1", "Families", "Famiglie"], ["N-2", "Days"], ["P-1", "Share"]]


@pytest.mark.parametrize(
    ("text", "unit", "language", "value"),
    [
        ("1,234", "count", "en", 1234),
        ("1.234", "count", "it", 1234),
        (" 12 ", "count", "en", 12),
        ("-5", "mean", "en", -5),
        ("- 5", "mean", "en", -5),
        ("\u22125", "mean", "en", -5),
        ("1.5", "hours", "en", Decimal("1.5")),
    ],
)
def test_cell_is_read_as_a_figure_of_its_unit(text, unit, language, value):
    assert read_cell(text, unit=unit, language=language).reported.value == value


@pytest.mark.parametrize(("text", "language"), [("40 of 180", "en"), ("40 su 180", "it"), ("40/180", "en")])
def test_percentage_is_read_from_its_two_numbers(text, language):
    found = read_cell(text, unit="percent", language=language).reported
    assert found == Reported(Decimal("22.2222"), Decimal(40), Decimal(180))


@pytest.mark.parametrize("text", ["- closed in August", "-closed in August", "\u2013 closed in August"])
def test_dash_says_why_there_is_none(text):
    found = read_cell(text, unit="count", language="en")
    assert (found.reported.value, found.missing_reason) == (None, "closed in August")


def test_dash_alone_takes_the_reason_beside_and_needs_one():
    assert read_cell("-", unit="count", language="en", reason="closed").missing_reason == "closed"
    with translation.override("en"), pytest.raises(ValidationError, match="why there is no value"):
        read_cell("-", unit="count", language="en")


@pytest.mark.parametrize(
    "text", ["about twelve", "12 people", "-5 people", "12-15", "n.d.", "40 of 180", "0x1F", "1e9"]
)
def test_words_never_become_a_figure(text):
    with pytest.raises(ValidationError):
        read_cell(text, unit="count", language="en")


def test_percentage_without_its_numbers_is_no_value():
    with pytest.raises(ValidationError):
        read_cell("22%", unit="percent", language="en")


def test_block_without_names_begins_at_the_first_cell():
    block = laid_over("1\t2\n3\t\t5", rows=NAMES, periods=QUARTERS)
    assert block.texts == {(0, 0): "1", (0, 1): "2", (1, 0): "3", (1, 2): "5"}
    assert block.left_over == 0


def test_block_with_codes_and_periods_finds_its_places():
    text = "Code\tApril - June 2026\t2026-07\nP-1\t40 of 180\t50 of 180\nfamiglie\t7\t\n"
    block = laid_over(text, rows=NAMES, periods=QUARTERS)
    assert [str(period.starts_on) for period in QUARTERS] == ["2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"]
    assert block.texts == {(2, 1): "40 of 180", (2, 2): "50 of 180", (0, 1): "7"}


def test_cells_beyond_the_table_are_counted_and_left_out():
    block = laid_over("1;2;3;4;5\n1\n2\n3", rows=NAMES, periods=QUARTERS)
    assert block.left_over == 2
    assert len(block.texts) == 6


def test_latest_periods_end_with_the_one_that_runs():
    assert latest_periods(date(2026, 1, 5), "monthly", count=2) == [
        Period(date(2025, 12, 1), date(2025, 12, 31)),
        Period(date(2026, 1, 1), date(2026, 1, 31)),
    ]


@pytest.mark.parametrize(
    ("text", "unit", "language", "part"),
    [
        ("", "count", "en", None),
        ("1,200", "count", "en", Part(1200)),
        ("1.200", "unique_people", "it", Part(1200)),
        ("4 of 18", "percent", "en", Part(4, 18)),
        ("0 su 0", "percent", "it", Part(0, 0)),
    ],
)
def test_part_is_read_as_it_is_written(text, unit, language, part):
    assert read_part(text, unit=unit, language=language) == part
    if part is not None:
        assert written_part(part, language) == text


@pytest.mark.parametrize(
    ("text", "unit"), [("few", "count"), ("1.5", "count"), ("40", "percent"), ("4 of few", "percent"), ("-", "count")]
)
def test_words_and_halves_are_no_part(text, unit):
    with pytest.raises(ValidationError):
        read_part(text, unit=unit, language="en")
