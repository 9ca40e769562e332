"""An indicator broken down by groups, and values with their parts."""

from typing import Any

from metrics.models import Cut, Indicator, Measurement
from metrics.operations.breakdown import add_cut, break_down
from metrics.rules.breakdown import Part
from metrics.rules.cut import Group, usual_groups


def make_cut(indicator: Indicator, kind: str = "gender", *labels: str, **fields: Any) -> Cut:
    """A cut by the usual groups of its kind, or by those named."""
    groups = [Group(label, label) for label in labels] or usual_groups(kind)
    return add_cut(indicator=indicator, kind=kind, groups=groups, by=None, **fields)


def make_parts(measurement: Measurement, cut: Cut, *parts: Any, by: Any = None) -> None:
    """Counts, or pairs (how many, out of how many), in the order of the groups; None at the end: the rest."""
    given = [None if part is None else Part(*part) if isinstance(part, tuple) else Part(part) for part in parts]
    break_down(measurement=measurement, parts={cut: given}, by=by)
