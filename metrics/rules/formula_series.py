"""The values over time of an indicator computed from others."""

from collections.abc import Mapping

from django.utils.translation import get_language

from metrics.rules.formula import Formula
from metrics.rules.period import Period
from metrics.rules.series import Point


def computed_series(formula: Formula, by_code: Mapping[str, Mapping[Period, Point]]) -> list[Point]:
    """One point for each period any of the others has; without a value where the formula gives none."""
    periods = {period for points in by_code.values() for period in points}
    return [
        _point(formula, period, by_code) for period in sorted(periods, key=lambda one: (one.ends_on, one.starts_on))
    ]


def _point(formula: Formula, period: Period, by_code: Mapping[str, Mapping[Period, Point]]) -> Point:
    there = [points[period] for points in by_code.values() if period in points]
    computed = formula.compute(
        {code: points[period].value if period in points else None for code, points in by_code.items()}
    )
    language = (get_language() or "en")[:2]
    return Point(
        period,
        computed.value,
        is_verified=len(there) == len(formula.codes) and all(point.is_verified for point in there),
        is_partial=any(point.is_partial for point in there),
        missing_reason=computed.missing.in_language(language) if computed.missing else "",
        version=max(point.version for point in there),
    )
