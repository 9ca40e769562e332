"""R-I10, R-D8 by solving: whatever is published of a breakdown together, no hidden count can be worked out from it.

The solver here is scipy's, on equations written down anew from what is shown; the product finds its way by circles in a
flow and knows nothing of it.
"""

import random
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, milp

from metrics.rules import suppression
from metrics.rules.suppression import Table, exposed, shown
from stakeholders.rules.representation_hiding import Cell, Showing

COUNT, SMALL, WITHHELD = Showing.COUNT, Showing.SMALL, Showing.WITHHELD


def ranks_of(groups):
    return [groups - place for place in range(groups - 1)] + [0]


def limits(cells, group, value, smallest):
    """What a reader takes from a cell, at their most cunning.

    A small one that is empty is rare, and what is withheld is at least as large as what is told, unless all is withheld.
    """
    cell = cells[group]
    if cell.showing is COUNT:
        return cell.count, cell.count
    if cell.showing is SMALL:
        return (1 if value else 0), smallest - 1
    return (0 if all(one.showing is WITHHELD for one in cells) else smallest), np.inf


def equations(tables, numbers):
    """All linear relations among the numbers of the tables: each total, and each table as the sum of others."""
    place = {(table.key, group): at for at, (table, group) in enumerate(
        (table, group) for table in tables for group in range(len(numbers[table.key]))
    )}  # fmt: skip
    rows, totals = [], []
    for table in tables:
        row = np.zeros(len(place))
        row[[place[table.key, group] for group in range(len(numbers[table.key]))]] = 1
        rows.append(row)
        totals.append(sum(numbers[table.key]))
    for parent in {table.parent for table in tables} - {None}:
        for group in range(len(numbers[parent])):
            row = np.zeros(len(place))
            row[place[parent, group]] = -1
            row[[place[table.key, group] for table in tables if table.parent == parent]] = 1
            rows.append(row)
            totals.append(0)
    return place, np.array(rows), np.array(totals)


def worked_out(tables, cells, numbers, smallest, *, is_share=False):
    """The hidden cells an integer program has one value for."""
    place, matrix, totals = equations(tables, numbers)
    bounds = [limits(cells[key], group, numbers[key][group], 0 if is_share else smallest) for key, group in place]
    low, high = (np.array(side, dtype=float) for side in zip(*bounds, strict=True))
    # Nothing is larger than everything.
    high = np.minimum(high, sum(map(sum, numbers.values())))
    relations = LinearConstraint(matrix, totals, totals)

    def solved(aim):
        answer = milp(aim, constraints=relations, bounds=(low, high), integrality=np.ones(len(place)))
        return np.rint(answer.x)

    true = np.array([numbers[key][group] for key, group in place], dtype=float)
    # A total of nobody says it of every group.
    asked = {
        one: at for one, at in place.items() if cells[one[0]][one[1]].showing is not COUNT and sum(numbers[one[0]])
    }
    # What differs between any two solutions needs no question of its own.
    dice = np.random.default_rng(1)
    some = [true, *(solved(dice.normal(size=len(place))) for _turn in range(4))]
    assert all(np.allclose(matrix @ one, totals) for one in some)
    waiting = {one: at for one, at in asked.items() if len({solution[at] for solution in some}) == 1}
    found = []
    for one, at in waiting.items():
        aim = np.zeros(len(place))
        aim[at] = 1
        if solved(aim)[at] == solved(-aim)[at]:
            found.append(one)
    return found


def all_worked_out(tables, cells, smallest):
    is_share = any(table.others for table in tables)
    found = worked_out(tables, cells, {table.key: table.counts for table in tables}, smallest, is_share=is_share)
    if is_share:
        # Of a share both numbers are hidden, and the second is shown where the first is.
        others = {table.key: table.others for table in tables}
        beside = {
            table.key: [
                Cell(COUNT, other) if cell.showing is COUNT else cell
                for cell, other in zip(cells[table.key], table.others, strict=True)
            ]
            for table in tables
        }
        found += worked_out(tables, beside, others, smallest, is_share=True)
    return found


