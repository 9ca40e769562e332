from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from goals.operations.goal import GoalRefusedError, close_goal
from goals.operations.milestone import add_milestone, change_milestone, drop_milestone, reach_milestone
from tests.factories.goals import TODAY, make_adopted_goal, make_goal
from tests.factories.partnerships import make_member, make_partnership, make_person, make_representative


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


def test_milestone_says_what_kind_it_is_who_looks_after_it_and_what_will_show_it(space, coordinator):
    partnership = make_partnership()
    member = make_member(partnership)
    person = make_representative(member)
    milestone = add_milestone(
        goal=make_goal(partnership), due_on=TODAY, by=None, title_en="Ten hosts", kind="funding", owner_member=member,
        owner_person=person, evidence_wanted="The signed list",
    )  # fmt: skip
    milestone.refresh_from_db()
    assert (milestone.kind, milestone.owner_member, milestone.owner_person, milestone.evidence_wanted) == (
        "funding",
        member,
        person,
        "The signed list",
    )


def test_owner_from_elsewhere_is_refused(milestone, coordinator):
    elsewhere = make_member(make_partnership("else"), "Elsewhere")
    with pytest.raises(ValidationError, match="not in the partnership"):
        change_milestone(milestone=milestone, by=coordinator, owner_member=elsewhere)
    own = make_member(milestone.goal.partnership)
    with pytest.raises(ValidationError, match="does not speak"):
        change_milestone(milestone=milestone, by=coordinator, owner_member=own, owner_person=make_person())


def test_file_alone_is_evidence_and_one_that_cannot_be_taken_is_refused(milestone, coordinator):
    reached = {"milestone": milestone, "reached_on": TODAY, "evidence": "", "by": coordinator, "today": TODAY}
    with pytest.raises(ValidationError):
        reach_milestone(upload=SimpleUploadedFile("run.exe", b"MZ"), **reached)
    kept = reach_milestone(upload=SimpleUploadedFile("list.txt", b"Ten names"), **reached)
    assert (kept.evidence_file.name, kept.evidence_file.visibility) == ("list.txt", milestone.goal.visibility)


def test_dropped_milestone_stays_with_its_reason_and_changes_no_more(milestone, coordinator):
    with pytest.raises(ValidationError, match="why it is dropped"):
        drop_milestone(milestone=milestone, reason="no", by=coordinator, today=TODAY)
    dropped = drop_milestone(milestone=milestone, reason="The hall was sold.", by=coordinator, today=TODAY)
    assert (dropped.dropped_on, dropped.dropped_reason) == (TODAY, "The hall was sold.")
    for act in (
        lambda: drop_milestone(milestone=milestone, reason="The hall was sold.", by=coordinator, today=TODAY),
        lambda: change_milestone(milestone=milestone, by=coordinator, title_en="Other"),
        lambda: reach_milestone(milestone=milestone, reached_on=TODAY, evidence="x", by=coordinator, today=TODAY),
    ):
        with pytest.raises(GoalRefusedError):
            act()


def test_reached_milestone_is_not_dropped(milestone, coordinator):
    reach_milestone(milestone=milestone, reached_on=TODAY, evidence="Minutes", by=coordinator, today=TODAY)
    with pytest.raises(GoalRefusedError, match="reached"):
        drop_milestone(milestone=milestone, reason="The hall was sold.", by=coordinator, today=TODAY)


def test_milestones_of_a_closed_goal_stay_as_they_are(space, coordinator):
    goal = make_adopted_goal(make_partnership(), coordinator)
    goal = close_goal(goal=goal, to="achieved", by=coordinator, statement="61 % in December")
    with pytest.raises(GoalRefusedError):
        change_milestone(milestone=goal.milestones.first(), by=coordinator, title_en="Other")
    with pytest.raises(GoalRefusedError):
        add_milestone(goal=goal, due_on=TODAY, by=coordinator, title_en="Other")
