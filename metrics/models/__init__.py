"""Tables of metrics."""

from metrics.models.breakdown import Cut, CutGroup, GroupValue
from metrics.models.happening import Happening, Overlap
from metrics.models.indicator import Indicator, IndicatorVersion, Target
from metrics.models.measurement import Measurement
from metrics.models.measurement_evidence import MeasurementEvidence
from metrics.models.measurement_import import MeasurementImport
from metrics.models.period_lock import PeriodLock
from metrics.models.reporter import Reporter

__all__ = [
    "Cut",
    "CutGroup",
    "GroupValue",
    "Happening",
    "Indicator",
    "IndicatorVersion",
    "Measurement",
    "MeasurementEvidence",
    "MeasurementImport",
    "Overlap",
    "PeriodLock",
    "Reporter",
    "Target",
]
