import pytest
from django.core.exceptions import ValidationError

from goals.operations.goal import GoalRefusedError, change_goal
from goals.operations.nesting import weigh_parts
from tests.factories.goals import TODAY, make_goal
from tests.factories.partnerships import make_partnership


@pytest.fixture
def whole(space):
    return make_goal(make_partnership())


@pytest.fixture
def parts(whole):
    return [make_goal(whole.partnership, parent=whole) for _at in range(2)]


def weigh(whole, parts, coordinator, *weights):
    given = {part.pk: weight for part, weight in zip(parts, weights, strict=False)}
    weigh_parts(goal=whole, weights=given, by=coordinator)


def test_parts_are_weighed_together(whole, parts, coordinator):
    weigh(whole, parts, coordinator, 70, 30)
    assert sorted(whole.parts.values_list("weight", flat=True)) == [30, 70]


@pytest.mark.parametrize("weights", [(70, 29), (100,), (150, -50), (0, 0)])
def test_weights_that_do_not_make_a_hundred_change_nothing(whole, parts, coordinator, weights):
    with pytest.raises(ValidationError):
        weigh(whole, parts, coordinator, *weights)
    assert set(whole.parts.values_list("weight", flat=True)) == {None}


def test_parts_of_a_closed_goal_stay_as_they_are(whole, parts, coordinator):
    type(whole).objects.filter(pk=whole.pk).update(state="achieved")
    with pytest.raises(GoalRefusedError):
        weigh(whole, parts, coordinator, 50, 50)


def test_goal_is_no_part_of_its_own_part_nor_of_another_partnership(whole, parts, coordinator):
    with pytest.raises(ValidationError):
        change_goal(goal=whole, by=coordinator, today=TODAY, parent=parts[0])
    with pytest.raises(ValidationError):
        change_goal(goal=whole, by=coordinator, today=TODAY, parent=whole)
    elsewhere = make_goal(make_partnership("elsewhere"))
    with pytest.raises(ValidationError):
        change_goal(goal=whole, by=coordinator, today=TODAY, parent=elsewhere)


def test_goal_that_moves_elsewhere_leaves_its_weight_behind(whole, parts, coordinator):
    weigh(whole, parts, coordinator, 50, 50)
    moved = change_goal(goal=parts[0], by=coordinator, today=TODAY, parent=None)
    assert moved.weight is None
