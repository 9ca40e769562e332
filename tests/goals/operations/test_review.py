from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from goals.models import Goal, GoalReview
from goals.operations.goal import GoalRefusedError, change_goal, close_goal
from goals.operations.review import note_goals_off_track, review_goal
from partnerships.agenda import suggestions_for
from partnerships.models import Partnership
from partnerships.operations.decision import record_decision
from tests.factories.goals import TODAY, make_adopted_goal, make_complete_goal
from tests.factories.meetings import make_meeting
from tests.factories.metrics import make_measurement
from tests.factories.partnerships import make_partnership

JULY = date(2026, 7, 10)
Q1, Q2, Q3 = (
    (date(2026, 1, 1), date(2026, 3, 31)),
    (date(2026, 4, 1), date(2026, 6, 30)),
    (date(2026, 7, 1), date(2026, 9, 30)),
)


@pytest.fixture
def partnership(space):
    return make_partnership("own", mode=Partnership.Mode.FULL)


@pytest.fixture
def goal(partnership, coordinator):
    return make_adopted_goal(partnership, coordinator)


@pytest.fixture
def decision(partnership, coordinator):
    return record_decision(partnership=partnership, by=coordinator, title="A lower target", outcome="decided")


def measure(goal, period, count):
    return make_measurement(goal.indicator, period=period, numerator=Decimal(count), denominator=Decimal(180))


@pytest.fixture
def off_track(goal):
    measure(goal, Q1, 41)
    measure(goal, Q2, 42)
    return goal


def review(goal, by, **changed):
    known = {"today": JULY, "reviewed_on": JULY, "choice": "adjust_activity", "cause": "The tutor was ill until June."}
    return review_goal(goal=goal, by=by, **{**known, **changed})


def lower(goal, by, decision):
    return change_goal(
        goal=goal, by=by, today=JULY, target_value=Decimal(40), reason="Two firms closed.", decision=decision
    )


def test_review_is_kept_with_how_it_stood_and_when_the_next_one_is(off_track, coordinator, decision):
    found = review(off_track, coordinator, progress="42 of 180", feedback="Hosts asked for mornings", decision=decision)
    assert (found.number, found.standing, found.readings_until, found.next_review_on, found.decision) == (
        1,
        "off_track",
        Q2[1],
        date(2027, 1, 10),
        decision,
    )
    off_track.refresh_from_db()
    assert off_track.next_review_on == date(2027, 1, 10)
    assert review(off_track, coordinator, next_review_on=date(2026, 10, 1)).number == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"reviewed_on": date(2026, 7, 11)},
        {"next_review_on": JULY},
        {"cause": " "},
        {"choice": "sleep"},
    ],
)
def test_review_that_cannot_be_is_refused(goal, coordinator, changed):
    with pytest.raises(ValidationError):
        review(goal, coordinator, **changed)
    assert not GoalReview.objects.exists()


def test_going_on_as_before_needs_no_cause(goal, coordinator):
    assert review(goal, coordinator, choice="keep", cause="").choice == "keep"


def test_decision_of_another_partnership_is_refused(goal, coordinator):
    elsewhere = record_decision(partnership=make_partnership("else"), by=coordinator, title="x", outcome="decided")
    with pytest.raises(ValidationError, match="another partnership"):
        review(goal, coordinator, decision=elsewhere)


def test_goal_that_is_not_at_work_is_not_reviewed(partnership, goal, coordinator):
    close_goal(goal=goal, to="discontinued", by=coordinator, statement="The school moved away")
    for other in (goal, make_complete_goal(partnership)):
        with pytest.raises(GoalRefusedError):
            review(other, coordinator)


def test_full_partnership_reviews_a_goal_off_track_twice_before_its_target_changes(off_track, coordinator, decision):
    with pytest.raises(GoalRefusedError, match="Review it first"):
        lower(off_track, coordinator, decision)
    review(off_track, coordinator)
    assert lower(off_track, coordinator, decision).version_number == 2


def test_one_reading_off_track_forces_nothing(goal, coordinator, decision):
    measure(goal, Q2, 42)
    assert lower(goal, coordinator, decision).version_number == 2


def test_other_words_may_change_while_a_review_is_due(off_track, coordinator, decision):
    changed = change_goal(
        goal=off_track,
        by=coordinator,
        today=JULY,
        place_en="Borgo and hills",
        reason="Two more villages.",
        decision=decision,
    )
    assert changed.version_number == 2


def test_light_partnership_changes_its_target_and_is_only_told(space, coordinator):
    goal = make_adopted_goal(make_partnership("light"), coordinator)
    measure(goal, Q1, 41)
    measure(goal, Q2, 42)
    assert lower(goal, coordinator, None).version_number == 2


def test_night_notes_what_is_off_track_until_it_is_reviewed(off_track, coordinator):
    assert [note_goals_off_track(today=JULY) for _twice in range(2)] == [1, 0]
    assert Goal.objects.get().off_track_since == Q2[1]
    review(off_track, coordinator)
    assert Goal.objects.get().off_track_since is None
    assert note_goals_off_track(today=JULY) == 0


def test_goal_told_by_its_milestones_is_off_track_after_two_ends_of_quarters(
    partnership, coordinator, decision, signed_in_as
):
    goal = make_adopted_goal(partnership, coordinator, direction="establish")
    for today, since in ((date(2026, 6, 30), None), (JULY, Q2[1])):
        note_goals_off_track(today=today)
        assert Goal.objects.get().off_track_since == since
    page = signed_in_as(coordinator).get(f"/s/borgo/partnerships/own/goals/{goal.number}/").content.decode()
    assert "far fewer milestones were reached than were due" in page
    with pytest.raises(GoalRefusedError, match="Review it first"):
        lower(goal, coordinator, decision)
    assert review(goal, coordinator).readings_until == Q2[1]
    assert note_goals_off_track(today=date(2026, 10, 1)) == 0
    assert note_goals_off_track(today=date(2027, 1, 2)) == 1


def test_milestone_reached_before_the_second_end_keeps_a_goal_on_its_way(partnership, coordinator):
    goal = make_adopted_goal(partnership, coordinator, direction="establish")
    first = goal.milestones.order_by("due_on").first()
    first.reached_on = Q2[1]
    first.save()
    assert note_goals_off_track(today=JULY) == 0


def test_review_that_is_due_is_offered_for_the_next_meeting(off_track, partnership, coordinator):
    note_goals_off_track(today=JULY)
    codes = [one.code for one in suggestions_for(make_meeting(partnership), today=JULY)]
    assert f"review:{off_track.pk}:2026-06-30" in codes
    review(off_track, coordinator)
    assert not [one for one in suggestions_for(make_meeting(partnership), today=JULY) if one.code.startswith("review:")]
    later = suggestions_for(make_meeting(partnership), today=date(2027, 1, 10))
    assert f"review:{off_track.pk}:2027-01-10" in [one.code for one in later]


def test_next_review_is_set_before_anything_was_measured(goal, coordinator):
    found = review(goal, coordinator, today=TODAY, reviewed_on=TODAY)
    assert (found.readings_until, found.next_review_on) == (None, date(2026, 8, 1))


def test_next_review_follows_the_rhythm_of_the_goal(goal, coordinator):
    goal = change_goal(goal=goal, by=coordinator, today=JULY, review_every=3)
    assert review(goal, coordinator, today=TODAY, reviewed_on=TODAY).next_review_on == date(2026, 5, 1)
