"""Kits in the API."""

import json

import pytest

from core.access.roles import Role
from core.tenancy.context import tenant_scope
from partnerships.kits.registry import KITS
from partnerships.models import SavedKit, Task
from partnerships.operations.kit import save_kit
from partnerships.operations.task import propose_task
from tests.factories.core import make_user
from tests.factories.partnerships import make_partnership

API = "/s/borgo/api/v1/"
HERE = "partnerships/orti/kit/"


@pytest.fixture
def foreign_kit(neighbour):
    """A kit of the neighbour's own; ask for it before ``space``."""
    with tenant_scope(neighbour.pk):
        made = make_partnership("orti")
        propose_task(partnership=made, title="Foreign task", by=None)
        return save_kit(partnership=made, name_en="Foreign", by=make_user("lia@riva.example", role=Role.COORDINATOR))


@pytest.fixture
def orti(space, admin):
    made = make_partnership("orti")
    propose_task(partnership=made, title="Find a room", by=admin, effort_hours=3)
    return made


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def send(browser, method, address, body=None):
    return getattr(browser, method)(API + address, json.dumps(body or {}), content_type="application/json")


def test_kit_is_read_with_days_counted_from_the_start(space, browser):
    kit = browser.get(f"{API}kits/BS/").json()
    assert (kit["version"], kit["is_own"]) == (KITS["BS"].version, False)
    tasks = {item["code"]: (item["starts"], item["due"]) for item in kit["content"]["tasks"]}
    assert tasks["BS-T7"] == (70, 160)
    assert [item["code"] for item in kit["content"]["risks"]] == ["BS-K1", "BS-K2", "BS-K3", "BS-K4"]
    assert browser.get(f"{API}kits/XX/").status_code == 404
    assert browser.get(f"{API}kits/BS/versions/").json()["count"] == 0


def test_own_kit_is_saved_versioned_read_and_retired(orti, browser):
    made = send(browser, "post", HERE, {"name_en": "Garden kit"})
    assert made.status_code == 201
    code = made.json()["code"]
    assert made.json()["content"]["tasks"][0]["effort_hours"] == 3
    assert send(browser, "post", HERE, {"name_en": "Garden kit", "code": code}).json()["version"] == 2
    assert [one["version"] for one in browser.get(f"{API}kits/{code}/versions/").json()["results"]] == [2, 1]
    assert browser.get(f"{API}kits/{code}/versions/1/").json()["content"]["tasks"][0]["title_en"] == "Find a room"
    assert browser.get(f"{API}kits/{code}/versions/3/").status_code == 404
    assert send(browser, "patch", f"kits/{code}/", {"is_retired": True}).status_code == 200
    assert code not in {kit["code"] for kit in browser.get(f"{API}kits/").json()["results"]}
    assert browser.get(f"{API}kits/{code}/").status_code == 200
    assert send(browser, "patch", "kits/BS/", {"is_retired": True}).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"), [({}, 400), ({"name_en": "  "}, 400), ({"name_en": "Ours", "code": "own-9"}, 404)]
)
def test_kit_that_cannot_be_saved_is_refused(orti, browser, body, status):
    assert send(browser, "post", HERE, body).status_code == status
    assert not SavedKit.objects.exists()


def test_partnership_with_nothing_in_it_makes_no_kit(space, browser):
    make_partnership("orti")
    answer = send(browser, "post", HERE, {"name_en": "Ours"})
    assert answer.status_code == 400
    page = browser.post("/s/borgo/partnerships/orti/kit/save/", {"name_en": "Ours"})
    assert page.status_code == 422
    assert "nothing in this partnership yet" in page.content.decode()


def test_what_changed_since_is_told_and_brought_in(space, browser):
    assert send(browser, "post", "partnerships/", {"name": "Scuola", "kit": "BS"}).status_code == 201
    here = "partnerships/scuola/kit/"
    assert browser.get(API + here).json()["changes"] == []
    made = Task.objects.get(template_key="BS-T12").partnership
    made.template_snapshot["tasks"] = made.template_snapshot["tasks"][:-1]
    made.template_version = 1
    made.save()
    Task.objects.get(template_key="BS-T12").delete()
    told = browser.get(API + here).json()
    assert (told["version"], told["newest_version"]) == (1, KITS["BS"].version)
    assert [(one["section"], one["code"], one["what"]) for one in told["changes"]] == [("tasks", "BS-T12", "added")]
    assert send(browser, "post", f"{here}renew/").json() == {"added": 1}
    assert Task.objects.filter(template_key="BS-T12").count() == 1
    make_partnership("orti")
    assert send(browser, "post", f"{HERE}renew/").status_code == 404


def test_others_neither_read_nor_make_kits(orti, signed_in_as):
    lead = signed_in_as(make_user("lead@borgo.example", role=Role.PARTNER_LEAD, scope=orti.scope))
    for address in ("kits/BS/", "kits/BS/versions/", HERE):
        assert lead.get(API + address).status_code == 403
    elsewhere = make_partnership("piazza")
    other = signed_in_as(make_user("other@borgo.example", role=Role.COORDINATOR, scope=elsewhere.scope))
    assert other.get(API + HERE).status_code in {403, 404}
    assert send(other, "post", HERE, {"name_en": "Ours"}).status_code in {403, 404}
    assert not SavedKit.objects.exists()


def test_kit_of_a_neighbour_is_not_there(foreign_kit, orti, browser, neighbour):
    assert browser.get(f"{API}kits/{foreign_kit.code}/").status_code == 404
    assert browser.get(f"{API}kits/{foreign_kit.code}/versions/1/").status_code == 404
    assert send(browser, "post", HERE, {"name_en": "Ours", "code": foreign_kit.code}).status_code == 404
    assert browser.get(f"/s/{neighbour.slug}/api/v1/kits/{foreign_kit.code}/").status_code in {403, 404}
