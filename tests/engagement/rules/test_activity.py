from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation

from engagement.models import ActivityRegistration, EngagementActivity, Level
from engagement.rules.activity import (
    PROMISES,
    Facts,
    announcing_findings,
    can_announce,
    can_close,
    can_publish_summary,
    closing_findings,
    next_step,
    report_back_for,
)
from engagement.rules.door_code import door_code_of, hash_of_door_code
from engagement.rules.waiting_list import Room, first_state, next_offers, offer_ends, room_of

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
TODAY = NOW.date()
State, Registration = EngagementActivity.State, ActivityRegistration.State


def facts(**given):
    starts = NOW + timedelta(days=20)
    usual = {
        "state": State.PLANNED,
        "level": Level.LISTENING,
        "what_is_open": "benches",
        "report_back_by": date(2026, 12, 20),
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
    }
    return Facts(**{**usual, **given})


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({}, []),
        ({"report_back_by": None}, ["R-E1"]),
        ({"level": Level.TELLING, "report_back_by": None}, []),
        ({"what_is_open": "  "}, ["R-E2"]),
        ({"level": Level.TELLING, "what_is_open": ""}, []),
        ({"starts_at": NOW + timedelta(days=14)}, []),
        ({"starts_at": NOW + timedelta(days=13)}, ["R-E3"]),
        ({"starts_at": NOW + timedelta(days=1), "what_is_open": "", "report_back_by": None}, ["R-E1", "R-E2", "R-E3"]),
    ],
)
def test_announcing_is_questioned(given, codes):
    assert [one.code for one in announcing_findings(facts(**given), today=TODAY)] == codes


def test_announcing_needs_a_day_to_come():
    assert can_announce(facts(), now=NOW)
    assert not can_announce(facts(starts_at=None), now=NOW)
    assert not can_announce(facts(starts_at=NOW), now=NOW)
    assert not can_announce(facts(state=State.ANNOUNCED), now=NOW)


def test_closing_needs_what_came_of_it_unless_it_only_told():
    assert [one.code for one in closing_findings(facts(state=State.ANSWERED))] == ["R-E1-answer"]
    assert closing_findings(facts(state=State.ANSWERED, has_answer=True)) == []
    assert closing_findings(facts(state=State.SUMMARISED, level=Level.TELLING)) == []
    assert can_close(facts(state=State.SUMMARISED, level=Level.TELLING))
    assert not can_close(facts(state=State.SUMMARISED))


def test_summary_needs_words_and_somebody_who_looked_for_names():
    held = facts(state=State.HELD)
    assert can_publish_summary(held, summary="We talked", names_checked=True)
    assert not can_publish_summary(held, summary="We talked", names_checked=False)
    assert not can_publish_summary(held, summary=" ", names_checked=True)
    assert not can_publish_summary(facts(), summary="We talked", names_checked=True)


def test_report_back_is_thirty_days_after_the_end():
    assert report_back_for(Level.LISTENING, datetime(2026, 11, 21, 18, tzinfo=UTC)) == date(2026, 12, 21)
    assert report_back_for(Level.TELLING, NOW) is None
    assert report_back_for(Level.LEADING, None) is None


def test_next_step_leads_through_the_life():
    walked = [
        next_step(facts(state=state), now=NOW + timedelta(days=30))
        for state in (State.PLANNED, State.ANNOUNCED, State.HELD, State.SUMMARISED, State.ANSWERED, State.CLOSED)
    ]
    assert walked == ["announce", "hold", "summarise", "answer", "close", ""]
    assert next_step(facts(state=State.ANNOUNCED), now=NOW) == ""
    assert next_step(facts(state=State.SUMMARISED, level=Level.TELLING), now=NOW) == "close"


def test_promises_are_word_for_word_in_both_languages():
    with translation.override("en"):
        assert [str(PROMISES[level]) for level in Level] == [
            "You will get clear, timely facts. Nothing is open to change here.",
            "We ask, we answer every theme, and we say what we did with it.",
            "You work on the options with us before we choose.",
            "The decision needs your agreement as well as ours.",
            "You decide; we support and carry it out.",
        ]
    with translation.override("it"):
        assert [f"{level.label}: {PROMISES[level]}" for level in Level] == [
            "Informiamo: Riceverete fatti chiari e in tempo. Qui non c'è nulla da decidere insieme.",
            "Ascoltiamo: Chiediamo, rispondiamo a ogni tema e diciamo che cosa ne abbiamo fatto.",
            "Costruiamo insieme: Lavorate con noi alle alternative prima della scelta.",
            "Decidiamo insieme: Per decidere serve anche il vostro accordo.",
            "Guida la comunità: Decidete voi; noi sosteniamo e realizziamo.",
        ]


def place(people, state=Registration.WAITING):
    return SimpleNamespace(people=people, state=state)


def test_capacity_counts_people_with_a_place_or_an_offer():
    places = [place(2, Registration.GOING), place(3, Registration.OFFERED), place(9), place(4, Registration.LAPSED)]
    assert room_of(10, places) == Room(10, 5)
    assert room_of(10, places).free == 5
    assert room_of(None, places).fits(1000)
    assert Room(3, 5).free == 0


def test_nobody_passes_those_who_wait():
    assert first_state(Room(5, 4), people=1, somebody_waits=False) == Registration.GOING
    assert first_state(Room(5, 4), people=2, somebody_waits=False) == Registration.WAITING
    assert first_state(Room(5, 0), people=1, somebody_waits=True) == Registration.WAITING


def test_places_are_offered_in_order_and_a_small_group_passes_one_that_does_not_fit():
    first, second, third = place(1), place(4), place(2)
    assert next_offers(Room(4, 1), [first, second, third]) == [first, third]
    assert next_offers(Room(4, 4), [first]) == []


def test_offer_ends_when_it_begins_at_the_latest():
    starts = NOW + timedelta(hours=30)
    assert offer_ends(now=NOW, hours=48, starts_at=starts) == starts
    assert offer_ends(now=NOW, hours=24, starts_at=starts) == NOW + timedelta(hours=24)
    assert offer_ends(now=NOW, hours=24, starts_at=NOW + timedelta(minutes=30)) is None


def test_door_code_is_typed_carelessly_and_fits_one_activity():
    import uuid

    key, here, elsewhere = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    code = door_code_of(key)
    assert len(code) == 7
    assert code == door_code_of(key)
    assert hash_of_door_code(code, here) == hash_of_door_code(code.lower().replace("-", " "), here)
    assert hash_of_door_code(code, here) != hash_of_door_code(code, elsewhere)
