"""Every hidden cell keeps at least two possible values, found by trying all tables that look the same."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.rules.survey_crossing import crossed

K = 3


def tables_that_look_the_same(shown, rows, columns):
    """Values of the hidden cells of all tables with the same totals and the same shown cells."""
    hidden = [(r, c) for r, row in enumerate(shown) for c, value in enumerate(row) if value is None]
    left_rows = [total - sum(value or 0 for value in shown[r]) for r, total in enumerate(rows)]
    left_columns = [total - sum(row[c] or 0 for row in shown) for c, total in enumerate(columns)]
    found = []

    def fill(place, row_left, column_left, values):
        if place == len(hidden):
            if not any(row_left) and not any(column_left):
                found.append(dict(zip(hidden, values, strict=True)))
            return
        r, c = hidden[place]
        for value in range(min(row_left[r], column_left[c]) + 1):
            row_left[r] -= value
            column_left[c] -= value
            fill(place + 1, row_left, column_left, [*values, value])
            row_left[r] += value
            column_left[c] += value

    fill(0, left_rows, left_columns, [])
    return found


def is_safe(counts, shown):
    possible = tables_that_look_the_same(
        shown, [sum(row) for row in counts], [sum(c) for c in zip(*counts, strict=True)]
    )
    hidden = [(r, c) for r, row in enumerate(shown) for c, value in enumerate(row) if value is None]
    return all(len({table[place] for table in possible}) > 1 for place in hidden)


@given(st.lists(st.lists(st.integers(0, 7), min_size=3, max_size=3), min_size=2, max_size=3))
@settings(max_examples=60, deadline=None)
def test_no_hidden_cell_can_be_worked_out(counts):
    shown = crossed(counts, smallest=K)
    if shown is None:
        return
    assert all(value is None or value == 0 or value >= K for row in shown for value in row)
    assert is_safe(counts, shown)


def test_hiding_small_cells_alone_would_give_them_away():
    counts = [[9, 9, 2], [9, 9, 9], [9, 9, 9]]
    alone = [[None if 0 < value < 5 else value for value in row] for row in counts]
    assert not is_safe(counts, alone)
    shown = crossed(counts, smallest=5)
    assert is_safe(counts, shown)
    assert sum(value is None for row in shown for value in row) == 4


def test_what_is_hidden_beside_a_small_cell_does_not_depend_on_counts():
    patterns = {
        tuple(
            tuple(value is None for value in row) for row in crossed([[2, a, b], [c, 20, 20], [20, 20, 20]], smallest=5)
        )
        for a, b, c in itertools.product((20, 21, 35), repeat=3)
    }
    assert len(patterns) == 1


def test_everybody_of_a_group_answering_the_same_is_hidden():
    shown = crossed([[12, 0, 0], [9, 9, 9], [9, 9, 9]], smallest=5)
    assert shown[0][0] is None


@pytest.mark.parametrize("counts", [[[1, 1], [9, 9]], [[9, 9]], [[9], [9]], []])
def test_tables_with_small_totals_or_one_line_are_not_told(counts):
    assert crossed(counts, smallest=5) is None


def test_safe_table_is_told_as_it_is():
    assert crossed([[9, 8], [7, 6]], smallest=5) == [[9, 8], [7, 6]]


def test_two_ones_that_add_up_to_two_need_a_third_hidden_cell():
    # Whoever knows that hidden numbers are not 0 would read 1 and 1 from a total of 2.
    shown = crossed([[1, 1, 20], [9, 9, 20], [9, 9, 20]], smallest=5)
    assert shown is None or shown[0] == [None, None, None]
