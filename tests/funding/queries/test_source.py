from datetime import date

import pytest

from core.access.roles import Role
from core.access.visibility import Visibility
from funding.queries.source import goal_funding_of, groups_of, sources_visible_to
from tests.factories.core import make_user
from tests.factories.funding import make_goal, make_source
from tests.factories.partnerships import make_partnership


@pytest.mark.parametrize("role", [Role.PARTNER_LEAD, Role.PARTNER_MEMBER, Role.EVALUATOR, Role.FUNDER])
def test_people_without_a_say_in_money_see_only_what_was_opened(space, viewer, role):
    own = make_partnership("own")
    make_source(own, "Kept")
    make_source(own, "Opened", visibility=Visibility.PARTNERS)
    person = make_user("p@borgo.example", role=role, scope=own.scope)
    expected = [] if role == Role.FUNDER else ["Opened"]
    assert [source.name for source in sources_visible_to(viewer(person))] == expected


def test_fund_holder_of_one_partnership_sees_nothing_kept_in_another(space, viewer):
    own, other = make_partnership("own"), make_partnership("other")
    make_source(own, "Own")
    make_source(other, "Other")
    person = make_user("t@borgo.example", role=Role.TREASURER, scope=own.scope)
    assert [source.name for source in sources_visible_to(viewer(person))] == ["Own"]


def test_source_is_no_more_visible_than_its_partnership(space, viewer):
    own = make_partnership("own")
    source = make_source(own, visibility=Visibility.PARTNERS)
    own.visibility = Visibility.COORDINATION
    own.save()
    person = make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=own.scope)
    assert source not in sources_visible_to(viewer(person))


def test_partner_is_told_no_missing_amount_from_which_a_kept_one_could_be_counted_back(space, viewer):
    own = make_partnership("own")
    goal = make_goal(own, need_cents=500_000)
    make_source(own, "Kept", goal=goal, status="secured", decided_on=date(2026, 1, 1))
    make_source(own, "Opened", goal=goal, visibility=Visibility.PARTNERS)
    person = make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=own.scope)
    found = goal_funding_of(viewer(person), goal)
    assert (found.coverage, found.figures, [row.name for row in found.rows]) == (None, [], ["Opened"])


def test_goal_shows_need_secured_money_gifts_and_missing_to_whoever_sees_the_money(space, coordinator, viewer):
    own = make_partnership("own")
    goal = make_goal(own, need_cents=500_000)
    make_source(own, goal=goal, status="secured", decided_on=date(2026, 1, 1))
    make_source(
        own,
        goal=goal,
        kind="in_kind",
        valued_by="Price list",
        amount_cents=50_000,
        status="secured",
        decided_on=date(2026, 1, 1),
    )
    make_source(own, goal=goal, amount_cents=80_000, probability_percent=25)
    make_source(own, goal=goal, status="lost", decided_on=date(2026, 1, 1))
    figures = dict(goal_funding_of(viewer(coordinator), goal).figures)
    assert figures == {
        "Needed": "€5,000",
        "Secured in money": "€1,000",
        "Accepted in kind": "€500",
        "Missing": "€3,500",
        "Expected in money": "€800; weighted by its chance €200",
    }


def test_groups_never_add_two_currencies_or_money_and_gifts(space):
    own = make_partnership("own")
    make_source(own)
    make_source(own, kind="in_kind", valued_by="Price list", amount_cents=50_000)
    pounds = make_source(own)
    pounds.currency = "GBP"
    pounds.save()
    found = groups_of(own.funding_sources.order_by("id"), own)
    assert [(group.cash, group.in_kind) for group in found] == [("€1,000", "€500"), ("£1,000", "")]
