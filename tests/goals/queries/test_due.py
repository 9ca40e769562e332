from datetime import date, timedelta

from goals.operations.milestone import reach_milestone
from goals.queries.due import due_items
from tests.factories.goals import make_adopted_goal, make_complete_goal
from tests.factories.partnerships import make_partnership

WEEK = timedelta(days=7)


def test_milestone_is_in_the_list_until_it_is_reached(space, coordinator, django_assert_num_queries):
    goal = make_adopted_goal(make_partnership(), coordinator)
    make_complete_goal(goal.partnership)
    with django_assert_num_queries(1):
        (item,) = due_items(today=date(2026, 3, 10), within=WEEK)
    assert (item.title, item.due_on, item.step, item.person_id) == (
        "Step 3",
        date(2026, 3, 15),
        "due",
        goal.owner_person_id,
    )
    (late,) = due_items(today=date(2026, 3, 16), within=WEEK)
    assert late.step == "overdue"
    reach_milestone(
        milestone=goal.milestones.get(pk=item.item_id),
        reached_on=date(2026, 3, 16),
        evidence="List",
        by=coordinator,
        today=date(2026, 3, 16),
    )
    assert due_items(today=date(2026, 3, 16), within=WEEK) == []


def test_milestone_far_away_is_not_in_the_list(space, coordinator):
    make_adopted_goal(make_partnership(), coordinator)
    assert due_items(today=date(2026, 2, 10), within=WEEK) == []
