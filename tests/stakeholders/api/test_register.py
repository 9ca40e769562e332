"""Depth, what stands beside, talks, filters, duplicates and merges in the API."""

import json
import uuid

import pytest

from stakeholders.models import ContactPoint, Identifier, Interaction, SavedFilter, Stakeholder, StakeholderTag
from stakeholders.operations.duplicate import find_duplicates
from stakeholders.operations.interaction import log_interaction
from tests.factories.stakeholders import TAX_CODES, make_person, make_stakeholder

API = "/s/borgo/api/v1/"


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def send(browser, method, address, body=None):
    return getattr(browser, method)(API + address, json.dumps(body or {}), content_type="application/json")


def test_depth_is_written_and_read(space, browser, coordinator):
    facts = {
        "name": "Banda", "aliases": "La Santa Zita", "territories": ["Colle"], "languages": ["ar"], "stakes": ["funds"],
        "possible_loss": "Peace", "lawful_basis": "consent", "relationship_owner_id": str(coordinator.pk),
    }  # fmt: skip
    made = send(browser, "post", "stakeholders/", facts)
    assert made.status_code == 201
    assert {name: made.json()[name] for name in facts} == facts
    assert browser.get(f"{API}stakeholders/?owner=me&stake=funds&place=Colle&q=zita").json()["count"] == 1
    assert browser.get(f"{API}stakeholders/?basis=missing").json()["count"] == 0


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"stakes": ["x"]}, 400),
        ({"languages": ["<b>"]}, 400),
        ({"territories": ["a\u0000"]}, 400),
        ({"lawful_basis": "x"}, 400),
        ({"relationship_owner_id": str(uuid.uuid4())}, 404),
    ],
)
def test_depth_that_cannot_be_is_refused(space, browser, facts, status):
    assert send(browser, "post", "stakeholders/", {"name": "A", **facts}).status_code == status
    assert not Stakeholder.objects.exists()


@pytest.mark.parametrize("query", ["owner=x", "status=x", "basis=x", "contact=x", "tag=x", "stake=x"])
def test_what_is_not_on_the_lists_is_a_bad_request(space, browser, query):
    assert browser.get(f"{API}stakeholders/?{query}").status_code == 400


def test_stakeholder_is_moved_on_by_the_same_rules(space, browser):
    one = f"stakeholders/{make_stakeholder().pk}/"
    assert send(browser, "post", f"{one}move/", {"status": "approached"}).json()["status"] == "approached"
    assert send(browser, "post", f"{one}move/", {"status": "invited"}).status_code == 409
    assert send(browser, "patch", one, {"status": "invited"}).status_code == 400
    assert send(browser, "post", f"{one}move/", {"status": "partner"}).status_code == 400


@pytest.mark.parametrize(
    ("what", "body", "bad", "model"),
    [
        ("contacts", {"kind": "email", "value": "a@b.example"}, {"kind": "email", "value": "a"}, ContactPoint),
        ("identifiers", {"scheme": "RUNTS", "value": "12"}, {"scheme": "IT-CF", "value": "90000110801"}, Identifier),
        ("tags", {"tag": "Musica"}, {"tag": "★"}, StakeholderTag),
    ],
)
def test_what_stands_beside_is_added_read_and_taken_out(space, browser, what, body, bad, model):
    one = f"stakeholders/{make_stakeholder().pk}/{what}/"
    made = send(browser, "post", one, body)
    assert made.status_code == 201
    assert send(browser, "post", one, bad).status_code == 400
    assert browser.get(API + one).json()["results"] == [made.json()]
    assert browser.delete(f"{API}{one}{uuid.uuid4()}/").status_code == 404
    assert browser.delete(f"{API}{one}{made.json()['id']}/").status_code == 204
    assert not model.objects.exists()


