from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import StoredFile
from metrics.models import MeasurementEvidence
from metrics.operations.measurement import MeasurementRefusedError, correct_measurement, grade_measurement
from metrics.operations.measurement_evidence import ValueEvidenceRefusedError, show_value_evidence
from partnerships.rules.task_evidence import Shown
from tests.factories.metrics import make_indicator, make_measurement
from tests.factories.partnerships import make_partnership


@pytest.fixture
def measurement(space, coordinator):
    return make_measurement(make_indicator(make_partnership()), 3, by=coordinator)


def test_evidence_is_a_line_or_a_file_and_the_same_line_stands_once(measurement, coordinator):
    upload = SimpleUploadedFile("register.txt", b"12 families")
    show_value_evidence(measurement=measurement, shown=Shown(note="The register"), by=coordinator)
    show_value_evidence(measurement=measurement, shown=Shown(note="The register"), by=coordinator)
    show_value_evidence(measurement=measurement, shown=Shown(upload=upload), by=coordinator)
    assert MeasurementEvidence.objects.count() == 2
    assert StoredFile.objects.get().visibility == measurement.indicator.visibility


def test_nothing_shown_and_a_replaced_value_are_refused(measurement, coordinator):
    with pytest.raises(ValueEvidenceRefusedError):
        show_value_evidence(measurement=measurement, shown=Shown(), by=coordinator)
    correct_measurement(measurement=measurement, value=Decimal(4), by=coordinator)
    measurement.refresh_from_db()
    with pytest.raises(ValueEvidenceRefusedError, match="newer one"):
        show_value_evidence(measurement=measurement, shown=Shown(note="Late"), by=coordinator)


def test_file_that_cannot_be_taken_is_refused_at_its_field(measurement, coordinator):
    upload = SimpleUploadedFile("run.exe", b"MZ\x90\x00")
    with pytest.raises(ValueEvidenceRefusedError) as refusal:
        show_value_evidence(measurement=measurement, shown=Shown(upload=upload), by=coordinator)
    assert refusal.value.field == "evidence_file"


def test_somebody_else_judges_a_value_and_the_value_stays(measurement, coordinator, evaluator):
    with pytest.raises(MeasurementRefusedError):
        grade_measurement(measurement=measurement, by=coordinator, evidence_strength="strong")
    graded = grade_measurement(
        measurement=measurement, by=evaluator, evidence_strength="weak", quality_precision="limited"
    )
    assert (graded.evidence_strength, graded.quality_precision, graded.quality_validity) == (
        "weak",
        "limited",
        "unknown",
    )
    assert (graded.value, graded.state) == (3, "submitted")


def test_grade_that_does_not_exist_is_refused(measurement, evaluator):
    with pytest.raises(ValidationError):
        grade_measurement(measurement=measurement, by=evaluator, evidence_strength="superb")
