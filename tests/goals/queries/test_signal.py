"""Late milestones and members who promised too much, on both sides of their thresholds."""

from datetime import date, timedelta

import pytest

from core.access.visibility import Visibility
from core.queries.viewer import viewer_for
from goals.models import Endorsement, EndorsementAnswer, EndorsementRound, Goal
from goals.operations.milestone import add_milestone
from goals.queries.signal import (
    CONTESTED,
    MILESTONE_LATE,
    OVERLOAD,
    contested_goals,
    late_milestones,
    milestone_names,
    overloaded_members,
)
from stakeholders.operations.strength import note_strength
from tests.factories.goals import make_goal
from tests.factories.partnerships import make_member, make_partner, make_partnership, make_task

TODAY = date(2026, 11, 27)


@pytest.fixture
def partnership(space):
    return make_partnership("own")


@pytest.fixture
def goal(partnership):
    goal = make_goal(partnership)
    Goal.objects.filter(pk=goal.pk).update(state="active")
    return goal


@pytest.fixture
def member(partnership):
    member = make_member(partnership, "Scuola", state="member")
    note_strength(owner=member.organisation, by=None, skill="teaching", hours_month=20)
    return member


def promise(partnership, member, hours, *, days=10, **fields):
    due_on = TODAY + timedelta(days=days)
    return make_task(partnership, state="accepted", member=member, effort_hours=hours, due_on=due_on, **fields)


def facts(found):
    return [one.facts for one in found]


def test_milestone_is_told_of_after_thirty_days(partnership, goal, admin):
    milestone = add_milestone(goal=goal, due_on=TODAY - timedelta(days=30), by=admin, title_en="Hosts found")
    assert facts(late_milestones([partnership], today=TODAY)) == []
    (found,) = late_milestones([partnership], today=TODAY + timedelta(days=1))
    assert (found.facts, found.about_id) == ({"days": 31}, milestone.pk)
    assert MILESTONE_LATE.sentence(found.facts, "Hosts found") == "The milestone “Hosts found” is 31 days late."


def test_milestone_reached_or_of_a_goal_at_rest_is_not_told_of(partnership, goal, admin):
    milestone = add_milestone(goal=goal, due_on=TODAY - timedelta(days=99), by=admin, title_en="Hosts found")
    Goal.objects.update(state="draft")
    assert facts(late_milestones([partnership], today=TODAY)) == []
    Goal.objects.update(state="adopted")
    assert len(facts(late_milestones([partnership], today=TODAY))) == 1
    milestone.reached_on = TODAY
    milestone.save()
    assert facts(late_milestones([partnership], today=TODAY)) == []


def test_milestone_of_a_goal_out_of_sight_has_no_name(partnership, goal, admin, coordinator):
    milestone = add_milestone(goal=goal, due_on=TODAY - timedelta(days=99), by=admin, title_en="Hosts found")
    Goal.objects.update(visibility=Visibility.COORDINATION)
    partner = make_partner(make_member(partnership, "Officine"))
    assert milestone_names(viewer_for(partner), [milestone.pk]) == {}
    assert milestone_names(viewer_for(coordinator), [milestone.pk])[milestone.pk].name == "Hosts found"
    assert [one.visibility for one in late_milestones([partnership], today=TODAY)] == [Visibility.COORDINATION]


def test_overload_begins_above_a_hundred_and_ten_per_cent(partnership, member):
    promise(partnership, member, 22)
    assert facts(overloaded_members([partnership], today=TODAY)) == []
    promise(partnership, member, 1, days=30)
    (found,) = overloaded_members([partnership], today=TODAY)
    assert (found.facts, found.about_id) == ({"hours": 23, "stated": 20, "percent": 115}, member.pk)
    assert OVERLOAD.sentence(found.facts, "Scuola").startswith("Scuola promised 23 hours")


def test_overload_leaves_out_what_is_far_unpromised_elsewhere_or_out_of_sight(partnership, member):
    promise(partnership, member, 30, days=31)
    promise(partnership, member, 30, visibility=Visibility.COORDINATION)
    make_task(partnership, member=member, effort_hours=30, due_on=TODAY)
    other = make_partnership("other")
    there = other.members.create(organisation=member.organisation, state="member")
    promise(other, there, 30)
    assert facts(overloaded_members([partnership], today=TODAY)) == []


def test_hours_of_an_organisation_out_of_sight_are_not_told_to_partners(partnership, member):
    member.organisation.visibility = Visibility.COORDINATION
    member.organisation.save()
    promise(partnership, member, 30)
    assert [one.visibility for one in overloaded_members([partnership], today=TODAY)] == [Visibility.COORDINATION]


@pytest.mark.parametrize("count", [1, 3])
def test_rules_ask_the_same_for_one_and_three(partnership, goal, admin, count, django_assert_num_queries):
    for number in range(count):
        member = make_member(partnership, f"School {number}", state="member")
        note_strength(owner=member.organisation, by=admin, skill="teaching", hours_month=5)
        promise(partnership, member, 30)
        add_milestone(goal=goal, due_on=TODAY - timedelta(days=99), by=admin, title_en=f"Step {number}")
    with django_assert_num_queries(3):
        found = facts(late_milestones([partnership], today=TODAY))
        found += facts(overloaded_members([partnership], today=TODAY))
    assert len(found) == 2 * count


@pytest.fixture
def asked(partnership, goal):
    """Eight members asked about a goal; ``answer(place, position)`` says where one stands."""
    found = EndorsementRound.objects.create(
        goal=goal, number=1, version_number=1, fields={}, asked_on=TODAY, answer_by=TODAY
    )
    members = [make_member(partnership, f"Ente {at}", state="member") for at in range(8)]
    return [Endorsement.objects.create(round=found, member=member, asked_on=TODAY) for member in members]


def answer(place, position):
    EndorsementAnswer.objects.create(endorsement=place, position=position, name="Anna Neri", comment="Not like this.")


def test_goal_is_in_dispute_from_one_objection_or_a_quarter_on(partnership, goal, asked):
    answer(asked[0], 2)
    assert facts(contested_goals([partnership], today=TODAY)) == []
    answer(asked[1], 2)
    (found,) = contested_goals([partnership], today=TODAY)
    assert (found.facts, found.about_id) == ({"objections": 0, "against": 2, "asked": 8}, goal.pk)
    said = CONTESTED.sentence(found.facts, "Good placements")
    assert said == "2 of 8 asked cannot live with the goal “Good placements” yet."
    EndorsementAnswer.objects.all().delete()
    answer(asked[0], 1)
    assert facts(contested_goals([partnership], today=TODAY)) == [{"objections": 1, "against": 1, "asked": 8}]


def test_answers_about_an_earlier_wording_and_closed_goals_are_no_dispute(partnership, goal, asked):
    answer(asked[0], 1)
    Goal.objects.update(state="achieved")
    assert facts(contested_goals([partnership], today=TODAY)) == []
    Goal.objects.update(state="active")
    EndorsementRound.objects.update(outcome="reworded")
    assert facts(contested_goals([partnership], today=TODAY)) == []


def test_dropped_milestone_is_not_late(partnership, goal, admin):
    milestone = add_milestone(goal=goal, due_on=TODAY - timedelta(days=99), by=admin, title_en="Hosts found")
    type(milestone).objects.update(dropped_on=TODAY, dropped_reason="Not needed any more.")
    assert facts(late_milestones([partnership], today=TODAY)) == []
