from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.models import AuditEvent
from metrics.models import Measurement, PeriodLock
from metrics.operations.measurement import (
    MeasurementRefusedError,
    correct_measurement,
    question_measurement,
    verify_measurement,
)
from metrics.operations.measurement_batch import EntriesRefusedError, enter_values
from metrics.operations.period_lock import PeriodNotSettledError, PeriodOpenError, lock_period, open_period
from metrics.rules.measurement import Reported
from metrics.rules.measurement_grid import CellValue, Entry
from metrics.rules.period import Period
from tests.factories.metrics import Q1, Q2, make_indicator, make_measurement
from tests.factories.partnerships import make_partnership

FIRST_HALF = {"starts_on": Q1[0], "ends_on": Q2[1]}


@pytest.fixture
def partnership(space):
    return make_partnership(mode="full")


@pytest.fixture
def indicator(partnership):
    return make_indicator(partnership)


@pytest.fixture
def locked(indicator, coordinator, evaluator):
    """A verified value in a settled period."""
    measurement = make_measurement(indicator, 3, by=coordinator)
    verify_measurement(measurement=measurement, by=evaluator)
    lock_period(partnership=indicator.partnership, by=evaluator, **FIRST_HALF)
    return measurement


def test_locked_period_refuses_a_value_in_words(locked, indicator, coordinator):
    with pytest.raises(ValidationError) as refusal:
        make_measurement(indicator, 4, period=Q2, by=coordinator)
    assert refusal.value.message_dict["period_ends_on"] == [
        "January \u2013 June 2026 is locked: its values are settled. Coordination can open it again, with a reason."
    ]


def test_locked_period_refuses_corrections_and_questions(locked, indicator, coordinator, evaluator):
    with pytest.raises(MeasurementRefusedError, match="is locked"):
        correct_measurement(measurement=locked, value=Decimal(4), by=coordinator)
    Measurement.objects.filter(pk=locked.pk).update(state="submitted", verified_by=None)
    with pytest.raises(MeasurementRefusedError, match="is locked"):
        question_measurement(measurement=locked, question="Sure?", by=evaluator)


@pytest.mark.parametrize("as_draft", [False, True])
def test_locked_period_refuses_the_grid_and_drafts_too(locked, indicator, coordinator, as_draft):
    entry = Entry("a", indicator, None, Period(*Q2), CellValue(Reported(Decimal(4))))
    with pytest.raises(EntriesRefusedError) as refusal:
        enter_values(entries=[entry], by=coordinator, as_draft=as_draft)
    assert "is locked" in refusal.value.by_place["a"][0]
    assert Measurement.objects.count() == 1


def test_value_belongs_to_the_period_in_which_its_own_ends(locked, indicator, coordinator):
    make_measurement(indicator, 40, period=(Q1[0], Q1[0].replace(month=12, day=31)), by=coordinator)
    assert Measurement.objects.count() == 2


def test_other_partnership_is_not_locked(locked, coordinator):
    make_measurement(make_indicator(make_partnership("other")), 4, period=Q2, by=coordinator)


def test_full_partnership_locks_only_what_is_verified(indicator, coordinator, evaluator):
    make_measurement(indicator, 3, by=coordinator)
    with pytest.raises(PeriodNotSettledError, match="1 value of this period is not verified yet"):
        lock_period(partnership=indicator.partnership, by=evaluator, **FIRST_HALF)
    assert not PeriodLock.objects.exists()


def test_light_partnership_may_lock_all_the_same(space, coordinator):
    indicator = make_indicator(make_partnership("light", mode="light"))
    make_measurement(indicator, 3, by=coordinator)
    assert lock_period(partnership=indicator.partnership, by=coordinator, **FIRST_HALF).locked_by == coordinator


def test_period_is_locked_once_and_only_when_over(locked, indicator, evaluator, time_machine):
    with pytest.raises(ValidationError):
        lock_period(partnership=indicator.partnership, by=evaluator, **FIRST_HALF)
    time_machine.move_to("2026-03-01")
    with pytest.raises(ValidationError) as refusal:
        lock_period(partnership=indicator.partnership, starts_on=Q1[0], ends_on=Q1[1], by=evaluator)
    assert "ends_on" in refusal.value.message_dict


def test_opening_needs_a_reason_that_stays_on_record(locked, indicator, coordinator, evaluator):
    lock = PeriodLock.objects.get()
    with pytest.raises(ValidationError):
        open_period(lock=lock, reason="  ", by=evaluator)
    opened = open_period(lock=lock, reason="A sheet was missing", by=evaluator)
    assert (opened.unlocked_by, opened.unlock_reason) == (evaluator, "A sheet was missing")
    assert AuditEvent.objects.filter(verb="measurement.period_opened", actor=evaluator).count() == 1
    make_measurement(indicator, 4, period=Q2, by=coordinator)
    with pytest.raises(PeriodOpenError):
        open_period(lock=lock, reason="Again", by=evaluator)