def test_talk_is_written_down_and_only_ones_own_is_changed(space, browser, admin):
    organisation = make_stakeholder()
    one = f"stakeholders/{organisation.pk}/interactions/"
    made = send(browser, "post", one, {"held_on": "2026-01-02", "summary": "Six places"})
    assert made.status_code == 201
    mine = f"{one}{made.json()['id']}/"
    assert send(browser, "patch", mine, {"summary": "Seven"}).json()["summary"] == "Seven"
    theirs = log_interaction(stakeholder=organisation, by=admin, held_on="2026-01-03", summary="Theirs")
    assert send(browser, "patch", f"{one}{theirs.pk}/", {"summary": "Mine"}).status_code == 409
    assert browser.delete(f"{API}{one}{theirs.pk}/").status_code == 409
    assert send(browser, "post", one, {"held_on": "2999-01-02", "summary": "a"}).status_code == 400
    assert browser.delete(API + mine).status_code == 204
    assert [row["summary"] for row in browser.get(API + one).json()["results"]] == ["Theirs"]
    assert Interaction.objects.count() == 1


def test_filter_is_saved_checked_and_deleted(space, browser, admin):
    made = send(browser, "post", "stakeholder-filters/", {"name": "Choirs", "query": "q=coro&kind=group"})
    assert made.json()["query"] == "q=coro&kind=group"
    assert send(browser, "post", "stakeholder-filters/", {"name": "Bad", "query": "kind=alien"}).status_code == 400
    theirs = SavedFilter.objects.create(name="Theirs", query="q=a", owner=admin)
    assert browser.get(f"{API}stakeholder-filters/").json()["count"] == 1
    assert browser.delete(f"{API}stakeholder-filters/{theirs.pk}/").status_code == 404
    assert browser.delete(f"{API}stakeholder-filters/{made.json()['id']}/").status_code == 204


def test_duplicates_are_read_merged_and_undone(canary, space, browser):
    first = make_stakeholder("Circolo Aurora", place="Borgo", tax_code=TAX_CODES[0])
    second = make_stakeholder("Circolo Aurora", place="Borgo")
    find_duplicates()
    assert browser.get(f"{API}stakeholder-duplicates/").json()["results"][0]["reasons"] == ["name", "place"]
    body = {"kept_id": str(first.pk), "absorbed_id": str(second.pk)}
    assert send(browser, "post", "stakeholder-merges/", body | {"choices": {"tenant": "kept"}}).status_code == 400
    assert send(browser, "post", "stakeholder-merges/", body | {"absorbed_id": str(canary.pk)}).status_code == 404
    assert (
        send(browser, "post", "stakeholder-merges/", body | {"absorbed_id": str(make_person().pk)}).status_code == 409
    )
    made = send(browser, "post", "stakeholder-merges/", body)
    assert made.status_code == 201
    assert browser.get(f"{API}stakeholders/{second.pk}/").status_code == 404
    assert browser.get(f"{API}stakeholders/?q=aurora").json()["count"] == 1
    undo = f"stakeholder-merges/{made.json()['id']}/undo/"
    assert send(browser, "post", undo).json()["undone_at"]
    assert send(browser, "post", undo).status_code == 404
    assert browser.get(f"{API}stakeholders/?q=aurora").json()["count"] == 2
    two = {"first_id": str(first.pk), "second_id": str(second.pk)}
    assert send(browser, "post", "stakeholder-duplicates/not/", two).status_code == 201
    assert send(browser, "post", "stakeholder-duplicates/").status_code == 202


def test_evaluator_reads_and_writes_nothing(space, evaluator, signed_in_as):
    reader = signed_in_as(evaluator)
    one = f"stakeholders/{make_stakeholder().pk}/"
    for what in ("contacts", "identifiers", "tags", "interactions"):
        assert reader.get(f"{API}{one}{what}/").status_code == 200
        assert send(reader, "post", f"{one}{what}/").status_code == 403
    assert reader.get(f"{API}stakeholder-duplicates/").status_code == 403
