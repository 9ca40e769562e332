"""What the checks find out beyond a goal's own fields, each from its records."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.access.visibility import Visibility
from goals.models import DeliverableRole, Goal
from goals.queries.checks import checks_of, surroundings_of
from partnerships.models import Partnership
from stakeholders.operations.strength import note_strength
from tests.factories.funding import make_source
from tests.factories.goals import TODAY, make_complete_goal, make_goal, make_percentage
from tests.factories.metrics import make_indicator, make_measurement
from tests.factories.partnerships import make_partnership, make_task


@pytest.fixture
def partnership(space):
    return make_partnership(mode=Partnership.Mode.FULL)


@pytest.fixture
def goal(partnership):
    return make_complete_goal(partnership)


def around(goal):
    return surroundings_of([Goal.objects.select_related("partnership", "indicator", "owner_member").get(pk=goal.pk)],
                           today=TODAY)[goal.pk]  # fmt: skip


def outcome(goal, code, *, is_asked=True):
    found = Goal.objects.select_related("partnership", "indicator").get(pk=goal.pk)
    return next(c.outcome for c in checks_of(found, today=TODAY, is_asked=is_asked) if c.code == code)


def test_means_are_what_is_expected_and_secured_not_what_was_lost(goal):
    for status, amount, decided in (("expected", 100, None), ("secured", 20, TODAY), ("lost", 4000, TODAY)):
        make_source(goal.partnership, goal=goal, status=status, amount_cents=amount, decided_on=decided)
    assert around(goal).planned_cents == 120


def test_result_without_who_does_it_is_unclear(goal):
    assert (around(goal).results, around(goal).unclear_results) == (1, 0)
    DeliverableRole.objects.filter(part="R").delete()
    assert around(goal).unclear_results == 1
    assert outcome(goal, "A3") == "fail"
    assert outcome(goal, "A3", is_asked=False) == "later"


@pytest.mark.parametrize(("hours", "is_too_much"), [(20, False), (21, True)])
def test_owner_is_overloaded_by_promises_of_this_partnership_alone(goal, hours, is_too_much):
    note_strength(owner=goal.owner_member.organisation, by=None, skill="teaching", hours_month=20)
    due = TODAY + timedelta(days=10)
    make_task(goal.partnership, state="accepted", member=goal.owner_member, effort_hours=hours, due_on=due)
    make_task(
        goal.partnership, state="accepted", member=goal.owner_member, effort_hours=90, due_on=TODAY.replace(month=5)
    )
    make_task(
        goal.partnership, state="accepted", member=goal.owner_member, effort_hours=90, due_on=due,
        visibility=Visibility.COORDINATION,
    )  # fmt: skip
    elsewhere = make_partnership("elsewhere")
    there = elsewhere.members.create(organisation=goal.owner_member.organisation, state="member")
    make_task(elsewhere, state="accepted", member=there, effort_hours=90, due_on=due)
    assert around(goal).is_overloaded is is_too_much


def test_best_year_is_read_from_the_values_and_drafts_are_none(partnership):
    indicator = make_indicator(partnership, "N-1", baseline_value=Decimal(10), baseline_on=date(2023, 1, 1))
    goal = make_goal(partnership, indicator=indicator, target_value=Decimal(40))
    make_measurement(indicator, 12, period=(date(2024, 1, 1), date(2024, 3, 31)))
    last = make_measurement(indicator, 18, period=(date(2025, 1, 1), date(2025, 3, 31)))
    assert around(goal).best_year == Decimal(6)
    type(last).objects.filter(pk=last.pk).update(state="draft")
    assert around(goal).best_year is None


def test_need_outcome_and_risk_are_asked_one_by_one(goal):
    assert {outcome(goal, code) for code in ("A4", "R1", "R2")} == {"pass"}
    goal.need_links.all().delete()
    assert outcome(goal, "R1") == "fail"
    goal.risks.update(response="")
    assert outcome(goal, "A4") == "fail"
    Goal.objects.filter(pk=goal.pk).update(outcome_node=None)
    assert outcome(goal, "R2") == "fail"


@pytest.mark.parametrize("number", [1, 3])
def test_statements_are_the_same_for_one_and_for_three(partnership, django_assert_num_queries, number):
    for at in range(number):
        make_complete_goal(partnership, indicator=make_percentage(partnership, f"N-{at}"))
    goals = list(Goal.objects.select_related("partnership", "indicator", "owner_member"))
    with django_assert_num_queries(11):
        surroundings_of(goals, today=TODAY)
