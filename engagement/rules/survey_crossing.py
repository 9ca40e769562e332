"""Two questions of a survey crossed: which cells may be told beside all totals (14.1, R-E20, PRI-07).

Every total of a row and of a column is public, because the same counts stand beside each question alone. A hidden cell
is safe where it could be one more or one less with all totals and all shown cells unchanged: then it lies on a circle
of hidden cells that take turns at growing and shrinking. Whoever knows the rule knows more than that a cell is hidden:
cells hidden for their size are 1 to 4, cells hidden beside them are not below 5. Circles respect that. A cell on no
circle gets one by hiding the cheapest cells of a way round; the price depends on places, never on counts. Where there
is no such way, nothing of the table is told.
"""

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import count

type Place = tuple[int, int]
type Node = tuple[str, int]


def crossed(counts: Sequence[Sequence[int]], *, smallest: int) -> list[list[int | None]] | None:
    """The table with None for what is hidden; None instead of a table that cannot be told at all.

    ``counts`` are rows of cells, all rows as long. Nothing is told of a table with a row or column whose total is
    below ``smallest`` and not zero, nor of one with a single row or column.
    """
    table = _Table([list(row) for row in counts], smallest)
    if not table.has_public_totals() or not table.hide_well():
        return None
    return [
        [None if (row, column) in table.hidden else value for column, value in enumerate(values)]
        for row, values in enumerate(table.counts)
    ]


class _Table:
    """Counts, and what is hidden of them so far."""

    def __init__(self, counts: list[list[int]], smallest: int) -> None:
        self.counts, self.smallest = counts, smallest
        self.rows, self.columns = len(counts), len(counts[0]) if counts else 0
        self.hidden: set[Place] = set()

    def has_public_totals(self) -> bool:
        totals = [sum(row) for row in self.counts] + [sum(column) for column in zip(*self.counts, strict=True)]
        return min(self.rows, self.columns) > 1 and all(total == 0 or total >= self.smallest for total in totals)

    def hide_well(self) -> bool:
        """Hide what is small or tells of everybody, then what gives it away; False where that cannot be done."""
        self.hidden = set(self._telling())
        while (exposed := next(self._exposed(), None)) is not None:
            ways = [way for grows in (True, False) if (way := self._way(exposed, grows=grows)) is not None]
            if not ways:
                return False
            self.hidden |= set(min(ways)[1])
        return True

    def _telling(self) -> Iterator[Place]:
        for place in self._places():
            value = self._value(place)
            if 0 < value < self.smallest:
                yield place
        lines = [[(row, column) for column in range(self.columns)] for row in range(self.rows)]
        lines += [[(row, column) for row in range(self.rows)] for column in range(self.columns)]
        for line in lines:
            # Everybody of a group answered the same: that and the empty cells are hidden (14.1).
            filled = [place for place in line if self._value(place)]
            if len(filled) == 1:
                yield filled[0]
                yield max(place for place in line if not self._value(place))

    def _exposed(self) -> Iterator[Place]:
        for place in sorted(self.hidden):
            if all(self._way(place, grows=grows, only_hidden=True) is None for grows in (True, False)):
                yield place

    def _way(self, start: Place, *, grows: bool, only_hidden: bool = False) -> tuple[int, list[Place]] | None:
        """The cheapest circle through a cell that lets it be one more or one less; None when there is none."""
        if not self._has_room(start, grows=grows):
            return None
        row, column = start
        goal: Node = ("row", row)
        serial = count()
        waiting: list[tuple[int, int, Node, list[Place]]] = [(0, next(serial), ("column", column), [])]
        done: set[Node] = set()
        while waiting:
            price, _serial, node, way = heappop(waiting)
            if node == goal:
                return price, way
            if node in done:
                continue
            done.add(node)
            # What a growing cell adds to its column another cell of the column gives back, and so on.
            is_column = node[0] == "column"
            for place in self._line(node):
                step = 0 if place in self.hidden else 1 + self.columns * self.rows - place[0] - place[1]
                if place == start or (step and only_hidden) or not self._has_room(place, grows=grows != is_column):
                    continue
                onward: Node = ("row", place[0]) if is_column else ("column", place[1])
                heappush(waiting, (price + step, next(serial), onward, [*way, place]))
        return None

    def _has_room(self, place: Place, *, grows: bool) -> bool:
        value = self._value(place)
        if 0 < value < self.smallest:
            return value < self.smallest - 1 if grows else value > 1
        if not value:
            # Hidden only beside somebody's whole group; shown zeros stay.
            return grows and place in self.hidden
        return grows or value > self.smallest

    def _line(self, node: Node) -> list[Place]:
        kind, number = node
        if kind == "row":
            return [(number, column) for column in range(self.columns)]
        return [(row, number) for row in range(self.rows)]

    def _places(self) -> Iterator[Place]:
        return ((row, column) for row in range(self.rows) for column in range(self.columns))

    def _value(self, place: Place) -> int:
        return self.counts[place[0]][place[1]]
