from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.models import AuditEvent
from metrics.models import Measurement
from metrics.operations.measurement import (
    MeasurementRefusedError,
    correct_measurement,
    question_measurement,
    verify_measurement,
)
from tests.factories.metrics import Q1, Q2, make_indicator, make_measurement, make_speaking_member
from tests.factories.partnerships import make_partnership


@pytest.fixture
def indicator(space):
    return make_indicator(make_partnership())


@pytest.fixture
def share(space):
    return make_indicator(make_partnership(), unit="percent", name_en="Students placed")


def test_measurement_waits_for_a_second_person(indicator, coordinator):
    measurement = make_measurement(indicator, 12, by=coordinator)
    assert measurement.state == Measurement.State.SUBMITTED
    assert AuditEvent.objects.get(verb="measurement.recorded").changes["value"] == "12"


def test_percentage_keeps_its_two_numbers_and_is_computed(share, coordinator):
    measurement = make_measurement(share, numerator=Decimal(40), denominator=Decimal(180), by=coordinator)
    assert measurement.value == Decimal("22.2222")
    assert (measurement.numerator, measurement.denominator) == (40, 180)


def test_typed_percentage_without_its_numbers_is_refused(share):
    with pytest.raises(ValidationError, match="Enter a value"):
        make_measurement(share, 22)


def test_missing_value_is_stored_as_missing_with_its_reason_and_never_as_zero(indicator):
    measurement = make_measurement(indicator, missing_reason="The desk was closed")
    assert measurement.value is None
    assert measurement.missing_reason == "The desk was closed"


def test_zero_is_a_value(indicator):
    assert make_measurement(indicator, 0).value == 0


def test_value_that_is_neither_given_nor_explained_is_refused(indicator):
    with pytest.raises(ValidationError, match="say why there is none"):
        make_measurement(indicator)


def test_value_with_a_reason_for_having_none_is_refused(indicator):
    with pytest.raises(ValidationError, match="leave the reason empty"):
        make_measurement(indicator, 3, missing_reason="No time")


def test_half_a_family_is_refused(indicator):
    with pytest.raises(ValidationError, match="whole number"):
        make_measurement(indicator, "2.5")


def test_period_that_ends_before_it_starts_is_refused(indicator):
    with pytest.raises(ValidationError, match="must end after"):
        make_measurement(indicator, 3, period=(Q1[1], Q1[0]))


def test_second_value_for_the_same_period_is_refused(indicator):
    make_measurement(indicator, 3)
    with pytest.raises(ValidationError, match="already a value for this period"):
        make_measurement(indicator, 4)


def test_two_members_report_the_same_period(indicator, coordinator, evaluator):
    make_measurement(indicator, 3, member=make_speaking_member(indicator.partnership, coordinator, "One"))
    make_measurement(indicator, 4, member=make_speaking_member(indicator.partnership, evaluator, "Two"))
    assert Measurement.objects.count() == 2


def test_second_person_verifies(indicator, coordinator, evaluator):
    measurement = verify_measurement(measurement=make_measurement(indicator, 12, by=coordinator), by=evaluator)
    assert measurement.state == Measurement.State.VERIFIED
    assert measurement.verified_by == evaluator
    assert AuditEvent.objects.filter(verb="measurement.verified").exists()


def test_verifying_the_own_value_is_refused(indicator, coordinator):
    measurement = make_measurement(indicator, 12, by=coordinator)
    with pytest.raises(MeasurementRefusedError, match="someone else must check"):
        verify_measurement(measurement=measurement, by=coordinator)
    measurement.refresh_from_db()
    assert measurement.state == Measurement.State.SUBMITTED


def test_verifying_the_own_value_is_refused_when_it_came_by_link(indicator, coordinator):
    member = make_speaking_member(indicator.partnership, coordinator)
    person = member.representatives.get().person
    measurement = make_measurement(indicator, 12, by=None, by_person=person, member=member)
    with pytest.raises(MeasurementRefusedError, match="someone else must check"):
        verify_measurement(measurement=measurement, by=coordinator)


def test_verifying_twice_is_refused(indicator, coordinator, evaluator):
    measurement = verify_measurement(measurement=make_measurement(indicator, 12, by=coordinator), by=evaluator)
    with pytest.raises(MeasurementRefusedError, match="not waiting"):
        verify_measurement(measurement=measurement, by=evaluator)


def test_value_is_sent_back_with_a_question(indicator, coordinator, evaluator):
    measurement = make_measurement(indicator, 12, by=coordinator)
    asked = question_measurement(measurement=measurement, question="Families or people?", by=evaluator)
    assert asked.state == Measurement.State.QUERIED
    assert asked.query_note == "Families or people?"


def test_sending_back_without_a_question_is_refused(indicator, coordinator, evaluator):
    with pytest.raises(ValidationError, match="what you would like to know"):
        question_measurement(measurement=make_measurement(indicator, 12, by=coordinator), question=" ", by=evaluator)


def test_questioning_the_own_value_is_refused(indicator, coordinator):
    with pytest.raises(MeasurementRefusedError):
        question_measurement(
            measurement=make_measurement(indicator, 12, by=coordinator), question="Why?", by=coordinator
        )


def test_correction_is_a_new_row_that_points_at_the_old_one(indicator, coordinator, evaluator):
    old = verify_measurement(measurement=make_measurement(indicator, 12, by=coordinator), by=evaluator)
    new = correct_measurement(measurement=old, value=Decimal(13), note="One family was missed", by=coordinator)
    old.refresh_from_db()
    assert (old.state, old.value) == (Measurement.State.CORRECTED, 12)
    assert (new.state, new.value, new.corrects) == (Measurement.State.SUBMITTED, 13, old)
    assert (new.period_starts_on, new.period_ends_on) == Q1


def test_correcting_what_was_corrected_is_refused(indicator, coordinator):
    old = make_measurement(indicator, 12, by=coordinator)
    correct_measurement(measurement=old, value=Decimal(13), by=coordinator)
    with pytest.raises(MeasurementRefusedError, match="Correct the newer one"):
        correct_measurement(measurement=old, value=Decimal(14), by=coordinator)
    assert Measurement.objects.count() == 2


def test_refused_correction_leaves_the_old_value_in_place(indicator, coordinator):
    old = make_measurement(indicator, 12, by=coordinator)
    with pytest.raises(ValidationError):
        correct_measurement(measurement=old, value=Decimal(-1), by=coordinator)
    old.refresh_from_db()
    assert old.state == Measurement.State.SUBMITTED


def test_corrector_may_not_verify_the_correction(indicator, coordinator, evaluator):
    old = make_measurement(indicator, 12, by=coordinator)
    new = correct_measurement(measurement=old, value=Decimal(13), by=evaluator)
    with pytest.raises(MeasurementRefusedError):
        verify_measurement(measurement=new, by=evaluator)


def test_next_period_takes_its_own_value(indicator):
    make_measurement(indicator, 3, period=Q1)
    make_measurement(indicator, 4, period=Q2)
    assert Measurement.objects.count() == 2
