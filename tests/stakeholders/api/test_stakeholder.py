import json
import uuid

import pytest

from core.access.roles import Role
from stakeholders.models import Stakeholder
from tests.factories.core import make_user
from tests.factories.stakeholders import TAX_CODES, make_stakeholder

API = "/s/borgo/api/v1/stakeholders/"


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def send(browser, method, address, body):
    return getattr(browser, method)(address, json.dumps(body), content_type="application/json")


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_rows(space, browser, django_assert_num_queries, count):
    for number in range(count):
        make_stakeholder(f"Coro {number}")
    with django_assert_num_queries(3 + 8):
        answer = browser.get(API, {"q": "coro"})
    assert answer.json()["count"] == count


def test_list_is_narrowed_and_neighbours_never_show(canary, space, browser):
    make_stakeholder("Circolo Aurora", place="Borgo")
    make_stakeholder("Banda", sector="nonprofit")
    assert [row["name"] for row in browser.get(API, {"q": "circolo"}).json()["results"]] == ["Circolo Aurora"]
    assert [row["name"] for row in browser.get(API, {"sector": "nonprofit"}).json()["results"]] == ["Banda"]
    assert browser.get(API).json()["count"] == 2
    assert "tenant" not in browser.get(API).json()["results"][0]


@pytest.mark.parametrize("query", ["kind=alien", "sector=circus", "sort=tenant_id", "page=0", "q=%00"])
def test_what_is_not_on_the_allow_lists_is_a_bad_request(space, browser, query):
    assert browser.get(f"{API}?{query}").status_code == 400


def test_stakeholder_is_created_and_changed(space, browser):
    made = send(browser, "post", API, {"name": " Coro  Alpino ", "tax_code": TAX_CODES[0], "place": "Borgo"})
    assert made.status_code == 201
    assert (made.json()["name"], made.json()["status"]) == ("Coro Alpino", "identified")
    changed = send(browser, "patch", f"{API}{made.json()['id']}/", {"status": "approached"})
    assert (changed.json()["status"], changed.json()["place"]) == ("approached", "Borgo")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "A", "tax_code": "90000110801"},
        {"name": "A", "status": "partner"},
        {"name": "A", "visibility": 0},
        {"name": "A\u0000"},
        {"name": "A", "email": "x"},
        [],
    ],
)
def test_body_that_cannot_be_right_is_refused_and_nothing_is_stored(space, browser, body):
    answer = send(browser, "post", API, body)
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")
    assert not Stakeholder.objects.exists()


def test_tax_code_of_another_one_is_refused(space, browser):
    make_stakeholder("First", tax_code=TAX_CODES[0])
    assert send(browser, "post", API, {"name": "Second", "tax_code": TAX_CODES[0]}).status_code == 400


def test_fields_that_are_not_offered_change_nothing(canary, space, browser):
    made = send(
        browser, "post", API, {"name": "A", "tenant_id": canary.tenant_id, "id": str(canary.pk), "sort_name": "zzz"}
    )
    stored = Stakeholder.objects.get(pk=made.json()["id"])
    assert (stored.tenant_id, stored.sort_name) == (space.pk, "a")
    assert stored.pk != canary.pk


@pytest.mark.parametrize("method", ["get", "patch"])
def test_foreign_and_random_ids_get_the_same_answer(canary, space, browser, method):
    answers = [
        send(browser, method, f"{API}{pk}/", {"name": "Mine"}) if method == "patch" else browser.get(f"{API}{pk}/")
        for pk in (canary.pk, uuid.uuid4())
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_reading_role_may_not_write_and_partner_may_not_read(space, evaluator, signed_in_as):
    stakeholder = make_stakeholder()
    reader = signed_in_as(evaluator)
    assert reader.get(f"{API}{stakeholder.pk}/").status_code == 200
    assert send(reader, "patch", f"{API}{stakeholder.pk}/", {"name": "B"}).status_code == 403
    funder = signed_in_as(make_user("f@fund.example", role=Role.FUNDER))
    assert funder.get(API).status_code == 403


def test_nobody_signed_in_is_told_so(space, client):
    assert client.get(API).status_code in {401, 403}
