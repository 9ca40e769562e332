"""A partnership with results worth a report, and its report."""

from datetime import date
from decimal import Decimal
from typing import Any

from core.access.visibility import Visibility
from partnerships.models import Partnership
from reports.models import ImpactReport
from reports.operations.report import freeze_report
from tests.factories.goals import make_adopted_goal
from tests.factories.metrics import Q1, Q2, make_measurement
from tests.factories.partnerships import make_partnership

PERIOD = {"period_starts_on": date(2026, 1, 1), "period_ends_on": date(2026, 6, 30)}


def make_measured_partnership(by: Any, *, slug: str = "scuola-lavoro", **fields: Any) -> Partnership:
    """A public partnership whose one goal has a value of two quarters, not yet checked by anybody."""
    partnership = make_partnership(
        slug, visibility=Visibility.PUBLIC, territory="Borgo", purpose="Work known", **fields
    )
    goal = make_adopted_goal(partnership, by, visibility=Visibility.PUBLIC)
    make_measurement(goal.indicator, period=Q1, numerator=Decimal(60), denominator=Decimal(180))
    make_measurement(goal.indicator, period=Q2, numerator=Decimal(81), denominator=Decimal(180))
    return partnership


def make_report(partnership: Partnership, by: Any = None, **fields: Any) -> ImpactReport:
    """A frozen report of the first half of 2026."""
    values = {
        "title": "Half a year",
        "language": "en",
        "summary": "More students placed.",
        "not_working": "Buses.",
        **PERIOD,
    }
    return freeze_report(partnership=partnership, by=by, **{**values, **fields})
