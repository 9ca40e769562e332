"""PRI-07 by solving: for all that is shown, every count that is not shown could have been another."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeholders.rules.representation import Group, sheet_of
from stakeholders.rules.representation_hiding import SMALL, WITHHELD, Cell, Showing, told
from stakeholders.rules.representation_words import finding_of


def bodies(size, groups):
    """Every way in which so many people may be spread over so many groups."""
    return [counts for counts in product(range(size + 1), repeat=groups) if sum(counts) == size]


def everything_shown(counts, populations, not_stated=1):
    """All that anybody sees of a body, words included."""
    groups = [
        Group(f"Group {place}", population, count)
        for place, (count, population) in enumerate(zip(counts, populations, strict=True))
    ]
    sheet = sheet_of(groups, not_stated=not_stated, hides_small=True)
    return sheet, finding_of(sheet)


def by_what_is_shown(size, populations):
    found = defaultdict(list)
    for counts in bodies(size, len(populations)):
        found[everything_shown(counts, populations)].append(counts)
    return found


@pytest.mark.parametrize(
    ("populations", "largest"),
    [((60, 40), 30), ((10, 30, 60), 20), ((60, 30, 10), 20), ((40, 30, 20, 10), 14), ((5, 50, 20, 20, 5), 11)],
)
def test_every_hidden_count_could_be_another_even_for_who_knows_one_answer(populations, largest):
    everywhere = range(len(populations))
    for size in range(2, largest + 1):
        for (sheet, _sentence), possible in by_what_is_shown(size, populations).items():
            # With fewer than five answers nothing is shown of any group.
            cells = [row.cell for row in sheet.rows] or [WITHHELD] * len(populations)
            hidden = [place for place in everywhere if cells[place].count is None]
            for place in hidden:
                assert len({counts[place] for counts in possible}) >= 2, (sheet, possible)
            for own in everywhere:
                known = [counts for counts in possible if counts[own]]
                for place in hidden:
                    assert not known or len({counts[place] for counts in known}) >= 2, (own, place, known)


def solutions(cells, total):
    """The values each hidden count may have, from what is shown alone: limits and the total."""
    hidden = [place for place, cell in enumerate(cells) if cell.count is None]
    rest = total - sum(cell.count or 0 for cell in cells)
    limits = [4 if cells[place].showing is Showing.SMALL else rest for place in hidden]
    sums = [{0}]
    for limit in limits:
        sums.append({done + value for done in sums[-1] for value in range(limit + 1) if done + value <= rest})
    values = []
    for number, limit in enumerate(limits):
        others = [{0}]
        for other, other_limit in enumerate(limits):
            if other != number:
                others.append({d + v for d in others[-1] for v in range(other_limit + 1) if d + v <= rest})
        values.append({value for value in range(limit + 1) if rest - value in others[-1]})
    return dict(zip(hidden, values, strict=True))


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 25) | st.integers(0, 5), st.integers(0, 900)), min_size=2, max_size=12),
)
def test_hidden_counts_of_any_body_cannot_be_got_from_the_total(groups):
    counts, populations = [count for count, _ in groups], [population for _, population in groups]
    cells = told(counts, populations)
    for place, (cell, count) in enumerate(zip(cells, counts, strict=True)):
        assert cell.count in {None, count}
        assert cell.count is None or not 0 < cell.count < 5, place
        assert cell.showing is not Showing.SMALL or count < 5
    for place, values in solutions(cells, sum(counts)).items():
        assert counts[place] in values
        assert len(values) >= 2, (counts, cells)


def shown(*values):
    return tuple({"<5": SMALL, "?": WITHHELD}.get(value) or Cell(Showing.COUNT, value) for value in values)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((12, 9, 0), (12, 9, 0)),
        ((2, 4, 9, 0), ("<5", "<5", 9, 0)),
        # One alone is the total without the rest: the smallest group with six or more goes with it.
        ((3, 9, 11, 20), ("<5", "?", 11, 20)),
        # Two that add up to two are one and one.
        ((1, 1, 11, 20), ("<5", "<5", "?", 20)),
        ((4, 4, 11, 20), ("<5", "<5", "?", 20)),
        # Everybody said the same: shown like a body with a few others.
        ((0, 9, 0, 0), (0, "?", 0, "<5")),
        ((1, 5, 5, 5), ("?",) * 4),
        ((1, 1, 1, 1), ("?",) * 4),
        ((2, 2, 2, 2), ("?",) * 4),
        ((0, 0, 0, 0), (0, 0, 0, 0)),
    ],
)
def test_no_more_is_hidden_than_it_takes(counts, expected):
    assert told(counts, (10, 20, 30, 40)) == shown(*expected)


def test_which_count_is_withheld_does_not_depend_on_counts():
    assert told((3, 9, 7), (10, 20, 30)) == shown("<5", "?", 7)
    assert told((3, 9, 30), (10, 30, 20)) == shown("<5", 9, "?")
