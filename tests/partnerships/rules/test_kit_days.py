"""Days of a kit, counted from the start of a partnership."""

from datetime import date

import pytest

from partnerships.rules.kit import changes_between, day_of, offset_of, span_words

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (0, date(2026, 3, 2)),
        (4, date(2026, 3, 6)),
        (5, date(2026, 3, 9)),
        (6, date(2026, 3, 9)),
        (7, date(2026, 3, 9)),
        (-1, date(2026, 2, 27)),
        (-2, date(2026, 2, 27)),
        (-3, date(2026, 2, 27)),
        (-7, date(2026, 2, 23)),
    ],
)
def test_day_of_the_weekend_becomes_the_nearest_working_day_away_from_the_start(offset, expected):
    assert day_of(MONDAY, offset) == expected


def test_offset_of_a_kit_does_not_drift_with_the_weekends():
    assert offset_of(MONDAY, date(2026, 3, 9), known=5) == 5
    assert offset_of(MONDAY, date(2026, 3, 9), known=4) == 7
    assert offset_of(MONDAY, date(2026, 2, 23)) == -7


@pytest.mark.parametrize(
    ("starts", "due", "expected"),
    [
        (None, None, ""),
        (None, 0, "on the day it starts"),
        (None, 1, "1 day after the start"),
        (None, -60, "60 days before the start"),
        (70, 160, "between 70 days after the start and 160 days after the start"),
        (30, 30, "30 days after the start"),
    ],
)
def test_days_are_told_from_the_start(starts, due, expected):
    assert span_words(starts, due) == expected


def test_what_an_older_version_did_not_know_is_no_change_while_it_is_empty():
    old = {"tasks": [{"code": "T", "title_en": "Call", "due": 0}]}
    now = {"tasks": [{"code": "T", "title_en": "Call", "due": 0, "steps": [], "effort_hours": None}]}
    assert changes_between(old, now) == []
    now["tasks"][0]["effort_hours"] = 4
    assert [change.fields for change in changes_between(old, now)] == [("effort_hours",)]


def test_what_reads_differently_is_told_as_it_was_and_as_it_is():
    old = {"code": "T", "title_en": "Call", "title_it": "Chiama", "due": 0, "steps": ["a"], "responsible": []}
    now = old | {"title_en": "Call twice", "due": -3, "steps": ["a", "b"], "responsible": ["R"]}
    [change] = changes_between({"tasks": [old]}, {"tasks": [now]})
    assert [(one.label, one.before, one.now) for one in change.differences] == [
        ("Title", "Call", "Call twice"),
        ("By", "on the day it starts", "3 days before the start"),
        ("Steps", "a", "a; b"),
        ("Other details", "", ""),
    ]
    [change] = changes_between({"tasks": [old]}, {"tasks": [old | {"title_it": "Telefona"}]})
    assert [(one.label, one.before) for one in change.differences] == [("Other details", "")]
