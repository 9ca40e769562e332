"""Who is tied to whom: who stands alone, and who alone holds parts together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ties:
    """What the ties of a network say: who has none, and who alone connects parts (by how many it would fall into)."""

    isolated: tuple[str, ...]
    bridges: Mapping[str, int]
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
    whole = _parts(nodes, near, without="")
    bridges = {}
    for node in nodes:
        # Taking one node out only ever splits its own part: the others stay as they are.
        if degrees[node] > 1 and (left := _parts(nodes, near, without=node)) > whole:
            bridges[node] = left - whole + 1
    return Ties(isolated, bridges, degrees, whole)


def _parts(nodes: Sequence[str], near: Mapping[str, set[str]], *, without: str) -> int:
    """How many parts that hang together there are when a node is taken out."""
    seen = {without}
    parts = 0
    for start in nodes:
        if start in seen:
            continue
        parts += 1
        waiting = [start]
        seen.add(start)
        while waiting:
            for other in near.get(waiting.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
    return parts
