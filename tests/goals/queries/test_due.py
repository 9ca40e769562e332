from datetime import date, timedelta

from core.models import Grant
from goals.models import TrendReview
from goals.operations.milestone import reach_milestone
from goals.operations.trend_review import start_trend_review
from goals.queries.due import due_items, trend_review_items
from tests.factories.goals import make_adopted_goal, make_complete_goal, make_goal
from tests.factories.partnerships import make_partnership, make_person

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


def test_trend_review_reminds_who_began_it_from_its_day_on_until_it_was_looked_at(space, coordinator):
    goal = make_goal(make_partnership("own"))
    review = start_trend_review(partnership=goal.partnership, goal=goal, by=coordinator)
    day = date(2026, 5, 4)
    TrendReview.objects.update(state="actions_agreed", check_on=day)
    assert trend_review_items(today=day - timedelta(days=1)) == []
    found = trend_review_items(today=day)
    assert [(one.item_id, one.person_id, one.due_on, one.step) for one in found] == [
        (review.pk, coordinator.pk, day, "check")
    ]
    # Somebody listed is written to as the person they are.
    person = make_person("Carla", coordinator.email, user=coordinator)
    assert [one.person_id for one in trend_review_items(today=day)] == [person.pk]
    TrendReview.objects.update(state="checked")
    assert trend_review_items(today=day) == []


def test_who_has_no_part_any_more_is_not_reminded(space, coordinator):
    goal = make_goal(make_partnership("own"))
    start_trend_review(partnership=goal.partnership, goal=goal, by=coordinator)
    TrendReview.objects.update(state="actions_agreed", check_on=date(2026, 5, 4))
    Grant.objects.filter(user=coordinator).delete()
    assert trend_review_items(today=date(2026, 5, 4)) == []
