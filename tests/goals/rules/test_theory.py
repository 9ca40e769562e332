"""What may lead to what."""

import uuid

import pytest

from goals.rules.theory import HEIGHTS, can_link, can_stand_at

A, B, C, D = (uuid.uuid4() for _each in range(4))


def link(source, target, *, levels=("activity", "outcome"), links=()):
    return can_link(source, target, source_level=levels[0], target_level=levels[1], links=links)


def test_a_step_leads_upwards_or_to_one_beside_it():
    assert link(A, B)
    assert link(A, B, levels=("outcome", "outcome"))


@pytest.mark.parametrize(("low", "high"), [("input", "activity"), ("output", "outcome"), ("long_outcome", "impact")])
def test_a_link_that_leads_downwards_is_refused(low, high):
    assert HEIGHTS[low] < HEIGHTS[high]
    assert link(A, B, levels=(low, high))
    refused = link(A, B, levels=(high, low))
    assert not refused
    assert "upwards" in str(refused.reason)


def test_a_step_does_not_lead_to_itself():
    assert not link(A, A, levels=("outcome", "outcome"))


def test_a_circle_is_refused_however_long():
    beside = ("outcome", "outcome")
    assert not link(B, A, levels=beside, links=[(A, B)])
    assert not link(D, A, levels=beside, links=[(A, B), (B, C), (C, D)])
    assert link(A, D, levels=beside, links=[(A, B), (B, C), (C, D)])


def test_two_ways_to_the_same_step_are_no_circle():
    assert link(A, D, levels=("outcome", "outcome"), links=[(A, B), (B, D), (A, C), (C, D)][:3])


def test_a_step_stays_between_those_below_and_those_above():
    assert can_stand_at("output", below=["activity"], above=["outcome"])
    assert not can_stand_at("impact", below=["activity"], above=["outcome"])
    assert not can_stand_at("input", below=["activity"], above=["outcome"])
    assert can_stand_at("input", below=[], above=[])
