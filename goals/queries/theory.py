"""Reading the way to change of a partnership: its steps level by level, and what leads to what."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.access.viewer import Viewer, visible_records
from core.charts import Chain, ChainBand, ChainLink, ChainStep
from goals.models import Goal, TocLink, TocNode
from goals.queries.goal import goals_visible_to
from goals.rules.theory import LEVELS
from partnerships.models import Partnership


@dataclass(frozen=True)
class Step:
    """A step with what leads to it, how it goes on, and the goals that stand for it."""

    node: TocNode
    because: tuple[TocLink, ...]
    leads_to: tuple[TocLink, ...]
    goals: tuple[Goal, ...]


@dataclass(frozen=True)
class Band:
    """One level with its steps, in their order."""

    level: str
    label: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Theory:
    """A partnership's way to change, from the top."""

    bands: tuple[Band, ...]
    nodes: tuple[TocNode, ...]
    links: tuple[TocLink, ...]

    @property
    def unexplained(self) -> int:
        """How many links say neither an assumption nor any evidence."""
        return sum(not link.assumption and link.strength == TocLink.Strength.NONE for link in self.links)


def nodes_visible_to(viewer: Viewer) -> QuerySet[TocNode]:
    """The steps a viewer may see: as widely as their partnership is shown."""
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["partnership__visibility"])
    return TocNode.objects.filter(seen).select_related("partnership").order_by("order", "created_at", "id")


def links_visible_to(viewer: Viewer) -> QuerySet[TocLink]:
    """The links a viewer may see, with their two steps."""
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["partnership__visibility"])
    rows = TocLink.objects.filter(seen).select_related("partnership", "source", "target")
    return rows.order_by("source__order", "source__created_at", "target__order", "id")


def theory_of(viewer: Viewer, partnership: Partnership) -> Theory:
    """All of a partnership's way to change; three statements."""
    nodes = list(nodes_visible_to(viewer).filter(partnership=partnership))
    links = list(links_visible_to(viewer).filter(partnership=partnership))
    goals = goals_visible_to(viewer).filter(partnership=partnership, outcome_node__isnull=False) if nodes else ()
    down, up, served = defaultdict(list), defaultdict(list), defaultdict(list)
    for link in links:
        down[link.target_id].append(link)
        up[link.source_id].append(link)
    for goal in goals:
        served[goal.outcome_node_id].append(goal)
    by_level = defaultdict(list)
    for node in nodes:
        step = Step(node, tuple(down[node.pk]), tuple(up[node.pk]), tuple(served[node.pk]))
        by_level[node.level].append(step)
    bands = tuple(Band(level, str(level.label), tuple(by_level[level])) for level in LEVELS if by_level[level])
    return Theory(bands, tuple(nodes), tuple(links))


def step_of_goal(viewer: Viewer, goal: Goal) -> Step | None:
    """The step a goal leads to with what leads to it; None without one. Two statements."""
    node = nodes_visible_to(viewer).filter(pk=goal.outcome_node_id).first() if goal.outcome_node_id else None
    if node is None:
        return None
    return Step(node, tuple(links_visible_to(viewer).filter(target=node)), (), (goal,))


def chart_of(theory: Theory) -> Chain:
    """The same as a drawing."""
    bands = [
        ChainBand(band.label, [ChainStep(str(step.node.pk), step.node.text) for step in band.steps])
        for band in theory.bands
    ]
    weights = {strength: at for at, strength in enumerate(TocLink.Strength.values)}
    links = [ChainLink(str(link.source_id), str(link.target_id), weights[link.strength]) for link in theory.links]
    words = [_("nothing shows it yet"), _("weak evidence"), _("moderate evidence"), _("strong evidence")]
    return Chain(_("From what we put in, below, to what changes, above"), bands, links, words)
