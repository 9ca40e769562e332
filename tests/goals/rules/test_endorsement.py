from datetime import date
from fractions import Fraction

import pytest

from goals.rules.endorsement import Asked, adoption_findings, answer_problems, is_supporting

ASKED_ON, READY = date(2026, 1, 12), date(2026, 1, 26)


def codes(members=(5, 4, 3), voices=(5,), *, asked_on=ASKED_ON, today=READY, **terms):
    terms = {"days": 10, "share": Fraction(2, 3), "voices": 1, **terms}
    return [found.code for found in adoption_findings(Asked(members, voices, asked_on), today=today, **terms)]


def test_silence_is_no_support():
    assert not is_supporting(None)
    assert [position for position in range(1, 6) if is_supporting(position)] == [3, 4, 5]


def test_goal_that_everybody_can_live_with_may_be_adopted_on_the_tenth_working_day():
    assert codes() == []
    assert codes(today=date(2026, 1, 25)) == ["R-G8-days"]


def test_nobody_asked_and_somebody_not_asked_stop_it():
    terms = {"days": 10, "share": Fraction(2, 3), "voices": 1, "today": READY}
    assert [found.code for found in adoption_findings(None, **terms)] == ["R-G8-asked"]
    assert codes(asked_on=None) == ["R-G8-asked"]


@pytest.mark.parametrize(("members", "voices"), [((5, 5, 5, 1), (5,)), ((5, 5, 5), (5, 1))])
def test_one_objection_stops_it_whoever_objects(members, voices):
    assert codes(members, voices) == ["R-G8-objection"]


@pytest.mark.parametrize(
    ("members", "stops"),
    [
        ((3, 3, None), False),
        ((3, 3, 2), False),
        ((5, None, None), True),
        ((5, 5, 5, None, None), True),
        ((5, 5, 5, 5, None, None), False),
        ((), True),
    ],
)
def test_two_thirds_of_all_members_are_needed_and_silence_counts_as_not(members, stops):
    assert ("R-G8-share" in codes(members)) == stops


def test_share_and_days_and_voices_are_those_of_the_agreement():
    assert codes((5, None), share=Fraction(1, 2)) == []
    assert codes((5, 5, None), share=Fraction(67, 100)) == ["R-G8-share"]
    assert codes(days=5, today=date(2026, 1, 19)) == []


@pytest.mark.parametrize(
    ("voices", "needed", "stops"), [((), 1, True), ((2,), 1, True), ((5,), 2, True), ((), 0, False)]
)
def test_people_affected_must_stand_behind_it(voices, needed, stops):
    asked = Asked((5, 5), voices, ASKED_ON)
    found = adoption_findings(asked, days=10, share=Fraction(2, 3), voices=needed, today=READY)
    assert [one.code for one in found] == ["R-G8-voice"] * stops


def test_figures_stand_in_the_words():
    (found,) = adoption_findings(
        Asked((5, None, None, None), (5,), ASKED_ON), days=10, share=Fraction(2, 3), voices=1, today=READY
    )
    assert str(found.message).startswith("1 of 4 members can live with it; 3 are needed.")


@pytest.mark.parametrize(
    ("position", "comment", "field"),
    [
        (1, "", "comment"),
        (1, "too short", "comment"),
        (2, "  ", "comment"),
        (2, "Name the schools that take part", None),
        (1, "The yard has no room for it", None),
        (3, "", None),
        (9, "", "position"),
    ],
)
def test_objection_says_why_and_not_yet_says_what(position, comment, field):
    assert list(answer_problems(position=position, comment=comment)) == ([field] if field else [])
