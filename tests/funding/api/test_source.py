import uuid

import pytest

from core.access.roles import Role
from funding.models import FundingSource
from tests.factories.core import make_user
from tests.factories.funding import make_funder, make_goal, make_source
from tests.factories.partnerships import make_partnership

API = "/s/borgo/api/v1/funding/"
GIVEN = {"partnership": "orti", "kind": "grant", "name": "Spring call", "amount_cents": 125_000}


@pytest.fixture
def orti(space):
    return make_partnership("orti")


def post(browser, body, address=API, verb="post"):
    return getattr(browser, verb)(address, body, content_type="application/json")


def test_source_is_created_read_and_changed(orti, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    goal, funder = make_goal(orti), make_funder()
    made = post(browser, {**GIVEN, "goal": goal.number, "giver": str(funder.pk)})
    assert made.status_code == 201, made.content
    assert made.json()["goal"] == 1
    one = f"{API}{made.json()['id']}/"
    assert browser.get(one).json() == made.json()
    changed = post(browser, {"status": "secured", "decided_on": "2026-01-02", "goal": None}, one, "patch")
    assert (changed.json()["status"], changed.json()["goal"]) == ("secured", None)
    assert [row["name"] for row in browser.get(API).json()["results"]] == ["Spring call"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_cents": 0},
        {"amount_cents": 10**20},
        {"amount_cents": 1.5},
        {"kind": "in_kind"},
        {"status": "secured"},
        {"goal": 7},
        {"giver": str(uuid.uuid4())},
        {"partnership": "nowhere"},
        {"name": "\x00"},
        {"name": "\ud800"},
        {"visibility": 0},
    ],
)
def test_wrong_body_is_400_and_nothing_is_saved(orti, coordinator, signed_in_as, wrong):
    answer = post(signed_in_as(coordinator), {**GIVEN, **wrong})
    assert answer.status_code == 400
    assert not FundingSource.objects.exists()


def test_currency_and_tenant_in_the_body_change_nothing(orti, neighbour, coordinator, signed_in_as):
    post(signed_in_as(coordinator), {**GIVEN, "currency": "USD", "tenant": neighbour.pk, "tenant_id": neighbour.pk})
    source = FundingSource.objects.get()
    assert (source.currency, source.tenant_id) == ("EUR", orti.tenant_id)


def test_partner_is_refused_and_fund_holder_of_another_partnership_finds_nothing(orti, signed_in_as):
    source = make_source(orti)
    partner = make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=orti.scope)
    elsewhere = make_user("t@borgo.example", role=Role.TREASURER, scope=make_partnership("other").scope)
    assert signed_in_as(partner).get(API).status_code == 403
    browser = signed_in_as(elsewhere)
    assert browser.get(API).json()["results"] == []
    assert browser.get(f"{API}{source.pk}/").status_code == 404
    assert post(browser, {"name": "Mine"}, f"{API}{source.pk}/", "patch").status_code == 404
    assert post(browser, GIVEN).status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_statements_for_one_and_three_rows(orti, coordinator, signed_in_as, statements, count):
    for number in range(count):
        make_source(orti, giver=make_funder(f"Foundation {number}"), goal=make_goal(orti))
    browser = signed_in_as(coordinator)
    with statements() as found:
        assert browser.get(API).status_code == 200
    assert len(found) == 4
