"""Who is tied to whom: who stands alone, and who alone holds parts together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ties:
    """What the ties of a network say: who has none, and who alone connects parts (by how many it would fall into).

    ``cut_off`` are those who would stand apart without a bridge: all but the largest of these parts.
    """

    isolated: tuple[str, ...]
    bridges: Mapping[str, int]
    cut_off: Mapping[str, tuple[str, ...]]
    degrees: Mapping[str, int]
    parts: int


def ties_of(nodes: Sequence[str], edges: Iterable[tuple[str, str]]) -> Ties:
    """Look at a network without directions; edges to nodes that are not in it, and to oneself, do not count."""
    there = set(nodes)
    near: dict[str, set[str]] = defaultdict(set)
    for first, second in edges:
        if first != second and first in there and second in there:
            near[first].add(second)
            near[second].add(first)
    degrees = {node: len(near[node]) for node in nodes}
    isolated = tuple(node for node in nodes if not degrees[node])
    bridges, cut_off = {}, {}
    for node in nodes:
        # Taking one node out only ever splits its own part: the others stay as they are.
        if degrees[node] > 1 and len(left := _parts(sorted(near[node]), near, without=node)) > 1:
            bridges[node] = len(left)
            largest = max(left, key=len)
            cut_off[node] = tuple(one for part in left if part is not largest for one in part)
    return Ties(isolated, bridges, cut_off, degrees, len(_parts(nodes, near)))


def _parts(nodes: Sequence[str], near: Mapping[str, set[str]], *, without: str = "") -> list[list[str]]:
    """The parts that hang together around some nodes when one is taken out."""
    seen = {without}
    parts = []
    for start in nodes:
        if start in seen:
            continue
        part = [start]
        seen.add(start)
        for here in part:
            found = sorted(near.get(here, set()) - seen)
            seen.update(found)
            part += found
        parts.append(part)
    return parts
