"""A signal from the day it is found to the day it is over."""

from datetime import date, timedelta

import pytest

from core.jobs.daily import registered_daily
from core.models import AuditEvent
from partnerships.models import Partnership, Signal, Task
from partnerships.operations.signal import (
    Looked,
    SignalRefusedError,
    choose_action,
    dismiss_signal,
    look_daily,
    look_for_signals,
    see_signal,
)
from partnerships.rules.signal import TaskWish
from tests.factories.core import make_user
from tests.factories.partnerships import make_agreement, make_member, make_partnership

TODAY = date(2026, 11, 27)


@pytest.fixture
def partnership(space, coordinator):
    found = make_partnership("own", coordinator=coordinator)
    Partnership.objects.filter(pk=found.pk).update(state="active")
    found.refresh_from_db()
    return found


@pytest.fixture
def version(partnership):
    found = make_agreement(partnership)
    found.state, found.valid_to = "in_force", TODAY + timedelta(days=80)
    found.save()
    return found


def look(days=0, **fields):
    return look_for_signals(today=TODAY + timedelta(days=days), **fields)


def verbs():
    return list(
        AuditEvent.objects.filter(verb__startswith="signal.").order_by("at", "id").values_list("verb", flat=True)
    )


def test_look_raises_once_and_clears_when_the_cause_is_gone(partnership):
    assert look() == Looked(raised=1)
    assert look(1) == Looked()
    signal = Signal.objects.get()
    assert (signal.code, signal.state, signal.raised_on) == ("deputy_missing", "raised", TODAY)
    Partnership.objects.update(deputy=make_user("deputy@borgo.example", "Dora Vice"))
    assert look(2) == Looked(cleared=1)
    signal.refresh_from_db()
    assert (signal.state, signal.cleared_on) == ("cleared", TODAY + timedelta(days=2))
    assert verbs() == ["signal.raised", "signal.cleared"]
    Partnership.objects.update(deputy=None)
    assert look(3) == Looked(raised=1)
    assert Signal.objects.count() == 2


def test_look_keeps_the_facts_fresh_and_what_people_did(version, coordinator):
    look()
    signal = Signal.objects.get(code="agreement_ending")
    see_signal(signal=signal, by=coordinator)
    version.agreement.visibility = 1
    version.agreement.save()
    look(5)
    signal.refresh_from_db()
    assert (signal.state, signal.facts["days"], signal.visibility) == ("seen", 75, 1)


def test_look_at_one_partnership_leaves_others_alone(partnership, coordinator):
    other = make_partnership("other", coordinator=coordinator)
    Partnership.objects.filter(pk=other.pk).update(state="active")
    assert look(partnership=partnership) == Looked(raised=1)
    assert look_daily(today=TODAY) == Looked(raised=1)
    assert look_daily in registered_daily()


def test_partnership_that_is_not_at_work_has_no_signals(partnership):
    look()
    Partnership.objects.update(state="paused")
    assert look(1) == Looked(cleared=1)
    assert look(2) == Looked()


def test_signal_of_a_rule_nobody_registers_any_more_is_over(partnership):
    Signal.objects.create(partnership=partnership, code="gone", raised_on=TODAY)
    assert look() == Looked(raised=1, cleared=1)


def test_dismissed_signal_rests_until_it_is_worse(version, coordinator):
    look()
    signal = Signal.objects.get(code="agreement_ending")
    dismiss_signal(signal=signal, reason="The new one is being written", by=coordinator, today=TODAY)
    assert look(29) == Looked()
    assert look(30) == Looked(raised_again=1)
    signal.refresh_from_db()
    assert (signal.state, signal.seen_on, signal.dismissal_reason) == ("raised", None, "The new one is being written")
    assert "signal.raised_again" in verbs()


def test_dismissed_signal_that_is_no_worse_comes_back_after_ninety_days(partnership, coordinator):
    look()
    signal = Signal.objects.get()
    dismiss_signal(signal=signal, reason="Wait for the new year", by=coordinator, today=TODAY)
    assert look(89) == Looked()
    assert look(90) == Looked(raised_again=1)


def test_dismissed_signal_whose_cause_is_gone_is_over(partnership, coordinator):
    look()
    dismiss_signal(signal=Signal.objects.get(), reason="Wait", by=coordinator, today=TODAY)
    Partnership.objects.update(coordinator=None)
    assert look(1) == Looked(cleared=1)


def test_action_in_words_or_as_a_task(partnership, coordinator):
    look()
    signal = Signal.objects.get()
    with pytest.raises(SignalRefusedError) as refusal:
        choose_action(signal=signal, action="  ", by=coordinator)
    assert refusal.value.field == "action"
    chosen = choose_action(signal=signal, action="Ask Dora", by=coordinator, today=TODAY)
    assert (chosen.state, chosen.task, chosen.seen_by, chosen.chosen_by) == (
        "action_chosen",
        None,
        coordinator,
        coordinator,
    )
    member = make_member(partnership)
    wish = TaskWish(member, TODAY + timedelta(days=9))
    chosen = choose_action(signal=signal, action="Find a deputy", task=wish, by=coordinator)
    task = Task.objects.get()
    assert (chosen.task, task.title, task.member, task.due_on) == (task, "Find a deputy", member, wish.due_on)


def test_task_for_who_left_is_refused(partnership, coordinator):
    look()
    member = make_member(partnership, state="former")
    with pytest.raises(SignalRefusedError) as refusal:
        choose_action(signal=Signal.objects.get(), action="Call", task=TaskWish(member), by=coordinator)
    assert refusal.value.field == "member"
    assert Signal.objects.get().state == "raised"


def test_nothing_is_done_with_what_is_over_or_put_aside(partnership, coordinator):
    look()
    signal = Signal.objects.get()
    with pytest.raises(SignalRefusedError):
        dismiss_signal(signal=signal, reason=" ", by=coordinator)
    see_signal(signal=signal, by=coordinator)
    with pytest.raises(SignalRefusedError):
        see_signal(signal=signal, by=coordinator)
    dismiss_signal(signal=signal, reason="Not now", by=coordinator)
    for act in (
        lambda: see_signal(signal=signal, by=coordinator),
        lambda: choose_action(signal=signal, action="Call", by=coordinator),
        lambda: dismiss_signal(signal=signal, reason="Not now", by=coordinator),
    ):
        with pytest.raises(SignalRefusedError):
            act()
    assert verbs() == ["signal.raised", "signal.seen", "signal.dismissed"]


@pytest.mark.parametrize("count", [1, 3])
def test_look_that_finds_nothing_new_costs_the_same_for_one_and_three(
    space, coordinator, count, django_assert_num_queries
):
    for number in range(count):
        make_partnership(f"p{number}", coordinator=coordinator)
    Partnership.objects.update(state="active", rhythm="monthly")
    look()
    with django_assert_num_queries(LOOK_QUERIES):
        assert look() == Looked()


LOOK_QUERIES = 26
