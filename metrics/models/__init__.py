"""Tables of metrics."""

from metrics.models.breakdown import Cut, CutGroup, GroupValue
from metrics.models.happening import Happening, Overlap
from metrics.models.indicator import Indicator, Target
from metrics.models.measurement import Measurement

__all__ = ["Cut", "CutGroup", "GroupValue", "Happening", "Indicator", "Measurement", "Overlap", "Target"]
