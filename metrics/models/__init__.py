"""Tables of metrics."""

from metrics.models.indicator import Indicator, Target
from metrics.models.measurement import Measurement

__all__ = ["Indicator", "Measurement", "Target"]
