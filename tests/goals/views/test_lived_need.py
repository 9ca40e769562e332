"""What the maps of a partnership are missing, on its pages and in the API (R-S5)."""

import pytest

from core.access.roles import Role
from core.tenancy.context import tenant_scope
from goals.models import Need
from goals.operations.need import add_need
from partnerships.operations.partnership_map import connect_map
from stakeholders.models import MapEntry
from stakeholders.operations.stakeholder_map import change_map, put_on_map, start_map
from tests.factories.core import make_user
from tests.factories.partnerships import make_partnership
from tests.factories.stakeholders import make_stakeholder

HERE = "/s/borgo/partnerships/orti/"
API = "/s/borgo/api/v1/partnerships/orti/maps/gaps/"
MAPS_QUERIES, FRAGMENT_QUERIES = 17, 15


@pytest.fixture
def foreign_need(neighbour):
    """A need of the neighbour's partnership of the same name; ask for it before ``space``."""
    with tenant_scope(neighbour.pk):
        return add_need(partnership=make_partnership("orti"), by=None, statement_en="Foreign need")


@pytest.fixture
def orti(space):
    return make_partnership("orti")


@pytest.fixture
def orchard(orti, coordinator):
    found = start_map(title="Orchard", issue="Who decides?", by=coordinator)
    connect_map(partnership=orti, found=found, by=coordinator)
    put_on_map(found=found, stakeholders=[make_stakeholder("Families of the yard")], by=coordinator, ring=1)
    return found


@pytest.fixture
def need(orti, coordinator):
    return add_need(
        partnership=orti, by=coordinator, statement_en="Nobody answers the phone", affected_en="older people alone"
    )


def texts(browser, kind="need"):
    return [gap["text"] for gap in browser.get(API).json()["results"] if gap["kind"] == kind]


def test_need_nobody_lives_is_told_with_what_to_do(orti, orchard, need, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    said = "“Nobody answers the phone”: nobody on the map lives this need (older people alone)."
    for address in (f"/s/borgo/stakeholders/maps/{orchard.pk}/", f"{HERE}maps/", f"{HERE}maps/gaps/"):
        page = browser.get(address).content.decode()
        assert said in page
        assert f'href="/s/borgo/stakeholders/maps/{orchard.pk}/add/"' in page
        assert f'href="{HERE}community-needs/1/"' in page
    assert f'hx-get="{HERE}maps/gaps/"' in browser.get(HERE).content.decode()
    assert texts(browser) == [said]
    put_on_map(found=orchard, stakeholders=[make_stakeholder("Older people of Borgo")], by=coordinator, ring=1)
    assert texts(browser) == []


def test_settled_needs_and_maps_put_away_are_not_looked_at(orti, orchard, need, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    Need.objects.update(state=Need.State.SET_ASIDE)
    assert texts(browser) == []
    Need.objects.update(state=Need.State.OPEN)
    change_map(found=orchard, by=coordinator, is_archived=True)
    assert browser.get(API).json()["results"] == []
    assert "as far as the maps of who matters tell" in browser.get(f"{HERE}maps/gaps/").content.decode()


def test_who_is_on_one_map_is_missing_on_none(orti, orchard, need, coordinator, signed_in_as):
    second = start_map(title="Yard", issue="Who plays?", by=coordinator)
    connect_map(partnership=orti, found=second, by=coordinator)
    school = make_stakeholder("School", sector="education", status="approached")
    put_on_map(found=second, stakeholders=[school, make_stakeholder("Older neighbours")], by=coordinator, ring=1)
    browser = signed_in_as(coordinator)
    assert texts(browser) == []
    assert not any(text.startswith("Education") for text in texts(browser, "sector"))
    MapEntry.objects.filter(map=second).delete()
    assert any(text.startswith("Education") for text in texts(browser, "sector"))


@pytest.mark.parametrize("role", [Role.PARTNER_LEAD, Role.EVALUATOR, Role.TREASURER, Role.FUNDER])
def test_other_roles_read_no_gaps(orti, orchard, need, signed_in_as, role):
    scope = orti.scope if role == Role.PARTNER_LEAD else None
    browser = signed_in_as(make_user("other@borgo.example", role=role, scope=scope))
    for address in (f"{HERE}maps/", f"{HERE}maps/gaps/", API):
        assert browser.get(address).status_code in {403, 404}
    assert "maps/gaps/" not in browser.get(HERE).content.decode()


def test_needs_of_a_neighbours_partnership_are_nobodys_gap(
    foreign_need, space, orti, orchard, coordinator, signed_in_as, neighbour
):
    browser = signed_in_as(coordinator)
    assert texts(browser) == []
    assert browser.get(API.replace("/borgo/", f"/{neighbour.slug}/")).status_code in {403, 404}


def test_gaps_cost_the_same_for_one_map_and_for_three(
    orti, orchard, need, coordinator, signed_in_as, django_assert_num_queries
):
    browser = signed_in_as(coordinator)
    for count in (1, 3):
        for number in range(count - 1):
            more = start_map(title=f"Map {number}", issue="Who?", by=coordinator)
            connect_map(partnership=orti, found=more, by=coordinator)
            put_on_map(found=more, stakeholders=[make_stakeholder(f"Older {number}")], by=coordinator, ring=1)
        for address, queries in ((f"{HERE}maps/", MAPS_QUERIES), (f"{HERE}maps/gaps/", FRAGMENT_QUERIES)):
            with django_assert_num_queries(queries):
                browser.get(address)
