"""Reading relations: of one stakeholder, and the network around it or on a map."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access.viewer import Viewer
from core.charts import Edge, NetworkChart, Node
from core.web.space import space_url
from stakeholders.models import InfluenceLink, MapEntry, Stakeholder, StakeholderMap
from stakeholders.queries.stakeholder import kept_at, visible_at
from stakeholders.rules.network import Ties, ties_of

# More nodes than these no picture shows; the nearest are kept.
MOST_NODES, MOST_EDGES = 60, 400
# Names in a sentence; how many more there are is counted.
MOST_NAMED = 6


@dataclass(frozen=True)
class RelationRow:
    """A relation seen from one stakeholder or from outside; ``what`` in words with both names' order kept."""

    id: uuid.UUID
    source: str
    source_url: str
    what: str
    target: str
    target_url: str
    strength: str
    since: object
    until: object
    note: str


@dataclass(frozen=True)
class NetworkNode:
    """A stakeholder in a network: with how many it is tied, and how many parts only it connects (0 for none)."""

    id: uuid.UUID
    name: str
    sector: str
    ties: int
    connects: int

    @property
    def is_isolated(self) -> bool:
        """Whether it has no tie to anybody here."""
        return not self.ties


@dataclass(frozen=True)
class Network:
    """A network: the drawing, everybody in it, what it says in sentences, and every relation for a table.

    ``is_cut`` when the drawing leaves somebody out.
    """

    chart: NetworkChart
    nodes: Sequence[NetworkNode]
    links: Sequence[InfluenceLink]
    findings: Sequence[str]
    relations: Sequence[RelationRow]
    is_cut: bool


def relations_visible_to(viewer: Viewer) -> QuerySet[InfluenceLink]:
    """Relations both ends of which a viewer keeps."""
    rows = InfluenceLink.objects.select_related("source", "target").order_by("until", "source__sort_name", "kind", "id")
    return rows.filter(kept_at(viewer, "source__"), kept_at(viewer, "target__"))


def relations_of(viewer: Viewer, stakeholder: Stakeholder) -> QuerySet[InfluenceLink]:
    """The relations of one stakeholder in both directions, ended ones last."""
    return relations_visible_to(viewer).filter(Q(source=stakeholder) | Q(target=stakeholder))


def as_relation_row(relation: InfluenceLink) -> RelationRow:
    """A relation as a table shows it."""
    return RelationRow(
        id=relation.pk,
        source=relation.source.name,
        source_url=space_url("stakeholder_relations", stakeholder_id=relation.source_id),
        what=relation.get_kind_display(),
        target=relation.target.name,
        target_url=space_url("stakeholder_relations", stakeholder_id=relation.target_id),
        strength=relation.get_strength_display(),
        since=relation.since,
        until=relation.until,
        note=relation.note,
    )


def network_of_map(viewer: Viewer, found: StakeholderMap) -> Network:
    """Everybody on a map, and the relations among them that still hold."""
    entries = MapEntry.objects.filter(map=found).filter(visible_at(viewer, "stakeholder__"))
    nodes = [
        entry.stakeholder for entry in entries.select_related("stakeholder").order_by("stakeholder__sort_name", "id")
    ]
    ids = [node.pk for node in nodes]
    relations = relations_visible_to(viewer).filter(source__in=ids, target__in=ids, until=None)[:MOST_EDGES]
    return _network(nodes, list(relations))


def network_around(viewer: Viewer, stakeholder: Stakeholder) -> Network:
    """One stakeholder, those tied to it, and the relations among all of these that still hold."""
    own = list(relations_of(viewer, stakeholder).filter(until=None)[:MOST_EDGES])
    near = {end.pk: end for relation in own for end in (relation.source, relation.target)}
    near.pop(stakeholder.pk, None)
    nodes = [stakeholder, *list(near.values())[: MOST_NODES - 1]]
    ids = [node.pk for node in nodes]
    relations = relations_visible_to(viewer).filter(source__in=ids, target__in=ids, until=None)[:MOST_EDGES]
    return _network(nodes, list(relations) if near else [])


def _network(nodes: Sequence[Stakeholder], relations: Sequence[InfluenceLink]) -> Network:
    keys = [str(node.pk) for node in nodes]
    pairs = [(str(one.source_id), str(one.target_id)) for one in relations]
    ties = ties_of(keys, pairs)
    names = {str(node.pk): node.name for node in nodes}
    findings = _findings(ties, names)
    drawn = sorted(keys, key=lambda key: -ties.degrees[key])[:MOST_NODES]
    chart = NetworkChart(
        title=_headline(ties, names),
        nodes=[_node(node, ties) for node in nodes if str(node.pk) in drawn],
        edges=[Edge(str(one.source_id), str(one.target_id), one.strength) for one in relations],
        groups=list(dict.fromkeys(str(node.get_sector_display()) for node in nodes)),
    )
    everybody = [
        NetworkNode(node.pk, node.name, node.sector, ties.degrees[key], ties.bridges.get(key, 0))
        for node, key in zip(nodes, keys, strict=True)
    ]
    rows = [as_relation_row(one) for one in relations]
    return Network(chart, everybody, relations, findings, rows, is_cut=len(nodes) > MOST_NODES)


def _node(node: Stakeholder, ties: Ties) -> Node:
    key = str(node.pk)
    size = 3 if key in ties.bridges else 2 if ties.degrees[key] > 2 else 1  # noqa: PLR2004 - well tied
    return Node(key, node.name, str(node.get_sector_display()), size)


def _findings(ties: Ties, names: dict[str, str]) -> list[str]:
    found = [f"{_connects(names[key], parts)} {_without(key, ties, names)}" for key, parts in _bridges(ties, names)]
    return [*found, _alone(ties, names)] if ties.isolated else found


def _headline(ties: Ties, names: dict[str, str]) -> str:
    """The first finding as a picture can carry it."""
    for key, parts in _bridges(ties, names):
        return _connects(names[key], parts)
    return _alone(ties, names) if ties.isolated else _("Who is tied to whom")


def _bridges(ties: Ties, names: dict[str, str]) -> list[tuple[str, int]]:
    return sorted(ties.bridges.items(), key=lambda pair: (-pair[1], names[pair[0]]))


def _alone(ties: Ties, names: dict[str, str]) -> str:
    said = ngettext(
        "%(names)s has no tie to anybody here.", "%(names)s have no tie to anybody here.", len(ties.isolated)
    )
    return said % {"names": _joined(names[key] for key in ties.isolated)}


def _connects(name: str, parts: int) -> str:
    said = ngettext(
        "Only %(name)s connects %(parts)d part of the network.",
        "Only %(name)s connects %(parts)d parts of the network.",
        parts,
    )
    return said % {"name": name, "parts": parts}


def _without(key: str, ties: Ties, names: dict[str, str]) -> str:
    """Who would stand apart without it, as many as one reads."""
    apart = sorted((names[one] for one in ties.cut_off[key]), key=str.casefold)
    told = {"names": ", ".join(apart[:MOST_NAMED]), "count": len(apart) - MOST_NAMED}
    if len(apart) <= MOST_NAMED:
        said = ngettext(
            "Without it, %(names)s would be cut off from the others.",
            "Without it, %(names)s would be cut off from the others.",
            len(apart),
        )
        return said % told
    said = ngettext(
        "Without it, %(names)s and %(count)d other would be cut off.",
        "Without it, %(names)s and %(count)d others would be cut off.",
        len(apart) - MOST_NAMED,
    )
    return said % told


def _joined(names: Iterable[str]) -> str:
    return ", ".join(sorted(names, key=str.casefold))
