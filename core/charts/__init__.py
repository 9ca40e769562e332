"""Charts as SVG text: the same drawing on a page and in a PDF, without script.

Every shape carries its print colour as an attribute and a class by which the page's sheet recolours it for brand and
dark mode (a PDF ignores page styles inside SVG). The caller passes words and number formats; nothing here is
translated. The title is the alternative text and should say what the chart shows. `compact=True` draws the 360-wide
variant for phones, `brand` is the tenant's `#rrggbb` for print.
"""

from core.charts.bars import BarChart, bars
from core.charts.chain import Chain, ChainBand, ChainLink, ChainStep, chain
from core.charts.line import Event, LineChart, line
from core.charts.network import Edge, NetworkChart, Node, network
from core.charts.progress import ProgressChart, progress
from core.charts.rings import RingsChart, rings
from core.charts.scatter import Point, Quadrants, ScatterChart, scatter
from core.charts.timeline import Milestone, Span, TimelineChart, timeline

__all__ = [
    "BarChart",
    "Chain",
    "ChainBand",
    "ChainLink",
    "ChainStep",
    "Edge",
    "Event",
    "LineChart",
    "Milestone",
    "NetworkChart",
    "Node",
    "Point",
    "ProgressChart",
    "Quadrants",
    "RingsChart",
    "ScatterChart",
    "Span",
    "TimelineChart",
    "bars",
    "chain",
    "line",
    "network",
    "progress",
    "rings",
    "scatter",
    "timeline",
]
