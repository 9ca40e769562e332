"""A chart in the space's colour, for wide pages and for phones."""

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString

from core.charts import NetworkChart, RingsChart, ScatterChart, network, rings, scatter
from core.web.access import SpaceRequest

_PENS: dict[type, Callable[..., SafeString]] = {NetworkChart: network, RingsChart: rings, ScatterChart: scatter}


def drawn(request: SpaceRequest, chart: Any) -> dict[str, Any] | None:
    """The finding and both drawings; None for nothing to draw."""
    if chart is None:
        return None
    pen, brand = _PENS[type(chart)], request.tenant.brand_colour
    return {"finding": chart.title, "wide": pen(chart, brand=brand), "compact": pen(chart, compact=True, brand=brand)}