def counts(dice, groups, *, smallest=5):
    """A value of at least twenty over some groups, many of them small or empty."""
    found = [
        dice.choice([0, dice.randint(0, smallest), dice.randint(0, 2 * smallest), dice.randint(5, 60)])
        for _ in range(groups)
    ]
    if sum(found) < 20:
        found[dice.randrange(groups)] += 20 - sum(found)
    return tuple(found)


def added(key, tables, parent=None):
    """The table that others are added into."""
    others = tuple(map(sum, zip(*(table.others for table in tables), strict=True))) if tables[0].others else ()
    return Table(key, tuple(map(sum, zip(*(table.counts for table in tables), strict=True))), others, parent)


def random_views(dice):
    """Values of partners by period, periods, and sometimes a year or a running total over them."""
    groups, periods, smallest = dice.randint(3, 6), dice.randint(1, 3), dice.choice([5, 5, 5, 7, 10])
    is_share = dice.random() < 0.3
    over_all = dice.choice([None, "year", "running"])
    tables, sums = [], []
    for period in range(periods):
        above = f"p{period}"
        values = [
            Table((period, partner), counts(dice, groups, smallest=smallest), (), above)
            for partner in range(dice.randint(1, 3))
        ]
        if is_share:
            values = [replace(value, others=counts(dice, groups, smallest=smallest)) for value in values]
        tables += values
        sums.append(added(above, values))
    if over_all == "year":
        tables += [*(replace(one, parent="year") for one in sums), added("year", sums)]
    elif over_all == "running" and periods > 1:
        running = replace(sums[0], parent="r1")
        tables.append(running)
        for number, one in enumerate(sums[1:], start=1):
            tables.append(replace(one, parent=f"r{number}"))
            running = added(f"r{number}", [running, one], f"r{number + 1}" if number + 1 < periods else None)
            tables.append(running)
    else:
        tables += sums
    return tables, groups, smallest


@pytest.mark.parametrize("seed", range(5))
def test_the_solver_works_nothing_out_of_random_tables_totals_and_periods(seed):
    dice = random.Random(seed)
    for _turn in range(40):
        tables, groups, smallest = random_views(dice)
        cells = shown(tables, smallest=smallest, ranks=ranks_of(groups))
        assert all_worked_out(tables, cells, smallest) == [], (tables, cells)
        assert exposed(tables, cells, smallest=smallest, ranks=ranks_of(groups)) == []
        for table in tables:
            for cell, count, other in zip(cells[table.key], table.counts, table.others or table.counts, strict=True):
                assert cell.count in {None, count}
                assert cell.count is None or not 0 < min(count, other) < smallest
                assert cell.showing is not SMALL or count < smallest


def test_without_the_second_step_the_solver_works_counts_out():
    """The proof that the tests bite: hide the small counts only."""
    dice, found = random.Random(3), 0
    for _turn in range(30):
        tables, groups, smallest = random_views(dice)
        cells = {
            table.key: [
                Cell(SMALL if not table.others else WITHHELD)
                if any((count, other)) and 0 < min(count, other) < smallest
                else Cell(COUNT, count)
                for count, other in zip(table.counts, table.others or table.counts, strict=True)
            ]
            for table in tables
        }
        bare = all_worked_out(tables, cells, smallest)
        found += bool(bare)
        # The product's own method finds them too.
        assert set(bare) <= set(exposed(tables, cells, smallest=smallest, ranks=ranks_of(groups)))
    assert found > 15


def test_hiding_in_each_table_by_itself_is_not_enough():
    dice, found = random.Random(4), 0
    for _turn in range(40):
        tables, groups, smallest = random_views(dice)
        alone = {}
        for table in tables:
            alone |= shown([replace(table, parent=None)], smallest=smallest, ranks=ranks_of(groups))
        found += bool(all_worked_out(tables, alone, smallest))
    assert found > 5


