from datetime import date

import pytest
from django.core.exceptions import ValidationError

from goals.operations.goal import GoalRefusedError, close_goal
from goals.operations.milestone import add_milestone, change_milestone, reach_milestone
from tests.factories.goals import TODAY, make_adopted_goal, make_goal
from tests.factories.partnerships import make_partnership


@pytest.fixture
def milestone(space):
    return add_milestone(goal=make_goal(make_partnership()), due_on=date(2026, 3, 1), by=None, title_it="Prima tappa")


def test_first_date_stays_when_the_milestone_moves(milestone, coordinator):
    moved = change_milestone(milestone=milestone, by=coordinator, due_on=date(2026, 4, 1))
    assert (moved.first_due_on, moved.due_on) == (date(2026, 3, 1), date(2026, 4, 1))


def test_milestone_without_a_title_is_refused(space):
    with pytest.raises(ValidationError, match="Write what will be there"):
        add_milestone(goal=make_goal(make_partnership()), due_on=TODAY, by=None)


def test_milestone_is_reached_with_evidence(milestone, coordinator):
    reached = reach_milestone(
        milestone=milestone, reached_on=TODAY, evidence="Minutes of 1 February", by=coordinator, today=TODAY
    )
    assert (reached.reached_on, reached.evidence) == (TODAY, "Minutes of 1 February")


def test_reaching_without_evidence_is_refused(milestone, coordinator):
    with pytest.raises(ValidationError, match="what shows it"):
        reach_milestone(milestone=milestone, reached_on=TODAY, evidence="  ", by=coordinator, today=TODAY)


def test_reaching_on_a_day_to_come_is_refused(milestone, coordinator):
    with pytest.raises(ValidationError, match="still to come"):
        reach_milestone(
            milestone=milestone, reached_on=date(2026, 2, 2), evidence="Minutes", by=coordinator, today=TODAY
        )


def test_milestones_of_a_closed_goal_stay_as_they_are(space, coordinator):
    goal = make_adopted_goal(make_partnership(), coordinator)
    goal = close_goal(goal=goal, to="achieved", by=coordinator, statement="61 % in December")
    with pytest.raises(GoalRefusedError):
        change_milestone(milestone=goal.milestones.first(), by=coordinator, title_en="Other")
    with pytest.raises(GoalRefusedError):
        add_milestone(goal=goal, due_on=TODAY, by=coordinator, title_en="Other")
