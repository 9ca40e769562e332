from datetime import UTC, date, datetime

import pytest

from core.tenancy.keys import new_id
from partnerships.models import Meeting
from partnerships.rules.meeting import (
    ItemFacts,
    agenda_findings,
    can_cancel_meeting,
    can_change_meeting,
    can_close_meeting,
    can_invite,
    can_schedule_meeting,
    can_take_notes,
    is_held,
    next_start,
    voice_balance,
)
from partnerships.rules.severity import blocking

State = Meeting.State
WEDNESDAY = date(2026, 5, 20)
NOW = datetime(2026, 5, 10, 9, tzinfo=UTC)
LATER = datetime(2026, 5, 20, 9, tzinfo=UTC)


def codes(items, *, kind="steering", length=60, today=date(2026, 5, 13)):
    found = agenda_findings(items, kind=kind, length_minutes=length, meets_on=WEDNESDAY, today=today)
    return [finding.code for finding in found]


def item(minutes=10, kind="discuss", *, has_paper=False):
    return ItemFacts("Room", kind, minutes, has_paper)


def test_agenda_of_a_steering_group_goes_out_five_working_days_before():
    assert codes([item()]) == []
    assert codes([item()], today=date(2026, 5, 14)) == ["R-C1-days"]
    assert codes([item()], kind="community", today=WEDNESDAY) == []


def test_items_may_fill_the_meeting_but_not_a_minute_more():
    assert codes([item(30), item(30)]) == []
    assert codes([item(30), item(31)]) == ["R-C1-length"]


def test_what_is_to_be_decided_needs_something_to_read():
    assert codes([item(kind="decide")]) == ["R-C1-paper"]
    assert codes([item(kind="decide", has_paper=True)]) == []


@pytest.mark.parametrize(
    ("mode", "expected"), [("light", ["R-C1-length"]), ("full", ["R-C1-length", "R-C1-paper", "R-C1-days"])]
)
def test_only_an_overlong_agenda_stops_a_light_partnership(mode, expected):
    found = agenda_findings(
        [item(90, kind="decide")], kind="steering", length_minutes=60, meets_on=WEDNESDAY, today=WEDNESDAY
    )
    assert [finding.code for finding in blocking(found, mode)] == expected


def test_what_a_meeting_may_become_depends_on_where_it_stands():
    assert can_change_meeting(state=State.DRAFT)
    assert not can_change_meeting(state=State.MINUTES_DRAFT)
    assert can_take_notes(state=State.MINUTES_DRAFT)
    assert not can_take_notes(state=State.DRAFT)
    assert not can_take_notes(state=State.MINUTES_CIRCULATED)


def test_invitations_leave_once_for_a_meeting_with_guests_that_is_still_to_come():
    assert can_schedule_meeting(state=State.DRAFT, guests=1, starts_at=LATER, now=NOW)
    assert not can_schedule_meeting(state=State.DRAFT, guests=0, starts_at=LATER, now=NOW)
    assert not can_schedule_meeting(state=State.DRAFT, guests=1, starts_at=NOW, now=NOW)
    assert not can_schedule_meeting(state=State.SCHEDULED, guests=1, starts_at=LATER, now=NOW)


def test_cancelling_needs_a_reason_and_a_meeting_to_come():
    assert can_cancel_meeting(state=State.AGENDA_SENT, reason="Flood")
    assert not can_cancel_meeting(state=State.AGENDA_SENT, reason=" ")
    assert not can_cancel_meeting(state=State.HELD, reason="Flood")


def test_a_meeting_ends_after_it_began_with_somebody_there():
    assert can_close_meeting(state=State.SCHEDULED, present=1, starts_at=NOW, now=LATER)
    assert not can_close_meeting(state=State.SCHEDULED, present=0, starts_at=NOW, now=LATER)
    assert not can_close_meeting(state=State.SCHEDULED, present=1, starts_at=LATER, now=NOW)
    assert not can_close_meeting(state=State.DRAFT, present=1, starts_at=NOW, now=LATER)


def test_a_meeting_is_held_once_it_has_begun_and_somebody_is_there():
    assert is_held(state=State.AGENDA_SENT, present=1, starts_at=NOW, now=NOW)
    assert not is_held(state=State.AGENDA_SENT, present=0, starts_at=NOW, now=NOW)
    assert not is_held(state=State.AGENDA_SENT, present=1, starts_at=LATER, now=NOW)
    assert not is_held(state=State.MINUTES_DRAFT, present=1, starts_at=NOW, now=NOW)


def test_who_turns_up_while_it_runs_is_put_on_the_list():
    assert can_invite(state=State.HELD)
    assert not can_change_meeting(state=State.HELD)
    assert not can_invite(state=State.MINUTES_DRAFT)


def test_series_keeps_the_weekday():
    assert next_start(LATER, "six_weeks").date() == date(2026, 7, 1)
    assert next_start(LATER, "monthly").weekday() == LATER.weekday()


def test_voice_balance_is_a_share_in_the_members_order():
    one, two, three = new_id(), new_id(), new_id()
    found = voice_balance([one, two, three], proposed={two: 3, three: 1}, chaired={})
    assert [(voice.member_id, voice.proposed, voice.proposed_percent) for voice in found] == [
        (one, 0, 0),
        (two, 3, 75),
        (three, 1, 25),
    ]
    assert {voice.chaired_percent for voice in found} == {0}