def test_the_circles_find_exactly_what_the_solver_finds():
    """On patterns of any kind, also bad ones, where limits are whole and known to both."""
    dice = random.Random(9)
    seen = {True: 0, False: 0}
    for _turn in range(90):
        tables, groups, smallest = random_views(dice)
        if any(table.others for table in tables):
            continue
        told = dice.choice([0.1, 0.3, 0.6])
        cells = {
            table.key: [
                Cell(SMALL) if 0 < count < smallest else
                Cell(COUNT, count) if not count or dice.random() < told else Cell(WITHHELD)
                for count in table.counts
            ]
            for table in tables
        }  # fmt: skip
        for table in tables:
            # Nobody hides a whole table by chance: then a hidden count may be anything, which both know otherwise.
            if all(cell.showing is WITHHELD for cell in cells[table.key]):
                cells[table.key] = [Cell(COUNT, count) for count in table.counts]
        theirs = set(all_worked_out(tables, cells, smallest))
        ours = set(exposed(tables, cells, smallest=smallest, ranks=ranks_of(groups)))
        assert ours == theirs, (tables, cells)
        seen[bool(ours)] += 1
    assert min(seen.values()) > 5


def words(cells):
    return tuple({COUNT: cell.count, SMALL: "<", WITHHELD: "?"}[cell.showing] for cell in cells)


def test_one_small_count_takes_those_with_it_of_whom_it_is_not_known():
    (found,) = shown([Table("t", (3, 20, 12, 9))], smallest=5, ranks=ranks_of(4)).values()
    assert words(found) == ("<", 20, 12, "?")


def test_a_count_hidden_at_one_partner_is_not_the_sum_minus_the_others():
    first, second = Table("a", (3, 20, 9), (), "p"), Table("b", (10, 20, 30), (), "p")
    tables = [first, second, added("p", [first, second])]
    found = shown(tables, smallest=5, ranks=ranks_of(3))
    assert words(found["a"]) == ("<", 20, "?")
    assert words(found["p"]) == (13, 40, 39)
    # Shown as they are, the second partner's would be subtracted from the sum.
    assert words(found["b"]) == ("?", 20, "?")


def test_where_everybody_is_in_one_group_the_empty_ones_do_not_say_so():
    (found,) = shown([Table("t", (0, 40, 0, 0))], smallest=5, ranks=ranks_of(4)).values()
    assert found[1].count is None
    assert [cell.count for cell in found].count(0) == 2


def test_where_nobodys_group_is_known_there_is_nothing_to_hide():
    (found,) = shown([Table("t", (0, 0, 40))], smallest=5, ranks=ranks_of(3), unknown=2).values()
    assert words(found) == (0, 0, 40)


def test_none_and_all_of_a_group_are_hidden_like_small_counts():
    table = Table("t", counts=(0, 20, 12, 30), others=(15, 0, 18, 22))
    (found,) = shown([table], smallest=5, ranks=ranks_of(4)).values()
    assert words(found) == ("?", "?", 12, 30)


def test_a_group_without_anybody_has_no_share_to_hide():
    table = Table("t", counts=(0, 20, 30), others=(0, 18, 22))
    (found,) = shown([table], smallest=5, ranks=ranks_of(3)).values()
    assert words(found) == (0, 20, 30)


def test_which_count_goes_with_a_small_one_does_not_depend_on_its_size():
    for counts_shown in ((3, 20, 40, 9), (3, 40, 20, 90), (3, 9, 30, 11)):
        (found,) = shown([Table("t", counts_shown)], smallest=5, ranks=ranks_of(4)).values()
        assert words(found)[3] == "?"


def test_a_sum_that_is_none_is_refused():
    with pytest.raises(ValueError):
        shown([Table("a", (9, 20), (), "p"), Table("p", (9, 21))], smallest=5, ranks=ranks_of(2))


def test_a_year_of_months_by_six_partners_is_hidden_in_no_time():
    dice = random.Random(1)
    tables, sums = [], []
    for month in range(60):
        values = [Table((month, partner), counts(dice, 6), (), month) for partner in range(6)]
        tables += values
        sums.append(added(month, values))
    cells = shown([*tables, *sums], smallest=5, ranks=ranks_of(6))
    assert suppression.exposed([*tables, *sums], cells, smallest=5, ranks=ranks_of(6)) == []
