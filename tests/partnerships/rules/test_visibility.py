import pytest

from core.access.visibility import Visibility
from partnerships.rules.visibility import can_show_at, first_level, levels_within


@pytest.mark.parametrize(
    ("cap", "levels", "first"),
    [(0, [1], 1), (1, [1], 1), (2, [1, 2], 2), (3, [1, 2, 3], 2), (4, [1, 2, 3, 4], 2)],
)
def test_levels_end_at_the_partnerships_own(cap, levels, first):
    assert levels_within(cap) == levels
    assert first_level(cap) == first


def test_sealed_records_are_not_chosen():
    assert not can_show_at(Visibility.SEALED, cap=Visibility.PUBLIC)
    assert can_show_at(Visibility.PUBLIC, cap=Visibility.PUBLIC)
    assert not can_show_at(Visibility.PUBLIC, cap=Visibility.FUNDERS)
