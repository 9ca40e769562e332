from datetime import date

from partnerships.models import Meeting
from partnerships.rules.minutes import (
    Standing,
    approve_until,
    can_answer_minutes,
    can_circulate,
    can_close_minutes,
    circulation_findings,
    is_approved_by_silence,
    is_settled,
    standing_of,
)
from partnerships.rules.severity import blocking

State = Meeting.State
LAST = date(2026, 5, 20)


def test_late_minutes_are_told_and_stop_nobody():
    assert circulation_findings(met_on=date(2026, 5, 8), today=date(2026, 5, 15)) == []
    found = circulation_findings(met_on=date(2026, 5, 8), today=date(2026, 5, 18))
    assert [finding.code for finding in found] == ["R-C3-late"]
    assert blocking(found, "full") == []


def test_ten_days_to_approve():
    assert approve_until(date(2026, 5, 10), mode="full") == LAST
    assert approve_until(date(2026, 5, 10), mode="light") is None


def test_minutes_go_round_again_only_when_somebody_asked_for_a_change():
    assert can_circulate(state=State.MINUTES_DRAFT, has_open_comments=False)
    assert can_circulate(state=State.MINUTES_CIRCULATED, has_open_comments=True)
    assert not can_circulate(state=State.MINUTES_CIRCULATED, has_open_comments=False)
    assert not can_circulate(state=State.MINUTES_APPROVED, has_open_comments=True)


def test_only_who_was_there_approves_and_only_the_newest_text():
    assert can_answer_minutes(state=State.MINUTES_CIRCULATED, is_newest=True, was_present=True)
    assert not can_answer_minutes(state=State.MINUTES_CIRCULATED, is_newest=True, was_present=False)
    assert not can_answer_minutes(state=State.MINUTES_CIRCULATED, is_newest=False, was_present=True)
    assert not can_answer_minutes(state=State.MINUTES_APPROVED, is_newest=True, was_present=True)


def test_who_was_not_there_does_not_count():
    found = standing_of(["a", "b", "c"], {"a": "approved", "b": "comment", "stranger": "approved"})
    assert found == Standing(approved=1, comments=1, silent=1)
    assert not found.is_unanimous
    assert standing_of(["a"], {"a": "approved"}).is_unanimous
    assert not standing_of([], {}).is_unanimous


def test_silence_ends_an_approval_only_after_the_last_day_and_never_over_a_comment():
    silent = Standing(approved=1, comments=0, silent=1)
    assert not is_approved_by_silence(silent, approve_by=LAST, today=LAST)
    assert is_approved_by_silence(silent, approve_by=LAST, today=date(2026, 5, 21))
    assert not is_approved_by_silence(Standing(1, 1, 1), approve_by=LAST, today=date(2026, 6, 1))
    assert not is_approved_by_silence(silent, approve_by=None, today=date(2036, 6, 1))


def test_minutes_are_closed_by_hand_where_no_clock_runs_and_nobody_asks_for_a_change():
    assert can_close_minutes(state=State.MINUTES_CIRCULATED, has_clock=False, has_open_comments=False)
    assert not can_close_minutes(state=State.MINUTES_CIRCULATED, has_clock=True, has_open_comments=False)
    assert not can_close_minutes(state=State.MINUTES_CIRCULATED, has_clock=False, has_open_comments=True)
    assert not can_close_minutes(state=State.MINUTES_APPROVED, has_clock=False, has_open_comments=False)


def test_meeting_is_settled_a_month_after_approval_without_open_promises():
    asked = {"state": State.MINUTES_APPROVED, "approved_on": LAST, "open_promises": 0, "today": date(2026, 6, 19)}
    assert is_settled(**asked)
    assert not is_settled(**(asked | {"today": date(2026, 6, 18)}))
    assert not is_settled(**(asked | {"open_promises": 1}))
    assert not is_settled(**(asked | {"state": State.ARCHIVED}))
