from datetime import UTC, date, datetime, timedelta

from core.access.visibility import Visibility
from core.models import Grant
from goals.models import Goal, Risk, TrendReview
from goals.operations.milestone import reach_milestone
from goals.operations.risk import add_risk
from goals.operations.suggestion import answer_suggestion, suggest
from goals.operations.trend_review import start_trend_review
from goals.queries.due import due_items, review_items, suggestion_items, trend_review_items
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


def test_suggestion_waits_for_coordination_until_it_is_answered(space, coordinator, django_assert_num_queries):
    goal = make_goal(make_partnership("own"))
    first = suggest(partnership=goal.partnership, by=None, text="More benches", heard_from="Market, June")
    suggest(partnership=goal.partnership, by=None, goal=goal, text="A year later")
    # One of them loads the space for the addresses.
    with django_assert_num_queries(5):
        found = suggestion_items()
    assert [(str(one.title), one.person_id, one.step, one.who) for one in found] == [
        (goal.partnership.name, coordinator.pk, "suggestion", "Market, June"),
        (goal.title, coordinator.pk, "suggestion", ""),
    ]
    at = datetime(2026, 5, 4, tzinfo=UTC)
    answer_suggestion(suggestion=first, to="declined", answer="Not now.", by=coordinator, at=at, language="en")
    assert len(suggestion_items()) == 1


def test_goals_and_risks_to_look_at_again_remind_their_owner_else_coordination(
    space, coordinator, django_assert_num_queries
):
    goal = make_adopted_goal(make_partnership("own"), coordinator)
    owner, day = goal.owner_person, date(2026, 5, 4)
    Goal.objects.update(next_review_on=day)
    risk = add_risk(partnership=goal.partnership, by=coordinator, event="The room is lost", review_on=day)
    assert review_items(today=day - timedelta(days=1)) == []
    with django_assert_num_queries(5):
        found = review_items(today=day)
    # Whoever has no account could not open the page.
    assert [(one.item_id, one.person_id, one.step) for one in found] == [
        (goal.pk, coordinator.pk, "goal_review"),
        (risk.pk, coordinator.pk, "risk"),
    ]
    owner.user = coordinator
    owner.save()
    Risk.objects.update(owner_person=owner, visibility=Visibility.COORDINATION)
    assert [one.person_id for one in review_items(today=day)] == [owner.pk, coordinator.pk]
    Risk.objects.update(state="closed")
    assert [one.item_id for one in review_items(today=day)] == [goal.pk]
