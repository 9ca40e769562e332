"""Which counts of a breakdown may be told, over all tables that are published of the same people (14.1, R-I10, R-D8).

Each value of an organisation is a table: one count for each group, beside a published total. Tables add up to others:
the values of all partners to the period's, periods to a year. Hiding the counts from 1 to 4 is not enough, because a
hidden count may be a total minus the rest, in its own table or in another one. So further counts are withheld until
every hidden one could have been another.

Inside one table ``told`` of the representation check decides (ADR 0007). Across tables this is a question of flows:
every count stands in exactly two sums, so it is an arc between two nodes, and the true counts are one flow. Another
flow that fits all that is shown exists exactly where a hidden arc lies on a circle of hidden arcs with room left
(Gusfield 1988); whole numbers suffice, because a flow with whole limits has a whole solution. What is not on such a
circle gets one, by withholding the counts on the cheapest way round. The price of a way depends on where counts
stand, never on how large they are.

A share is two counts, those for whom it is true and those for whom it is not. The two are shown or withheld together,
with the number of cases, so each of them is a flow of its own. "None" and "all" of a group tell something of everybody
in it and are withheld like small counts.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

from stakeholders.rules.representation_hiding import WITHHELD, Cell, Showing, told

type Place = tuple[Hashable, int]
type Node = tuple[object, ...]
SINK: Node = ("all",)
# A figure of all partners is worth more than one of a single partner.
PRICE_OF_VALUE, PRICE_OF_SUM = 100, 300


@dataclass(frozen=True)
class Table:
    """Counts by group beside a published total. ``others``: of a share, those in each group for whom it is not true.

    ``parent`` is the key of the table this one is added into; a parent's counts are the sums of its children's.
    """

    key: Hashable
    counts: tuple[int, ...]
    others: tuple[int, ...] = ()
    parent: Hashable | None = None


def shown(
    tables: Sequence[Table], *, smallest: int, ranks: Sequence[int], unknown: int | None = None
) -> dict[Hashable, tuple[Cell, ...]]:
    """How each count of each table may be shown; ``count`` of a cell is None unless it is shown as it is.

    ``ranks`` say for each group how gladly it is withheld beside a small one, the smallest first: something everybody
    may know, never the counts. Where nobody's group is known (all in ``unknown``) there is nothing to hide. Raises
    ValueError where a parent is not the sum of its children.
    """
    found: dict[Hashable, tuple[Cell, ...]] = {}
    for family in _families(tables):
        found |= _Family(family, smallest=smallest, ranks=ranks, unknown=unknown).hidden_well()
    return found


def exposed(
    tables: Sequence[Table], cells: Mapping[Hashable, Sequence[Cell]], *, smallest: int, ranks: Sequence[int]
) -> list[Place]:
    """The hidden counts that can be worked out from all that is shown: key of the table and place of the group."""
    found: list[Place] = []
    for family in _families(tables):
        looked_at = _Family(family, smallest=smallest, ranks=ranks, unknown=None)
        looked_at.take(cells)
        found += [place for place, _layer in looked_at.exposed()]
    return found


def _families(tables: Sequence[Table]) -> Iterator[list[Table]]:
    """Tables that are added into the same one, directly or not, in the order given."""
    parents = {table.key: table.parent for table in tables}
    families: dict[Hashable, list[Table]] = {}
    for table in tables:
        root = table.key
        while (above := parents[root]) is not None:
            root = above
        families.setdefault(root, []).append(table)
    return iter(families.values())


class _Layer:
    """One number for each cell, and the arcs it flows along."""

    def __init__(self, tables: Sequence[Table], counts: Mapping[Hashable, tuple[int, ...]]) -> None:
        self.counts = counts
        sums = {table.parent for table in tables}
        self.ends: dict[Place, tuple[Node, Node]] = {}
        self.at: dict[Node, list[tuple[Place, bool]]] = {}
        for table in tables:
            for group in range(len(table.counts)):
                tail: Node = ("sum", table.key, group) if table.key in sums else ("total", table.key)
                head: Node = SINK if table.parent is None else ("sum", table.parent, group)
                place = (table.key, group)
                self.ends[place] = (tail, head)
                self.at.setdefault(tail, []).append((place, True))
                self.at.setdefault(head, []).append((place, False))
        for parent in sums - {None}:
            parts = [counts[table.key] for table in tables if table.parent == parent]
            if counts[parent] != tuple(map(sum, zip(*parts, strict=True))):
                raise ValueError(f"{parent} is not the sum of its parts.")

    def value(self, place: Place) -> int:
        return self.counts[place[0]][place[1]]


class _Family:
    """Tables that are added into one another, and what is hidden in them so far."""

    def __init__(self, tables: Sequence[Table], *, smallest: int, ranks: Sequence[int], unknown: int | None) -> None:
        self.tables = {table.key: table for table in tables}
        self.smallest, self.ranks, self.unknown = smallest, ranks, unknown
        self.layers = [_Layer(tables, {table.key: table.counts for table in tables})]
        self.is_share = any(table.others for table in tables)
        if self.is_share:
            self.layers.append(_Layer(tables, {table.key: table.others for table in tables}))
        self.sums = {table.parent for table in tables}
        self.marks: dict[Place, Showing] = {}
        # Tables of which nothing is told, so that a hidden count in them may be anything.
        self.closed: set[Hashable] = set()

    def hidden_well(self) -> dict[Hashable, tuple[Cell, ...]]:
        """Hide what is small, then what would give it away."""
        for table in self.tables.values():
            self._hide_small(table)
        while (weak := next(self.exposed(), None)) is not None:
            place, layer = weak
            way = self._cheapest_way(place, layer)
            if way is None:
                self._close_near(place[0])
            for beside in way or ():
                self.marks.setdefault(beside, Showing.WITHHELD)
        return {key: self._cells(table) for key, table in self.tables.items()}

    def take(self, cells: Mapping[Hashable, Sequence[Cell]]) -> None:
        """Begin with what is hidden already."""
        for key, table in self.tables.items():
            hidden = {group: cell.showing for group, cell in enumerate(cells[key]) if cell.showing is not Showing.COUNT}
            self.marks |= {(key, group): showing for group, showing in hidden.items()}
            if all(hidden.get(group) is Showing.WITHHELD for group in range(len(table.counts))):
                self.closed.add(key)

    def exposed(self) -> Iterator[tuple[Place, _Layer]]:
        """The hidden cells that can have one value only, in an order that does not depend on counts."""
        for key in self.tables:
            for group in sorted(range(len(self.ranks)), key=lambda one: (self.ranks[one], one)):
                if (key, group) not in self.marks:
                    continue
                # A total of nobody says it of every group.
                layers = (layer for layer in self.layers if sum(layer.counts[key]))
                yield from (((key, group), layer) for layer in layers if not self._is_open((key, group), layer))

    def _hide_small(self, table: Table) -> None:
        if self.unknown is not None and self._is_nobody_known(table):
            return
        if self.is_share:
            pairs = enumerate(zip(table.counts, table.others, strict=True))
            small = [group for group, pair in pairs if any(pair) and min(pair) < self.smallest]
            self.marks |= {(table.key, group): Showing.WITHHELD for group in small}
            return
        cells = told(table.counts, self.ranks, smallest=self.smallest)
        if all(cell == WITHHELD for cell in cells):
            self.closed.add(table.key)
        hidden = (group for group, cell in enumerate(cells) if cell.count is None)
        self.marks |= {(table.key, group): cells[group].showing for group in hidden}

    def _is_nobody_known(self, table: Table) -> bool:
        rows = [table.counts, table.others] if self.is_share else [table.counts]
        return not any(value for row in rows for group, value in enumerate(row) if group != self.unknown)

    def _is_open(self, place: Place, layer: _Layer) -> bool:
        return any(self._way(place, layer, up=up, only_hidden=True) is not None for up in (True, False))

    def _cheapest_way(self, place: Place, layer: _Layer) -> list[Place] | None:
        ways = [self._way(place, layer, up=up) for up in (True, False)]
        found = [way for way in ways if way is not None]
        return min(found, key=lambda way: way[0])[1] if found else None

    def _way(
        self, place: Place, layer: _Layer, *, up: bool, only_hidden: bool = False
    ) -> tuple[int, list[Place]] | None:
        """The cheapest circle through a cell that lets it grow (or shrink), with its price; None when there is none."""
        if not self._has_room(place, layer, up=up):
            return None
        tail, head = layer.ends[place]
        start, goal = (head, tail) if up else (tail, head)
        serial = count()
        waiting: list[tuple[int, int, Node, list[Place]]] = [(0, next(serial), start, [])]
        done: set[Node] = set()
        while waiting:
            price, _serial, node, way = heappop(waiting)
            if node == goal:
                return price, way
            if node in done:
                continue
            done.add(node)
            for other, is_tail in layer.at[node]:
                step = self._price(other)
                if other == place or (step and only_hidden) or not self._has_room(other, layer, up=is_tail):
                    continue
                onward = layer.ends[other][1 if is_tail else 0]
                heappush(waiting, (price + step, next(serial), onward, [*way, other]))
        return None

    def _price(self, place: Place) -> int:
        if place in self.marks:
            return 0
        return (PRICE_OF_SUM if place[0] in self.sums else PRICE_OF_VALUE) + self.ranks[place[1]]

    def _has_room(self, place: Place, layer: _Layer, *, up: bool) -> bool:
        """Whether a cell could be one more (or less) and look the same; one that is shown: if it were withheld."""
        value, mark = layer.value(place), self.marks.get(place)
        if mark is None and any(other.value(place) < self.smallest for other in self.layers):
            return False
        if self.is_share or place[0] in self.closed:
            return up or value > 0
        if mark is Showing.SMALL:
            return value < self.smallest - 1 if up else value > 1
        return up or value > self.smallest

    def _close_near(self, key: Hashable) -> None:
        """Tell nothing of a table any more: this one, else the next one it is added into, else any other."""
        line, above = [key], self.tables[key].parent
        while above is not None:
            line.append(above)
            above = self.tables[above].parent
        nearest = [*line, *self.tables]
        if self.is_share:
            nearest = [
                one for one in nearest if any((one, group) not in self.marks for group in range(len(self.ranks)))
            ]
        closing = next((one for one in nearest if one not in self.closed), None)
        if closing is None:
            raise ValueError("Everything is withheld, and the totals still tell it.")
        self.closed.add(closing)
        if any(any(layer.counts[closing]) for layer in self.layers):
            self.marks |= {(closing, group): Showing.WITHHELD for group in range(len(self.ranks))}

    def _cells(self, table: Table) -> tuple[Cell, ...]:
        return tuple(
            Cell(self.marks[table.key, group]) if (table.key, group) in self.marks else Cell(Showing.COUNT, value)
            for group, value in enumerate(table.counts)
        )
