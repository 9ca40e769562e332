"""The pictures of a map: the grid of power and stake, and the rings around the issue."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.charts import Point, Quadrants, RingsChart, ScatterChart
from stakeholders.models import MapEntry
from stakeholders.queries.stakeholder_map import EntryRow
from stakeholders.rules.assessment import HIGH, Quadrant


def grid_chart(entries: Sequence[EntryRow]) -> ScatterChart | None:
    """Who has how much power and how much at stake; None while nobody is rated on both."""
    placed = [one for one in entries if one.standing.quadrant]
    if not placed:
        return None
    return ScatterChart(
        title=_grid_finding(placed),
        points=[
            Point(one.name, _place(one.standing.means["interest"]), _place(one.standing.means["power"]), one.sector)
            for one in placed
        ],
        groups=list(dict.fromkeys(one.sector for one in placed)),
        quadrants=Quadrants(
            top_left=str(Quadrant.SATISFY.label),
            top_right=str(Quadrant.WORK_TOGETHER.label),
            bottom_left=str(Quadrant.OPEN_DOOR.label),
            bottom_right=str(Quadrant.INVEST.label),
        ),
        x_label=_("at stake for them"),
        y_label=_("power"),
    )


def _place(mean: Decimal | None) -> float:
    """Where a mean stands between 1 and 5 when the fields, which meet at 3.5 (R-S1), are drawn equally large."""
    value = Decimal(1) if mean is None else mean
    if value <= HIGH:
        return float(1 + (value - 1) * 2 / (HIGH - 1))
    return float(3 + (value - HIGH) * 2 / (5 - HIGH))


def rings_chart(entries: Sequence[EntryRow]) -> RingsChart | None:
    """Who stands how close to the issue; None while nobody was placed."""
    if not any(one.ring for one in entries):
        return None
    in_ring = Counter(one.ring for one in entries)
    living = in_ring[MapEntry.Ring.LIVING_IT]
    said = ngettext("%(count)d lives the issue", "%(count)d live the issue", living) % {"count": living}
    return RingsChart(
        title=said if living else _("Nobody on the map lives the issue"),
        rings=[(str(ring.label), [one.name for one in entries if one.ring == ring]) for ring in MapEntry.Ring],
    )


def _grid_finding(placed: Sequence[EntryRow]) -> str:
    invest = [one.name for one in placed if one.standing.quadrant == Quadrant.INVEST]
    if len(invest) == 1:
        return _("%(name)s has much at stake and little power") % {"name": invest[0]}
    if invest:
        return _("%(count)d have much at stake and little power") % {"count": len(invest)}
    return _("Nobody rated has much at stake and little power")
