from core.access.roles import Role
from partnerships.models import Partnership, Task
from tests.factories.core import make_user
from tests.factories.partnerships import make_partnership

API = "/s/borgo/api/v1/partnerships/"
JSON = "application/json"


def test_partnership_is_started_from_a_kit(space, coordinator, signed_in_as):
    answer = signed_in_as(coordinator).post(API, {"name": "Scuola", "kit": "BS"}, content_type=JSON)
    assert answer.status_code == 201, answer.content
    assert answer.json()["template_code"] == "BS"
    assert Task.objects.filter(partnership=Partnership.objects.get()).exists()


def test_kit_there_is_none_of_and_hostile_names_are_refused(space, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    for body in (
        {"name": "A", "kit": "XX"},
        {"name": ""},
        {"name": "A\u0000"},
        {"name": "A", "starts_on": "2026-02-30"},
    ):
        assert browser.post(API, body, content_type=JSON).status_code == 400
    late = {"name": "A", "starts_on": "2026-05-01", "ends_on": "2026-04-01"}
    assert browser.post(API, late, content_type=JSON).status_code == 400
    assert not Partnership.objects.exists()


def test_partnership_is_changed_where_one_coordinates_it_only(space, coordinator, signed_in_as):
    make_partnership("orti")
    assert signed_in_as(coordinator).patch(f"{API}orti/", {"rhythm": "monthly"}, content_type=JSON).status_code == 200
    assert Partnership.objects.get().rhythm == "monthly"
    partner = make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=Partnership.objects.get().scope)
    assert signed_in_as(partner).patch(f"{API}orti/", {"rhythm": ""}, content_type=JSON).status_code == 403
    assert signed_in_as(partner).post(API, {"name": "Mine"}, content_type=JSON).status_code == 403
    assert Partnership.objects.get().rhythm == "monthly"


def test_kits_are_listed_with_their_content(space, coordinator, signed_in_as):
    found = signed_in_as(coordinator).get("/s/borgo/api/v1/kits/").json()["results"]
    school = next(kit for kit in found if kit["code"] == "BS")
    sections = {"roles", "members", "needs", "tasks", "community_needs", "goals", "risks", "agreement", "notes"}
    assert sections == set(school["content"])


def test_rules_are_told_with_what_they_do_in_each_mode(space, coordinator, signed_in_as):
    rules = signed_in_as(coordinator).get("/s/borgo/api/v1/rules/", {"page_size": 100}).json()["results"]
    hard = {rule["code"]: (rule["light"], rule["full"]) for rule in rules}
    assert hard["purpose"] == hard["R-C1-length"] == ("blocks", "blocks")
    assert hard["territory"] == hard["R-T3"] == ("warns", "blocks")
    assert hard["R-T6"] == ("warns", "warns")


def test_who_leads_and_stands_in_is_named_among_those_who_coordinate(space, admin, coordinator, signed_in_as):
    partnership = make_partnership("orti")
    partner = make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=partnership.scope)
    browser = signed_in_as(coordinator)

    def name(**people):
        return browser.patch(f"{API}orti/", people, content_type=JSON)

    assert list(name(coordinator=str(partner.pk)).json()["errors"]) == ["coordinator"]
    assert name(coordinator=str(coordinator.pk), deputy=str(admin.pk)).json()["deputy"] == str(admin.pk)
    assert name(deputy=str(coordinator.pk)).status_code == 400
    assert name(deputy=None).json()["deputy"] is None
    partnership.refresh_from_db()
    assert (partnership.coordinator, partnership.deputy) == (coordinator, None)
