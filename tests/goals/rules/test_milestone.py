from datetime import date, timedelta
from decimal import Decimal

import pytest

from goals.rules.milestone import WayPoint, is_by_steps, judge_steps, milestone_standing

DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("today", "reached_on", "dropped_on", "standing"),
    [
        (date(2026, 5, 30), None, None, "planned"),
        (date(2026, 5, 31), None, None, "due_soon"),
        (DUE, None, None, "due_soon"),
        (date(2026, 7, 1), None, None, "late"),
        (date(2026, 7, 9), DUE, None, "reached"),
        (date(2026, 7, 9), date(2026, 7, 1), None, "reached_late"),
        (date(2026, 7, 9), None, date(2026, 7, 1), "dropped"),
    ],
)
def test_milestone_stands_where_its_dates_say(today, reached_on, dropped_on, standing):
    assert milestone_standing(due_on=DUE, reached_on=reached_on, dropped_on=dropped_on, today=today) == standing


def way(*reached, days=(1, 100, 200, 300)):
    start = date(2026, 1, 1)
    return [WayPoint(start + timedelta(days=day), number in reached) for number, day in enumerate(days)]


@pytest.mark.parametrize(
    ("reached", "standing", "share"),
    [((0, 1), "on_track", "0.5"), ((1,), "off_track", "0.25"), ((0, 1, 2), "on_track", "0.75"), ((), "off_track", "0")],
)
def test_what_is_established_is_told_by_its_milestones(reached, standing, share):
    judged = judge_steps(way(*reached), today=date(2026, 5, 1))
    assert (judged.standing, judged.progress, judged.expected) == (standing, Decimal(share), Decimal("0.5"))


def test_no_milestone_is_due_yet():
    judged = judge_steps(way(), today=date(2025, 12, 1))
    assert judged.standing == "too_early"
    assert judged.reason.text_en == "0 of 4 milestones are reached. None is due yet."
    assert judged.reason.text_it == "Raggiunte 0 tappe su 4. Nessuna è ancora in scadenza."


def test_only_what_is_established_and_has_milestones_goes_by_them():
    assert is_by_steps("establish", way())
    assert not is_by_steps("establish", [])
    assert not is_by_steps("increase", way())
