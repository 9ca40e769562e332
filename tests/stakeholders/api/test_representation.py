"""Representation audits in the API: the same rules as on the pages, and the same view of the counts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.access.roles import Role
from core.tenancy.context import tenant_scope
from stakeholders.models import ReferenceProfile, RepresentationAudit
from tests.factories.core import make_user
from tests.factories.representation import make_audit, make_counted, make_profile

API = "/s/borgo/api/v1/"
PROFILES, AUDITS = f"{API}representation-profiles/", f"{API}representation-audits/"
TOWN = {
    "dimension": "gender",
    "area": "Borgo",
    "year": 2025,
    "source": "Census",
    "categories": [{"label": "Women", "population_count": 510}, {"label": "Men", "population_count": 490}],
}


def later():
    return str(timezone.localdate() + timedelta(days=30))


@pytest.fixture
def browser(coordinator, signed_in_as):
    client = signed_in_as(coordinator)

    def send(verb, path, body=None):
        return getattr(client, verb)(path, body, content_type="application/json")

    return send


@pytest.fixture
def theirs(neighbour):
    with tenant_scope(neighbour.pk):
        return make_counted(9, 14, 10)


def test_community_is_described_corrected_and_removed(space, browser):
    made = browser("post", PROFILES, TOWN)
    assert made.status_code == 201
    assert [one["label"] for one in made.json()["categories"]] == ["Women", "Men"]
    one = f"{PROFILES}{made.json()['id']}/"
    assert browser("post", PROFILES, TOWN).status_code == 400
    three = [*TOWN["categories"], {"label": "Others", "population_count": 4}]
    assert len(browser("put", one, TOWN | {"categories": three}).json()["categories"]) == 3
    assert browser("get", PROFILES).json()["results"][0]["area"] == "Borgo"
    assert browser("delete", one).status_code == 204
    assert browser("get", one).status_code == 404


@pytest.mark.parametrize(
    "categories",
    [
        [],
        [{"label": "A", "population_count": 3}],
        [{"label": "A", "population_count": 3}, {"label": "a", "population_count": 3}],
        [{"label": "A", "population_count": 0}, {"label": "B", "population_count": 0}],
        [{"label": "A", "population_count": -1}, {"label": "B", "population_count": 2}],
        [{"label": "A", "population_count": 10**12}, {"label": "B", "population_count": 2}],
        "A;3",
        [3, 4],
    ],
)
def test_community_that_cannot_be_is_refused(space, browser, categories):
    refused = browser("post", PROFILES, TOWN | {"categories": categories})
    assert refused.status_code == 400
    assert any(name.startswith("categories") for name in refused.json()["errors"])
    assert not ReferenceProfile.objects.exists()


def test_community_an_audit_compares_with_stays(space, browser):
    one = f"{PROFILES}{make_audit().profile_id}/"
    assert browser("put", one, TOWN | {"dimension": "age_band"}).status_code == 409
    assert browser("delete", one).status_code == 409


def test_audit_is_opened_counted_and_closed(space, browser):
    profile = make_profile()
    wanted = {"profile_id": str(profile.pk), "body": "Steering group", "audited_on": str(timezone.localdate())}
    guess = browser("post", AUDITS, wanted | {"method": "known_role"})
    assert (guess.status_code, list(guess.json()["errors"])) == (400, ["method"])
    made = browser("post", AUDITS, wanted)
    assert made.status_code == 201
    assert (made.json()["counting"], made.json()["sheet"]["state"]) == ("not_begun", "empty")
    one = f"{AUDITS}{made.json()['id']}/"
    assert browser("post", f"{one}close/", {}).status_code == 409
    groups = [row["id"] for row in browser("get", f"{PROFILES}{profile.pk}/").json()["categories"]]
    counts = {"counts": [{"category_id": groups[1], "count": 14}, {"category_id": groups[2], "count": 10}]}
    assert browser("put", f"{one}counts/", counts).status_code == 400
    counted = browser("put", f"{one}counts/", counts | {"from_cards": True, "not_stated": 2}).json()
    assert counted["sheet"]["finding"] == {"en": "Missing: Under 30.", "it": "Mancano: Under 30."}
    assert [row["band"] for row in counted["sheet"]["rows"]] == ["strongly_under", "in_line", "over"]
    assert counted["sheet"]["rows"][2]["parity_ratio"] == "1.38"
    missing = browser("post", f"{one}close/", {"action": "Two seats"})
    assert (missing.status_code, sorted(missing.json()["errors"])) == (400, ["action_on", "missing_voices"])
    assert browser("put", f"{one}action/", {"action": "A", "action_on": later()}).status_code == 409
    ending = {"missing_voices": "The young.", "action": "Two seats", "action_on": later()}
    assert browser("post", f"{one}close/", ending).json()["closed_on"]
    assert browser("post", f"{one}close/", ending).status_code == 409
    assert browser("delete", one).status_code == 409
    assert browser("put", f"{one}action/", {"action": "Three seats", "action_on": later()}).json()["action"] == (
        "Three seats"
    )
    assert browser("put", f"{one}action/", {}).status_code == 400
    listed = browser("get", AUDITS).json()["results"]
    assert [row["dimension"] for row in listed] == ["age_band"]
    assert not {"counts", "not_stated_count", "sheet"} & set(listed[0])


def test_open_audit_is_deleted(space, browser):
    audit = make_counted(9, 14, 10)
    assert browser("delete", f"{AUDITS}{audit.pk}/").status_code == 204
    assert not RepresentationAudit.objects.exists()


def test_evaluator_reads_and_a_partner_does_not(space, evaluator, signed_in_as):
    audit = make_counted(9, 14, 10)
    reader = signed_in_as(evaluator)
    assert reader.get(f"{AUDITS}{audit.pk}/").status_code == 200
    assert reader.delete(f"{AUDITS}{audit.pk}/").status_code == 403
    for path, verb in (("counts/", "put"), ("round/", "post"), ("close/", "post"), ("action/", "put")):
        assert getattr(reader, verb)(f"{AUDITS}{audit.pk}/{path}").status_code == 403
    partner = signed_in_as(make_user("partner@borgo.example", role=Role.PARTNER_LEAD))
    for path in (AUDITS, f"{AUDITS}{audit.pk}/", PROFILES):
        assert partner.get(path).status_code == 403


def test_neighbours_are_not_found(theirs, space, browser):
    assert browser("get", f"{AUDITS}{theirs.pk}/").status_code == 404
    wanted = {"profile_id": str(theirs.profile_id), "body": "Ours", "audited_on": str(timezone.localdate())}
    assert browser("post", AUDITS, wanted).status_code == 404
    assert not RepresentationAudit.objects.exists()


def test_list_costs_the_same_for_one_and_for_three(space, browser, django_assert_num_queries):
    profile = make_profile()
    make_audit(profile)
    browser("get", AUDITS)
    with django_assert_num_queries(9):
        browser("get", AUDITS)
    for body in ("Volunteers", "Assembly"):
        make_audit(profile, body=body)
    with django_assert_num_queries(9):
        browser("get", AUDITS)
