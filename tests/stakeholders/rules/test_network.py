"""Who stands alone and who alone holds parts together, also against an independent look at every network of five."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from stakeholders.rules.network import ties_of

NODES = tuple("abcdef")


def test_middle_of_a_chain_connects_two_parts_and_who_has_no_tie_is_named():
    ties = ties_of("abcd", [("a", "b"), ("b", "c")])
    assert (ties.isolated, ties.bridges, ties.parts) == (("d",), {"b": 2}, 2)


def test_without_a_bridge_all_but_the_largest_part_stand_apart():
    ties = ties_of("abcdefg", [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("f", "g")])
    assert ties.cut_off["b"] == ("a",)
    assert ties.cut_off["d"] == ("e",)
    assert ties.parts == 2


def test_centre_of_a_star_connects_all_and_a_ring_needs_nobody():
    assert ties_of("abcd", [("a", "b"), ("a", "c"), ("a", "d")]).bridges == {"a": 3}
    assert ties_of("abcd", [("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")]).bridges == {}


def test_ties_to_oneself_and_to_strangers_do_not_count():
    assert ties_of("ab", [("a", "a"), ("a", "z"), ("z", "b")]).isolated == ("a", "b")


@given(st.sets(st.sampled_from(list(combinations(NODES, 2)))))
def test_a_bridge_is_exactly_whose_absence_keeps_two_of_its_neighbours_apart(edges):
    ties = ties_of(NODES, edges)

    def reach(start, without):
        seen, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            for first, second in edges:
                for one, other in ((first, second), (second, first)):
                    if one == here and other not in seen and other != without:
                        seen.add(other)
                        waiting.append(other)
        return seen

    for node in NODES:
        near = [other for pair in edges if node in pair for other in pair if other != node]
        apart = any(second not in reach(first, node) for first, second in combinations(near, 2))
        assert (node in ties.bridges) == apart
