import uuid
from datetime import date

import pytest

from partnerships.rules.task_plan import Planned, Slip, circle, slips

A, B, C, D = (uuid.UUID(int=number) for number in range(1, 5))
TODAY = date(2026, 6, 10)


def planned(day: int | None, *, closed: bool = False) -> Planned:
    return Planned(date(2026, 6, day) if day else None, closed)


def test_chain_that_would_close_is_named_from_the_task_round_to_itself():
    edges = {C: {B}, B: {A}}
    assert circle(edges, task_id=A, waits_for=C) == [A, C, B, A]


def test_task_that_waits_for_itself_is_the_shortest_circle():
    assert circle({}, task_id=A, waits_for=A) == [A, A]


@pytest.mark.parametrize("edges", [{}, {A: {B}}, {C: {B}, D: {C}}, {B: {C, D}, C: {D}}])
def test_two_ways_to_the_same_task_are_no_circle(edges):
    assert circle(edges, task_id=A, waits_for=B) == []


def test_slip_travels_down_the_chain_and_says_by_whom():
    tasks = {C: planned(14), B: planned(12), A: planned(20)}
    found = slips(tasks, {B: {A}, C: {B}}, today=TODAY)
    assert found == [Slip(B, A, 8), Slip(C, B, 6)]


def test_overdue_task_is_expected_today_and_no_earlier():
    found = slips({A: planned(1), B: planned(5), C: planned(11)}, {B: {A}, C: {B}}, today=TODAY)
    assert found == []


def test_done_task_delays_nobody():
    assert slips({A: planned(30, closed=True), B: planned(12)}, {B: {A}}, today=TODAY) == []


def test_task_without_a_day_hands_the_delay_on():
    tasks = {A: planned(20), B: planned(None), C: planned(12)}
    assert slips(tasks, {B: {A}, C: {B}}, today=TODAY) == [Slip(C, B, 8)]


def test_tasks_in_time_say_nothing():
    assert slips({A: planned(12), B: planned(12)}, {B: {A}}, today=TODAY) == []
