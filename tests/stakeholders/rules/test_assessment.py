"""What raters say together, against the rules R-S1 to R-S5."""

from datetime import date
from decimal import Decimal

import pytest

from stakeholders.rules.assessment import Quadrant, Salience, Scored, faults_of, salience_of, standing_of
from stakeholders.rules.stakeholder_map import can_close_round, moved_words

TODAY = date(2026, 11, 27)


def scored(rater, on=TODAY, **scores):
    return Scored(rater=rater, rated_on=on, **scores)


@pytest.mark.parametrize(
    ("power", "interest", "expected"),
    [
        ((4, 3), (4, 4), Quadrant.WORK_TOGETHER),
        ((4, 3), (3, 3), Quadrant.SATISFY),
        ((3, 3), (4, 3), Quadrant.INVEST),
        ((3, 3), (3, 3), Quadrant.OPEN_DOOR),
    ],
)
def test_mean_of_three_and_a_half_is_high(power, interest, expected):
    ones = [scored(rater, power=p, interest=i) for rater, (p, i) in enumerate(zip(power, interest, strict=True))]
    assert standing_of(ones, today=TODAY).quadrant == expected


def test_only_the_latest_word_of_each_rater_within_a_year_counts():
    standing = standing_of(
        [
            scored("a", date(2026, 1, 1), power=1),
            scored("a", power=5),
            scored("b", date(2025, 11, 27), power=1),
            scored("c", date(2025, 11, 28), power=4),
        ],
        today=TODAY,
    )
    assert (standing.raters, standing.means["power"]) == (2, Decimal("4.5"))


def test_raters_two_apart_differ_and_one_apart_do_not():
    standing = standing_of([scored("a", power=2, interest=3), scored("b", power=4, interest=4)])
    assert standing.differ == ["power"]


def test_score_nobody_gave_is_missing_and_never_zero():
    standing = standing_of([scored("a", power=4)])
    assert standing.means["interest"] is None
    assert standing.quadrant is None
    assert standing.salience is None
    assert standing.engagement_gap is None


@pytest.mark.parametrize(
    ("means", "expected"),
    [
        ((3, 3, 3), Salience.NONE), ((4, 3, 3), Salience.P), ((3, 4, 3), Salience.L), ((3, 3, 4), Salience.U),
        ((4, 4, 3), Salience.PL), ((4, 3, 4), Salience.PU), ((3, 4, 4), Salience.LU), ((4, 4, 4), Salience.PLU),
    ],
)  # fmt: skip
def test_seven_classes_and_none(means, expected):
    assert salience_of(*map(Decimal, means)) == expected


def test_one_or_five_needs_a_reason_and_nothing_at_all_is_refused():
    assert list(faults_of({"power": 5})) == ["reason"]
    assert list(faults_of({"attitude": 1, "reason": "  "})) == ["reason"]
    assert faults_of({"power": 5, "reason": "Signs the permits"}) == {}
    assert faults_of({"power": 4}) == {}
    assert faults_of({"current_engagement": 0}) == {}
    assert list(faults_of({"reason": "Nice people"})) == ["power"]


def test_round_is_closed_with_two_raters_and_somebody_who_lives_it():
    assert not can_close_round(raters=1, rings=[1])
    assert not can_close_round(raters=2, rings=[2, None])
    assert can_close_round(raters=2, rings=[3, 1])


def test_moves_of_a_point_are_told_and_smaller_ones_are_not():
    before = standing_of([scored("a", power=2, interest=4, attitude=3)])
    assert moved_words(before, before) == ""
    now = standing_of([scored("a", power=4, interest=4, attitude=3)])
    assert moved_words(before, now) == "more power, from “Invest in their taking part” to “Work side by side”"
    half = standing_of([scored("a", power=2, interest=4), scored("b", power=3, interest=4)])
    assert moved_words(before, half) == ""
    assert moved_words(standing_of([]), now) == ""
