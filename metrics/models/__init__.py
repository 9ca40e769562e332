"""Tables of metrics."""

from metrics.models.indicator import Indicator, IndicatorVersion, Target
from metrics.models.measurement import Measurement
from metrics.models.measurement_evidence import MeasurementEvidence
from metrics.models.measurement_import import MeasurementImport
from metrics.models.period_lock import PeriodLock

__all__ = [
    "Indicator",
    "IndicatorVersion",
    "Measurement",
    "MeasurementEvidence",
    "MeasurementImport",
    "PeriodLock",
    "Target",
]
