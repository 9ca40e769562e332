"""What the register's pages do, in the API: tables, many at once, filters, history, timeline, networks."""

import json
import uuid
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from core.access.roles import Role
from core.models import AuditEvent
from core.operations.audit import record
from core.tenancy.context import tenant_scope
from stakeholders.models import SavedFilter, Stakeholder, StakeholderTag
from stakeholders.operations import bulk
from stakeholders.operations.influence_link import add_relation
from stakeholders.operations.interaction import log_interaction
from stakeholders.operations.saved_filter import save_filter
from stakeholders.operations.stakeholder import change_stakeholder
from stakeholders.operations.stakeholder_map import put_on_map, start_map
from stakeholders.rules.register import Narrowing
from tests.factories.core import make_user
from tests.factories.partnerships import make_partnership
from tests.factories.stakeholders import make_stakeholder

API = "/s/borgo/api/v1/"
OTHERS = [Role.PARTNER_LEAD, Role.PARTNER_MEMBER, Role.FUNDER]


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


@pytest.fixture
def foreign(neighbour):
    """Ask for it before ``space``, which enters another tenant."""
    with tenant_scope(neighbour.pk):
        return make_stakeholder("Foreign club")


def send(browser, method, address, body=None):
    return getattr(browser, method)(API + address, json.dumps(body or {}), content_type="application/json")


def other(role):
    scope = None if role == Role.FUNDER else make_partnership("orti").scope
    return make_user("other@borgo.example", role=role, scope=scope)


def test_table_has_what_the_list_shows_and_nothing_of_others(foreign, space, browser):
    make_stakeholder("Banda", sector="education")
    make_stakeholder("Alba", sector="education")
    make_stakeholder("Comune", sector="government_agency")
    rows = browser.get(f"{API}stakeholder-export/csv/?sector=education&sort=newest").content.decode().splitlines()
    assert [line.split(",")[0] for line in rows[1:]] == ["Alba", "Banda"]
    sheet = load_workbook(BytesIO(browser.get(f"{API}stakeholder-export/xlsx/?sector=education").content)).active
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["Alba", "Banda"]
    for kind in ("csv", "xlsx"):
        assert browser.get(f"{API}stakeholder-export/{kind}/?sector=x").status_code == 400
        assert browser.get(f"{API}stakeholder-export/{kind}/?sort=x").status_code == 400


@pytest.mark.parametrize("role", OTHERS)
def test_others_get_no_table_and_change_nothing(space, signed_in_as, role):
    one = make_stakeholder("Alba", visibility=4)
    browser = signed_in_as(other(role))
    for address in ("stakeholder-export/csv/", "stakeholder-export/xlsx/", f"stakeholders/{one.pk}/history/",
                    f"stakeholders/{one.pk}/network/"):  # fmt: skip
        assert browser.get(API + address).status_code == 403
    asked = {"do": "tag", "tag": "yes", "ids": [str(one.pk)]}
    assert send(browser, "post", "stakeholder-bulk/", asked).status_code == 403
    assert browser.get(f"{API}stakeholders/{one.pk}/timeline/").status_code == 200


def test_many_get_a_tag_and_lose_it_again(space, browser):
    ids = [str(make_stakeholder(name).pk) for name in ("Alba", "Banda")]
    done = send(browser, "post", "stakeholder-bulk/", {"do": "tag", "tag": "Festa", "ids": ids}).json()
    assert (done["changed"], done["left_out"]) == (2, 0)
    undo = f"stakeholder-bulk/{done['event_id']}/undo/"
    assert send(browser, "post", undo).json() == {"put_back": 2}
    assert not StakeholderTag.objects.exists()
    assert send(browser, "post", undo).status_code == 409


def test_all_that_fit_are_moved_and_owned(space, browser, coordinator):
    for name in ("Alba", "Banda"):
        make_stakeholder(name, sector="education")
    make_stakeholder("Comune", sector="government_agency")
    moved = send(
        browser, "post", "stakeholder-bulk/", {"do": "move", "status": "approached", "query": "sector=education"}
    )
    assert moved.json()["changed"] == 2
    owned = send(browser, "post", "stakeholder-bulk/", {"do": "owner", "owner_id": str(coordinator.pk), "query": ""})
    assert owned.json()["changed"] == 3
    shown = send(browser, "post", "stakeholder-bulk/", {"do": "show", "level": 2, "is_meant": True, "query": ""})
    assert shown.json()["changed"] == 3
    assert Stakeholder.objects.filter(status="approached", relationship_owner=coordinator).count() == 2


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"do": "tag", "tag": "a"}, 400),
        ({"do": "tag", "tag": "a", "ids": [], "query": ""}, 400),
        ({"do": "tag", "query": ""}, 400),
        ({"do": "move", "status": "partner", "query": ""}, 400),
        ({"do": "move", "status": "approached", "query": "sector=x"}, 400),
        ({"do": "erase", "query": ""}, 400),
        ({"do": "owner", "owner_id": str(uuid.uuid4()), "query": ""}, 404),
        ({"do": "tag", "tag": "a", "ids": [str(uuid.uuid4())]}, 404),
        ({"do": "tag", "tag": "!?", "query": ""}, 400),
        ({"do": "show", "query": ""}, 400),
        ({"do": "show", "level": 0, "is_meant": True, "query": ""}, 400),
        ({"do": "show", "level": 4, "query": ""}, 400),
    ],
)
def test_what_cannot_be_done_to_many_is_refused(space, browser, asked, status):
    make_stakeholder("Alba")
    assert send(browser, "post", "stakeholder-bulk/", asked).status_code == status
    assert not StakeholderTag.objects.exists()


def test_too_many_at_once_and_foreign_ones_are_refused(foreign, space, browser, monkeypatch):
    own = make_stakeholder("Alba")
    ids = [str(own.pk), str(foreign.pk)]
    assert send(browser, "post", "stakeholder-bulk/", {"do": "tag", "tag": "a", "ids": ids}).status_code == 404
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 0)
    assert send(browser, "post", "stakeholder-bulk/", {"do": "tag", "tag": "a", "query": ""}).status_code == 409
    assert not StakeholderTag.objects.exists()


def test_what_somebody_else_changed_is_not_taken_back(space, browser, admin):
    done = bulk.tag_many(ids=[make_stakeholder("Alba").pk], name="Festa", by=admin)
    assert send(browser, "post", f"stakeholder-bulk/{done.event_id}/undo/").status_code == 404


def test_own_filter_is_renamed_and_shared_and_anothers_is_only_read(space, browser, coordinator, admin):
    own = save_filter(name="Schools", narrowing=Narrowing(sector="education"), by=coordinator)
    shared = save_filter(name="Clubs", narrowing=Narrowing(kind="group"), by=admin, is_shared=True)
    hidden = save_filter(name="Hidden", narrowing=Narrowing(kind="group"), by=admin)
    assert send(browser, "patch", f"stakeholder-filters/{own.pk}/", {"is_shared": True}).json()["name"] == "Schools"
    assert send(browser, "patch", f"stakeholder-filters/{own.pk}/", {"name": "School"}).json()["is_shared"] is True
    assert browser.get(f"{API}stakeholder-filters/{shared.pk}/").json()["query"] == "kind=group"
    assert browser.get(f"{API}stakeholder-filters/{hidden.pk}/").status_code == 404
    assert send(browser, "patch", f"stakeholder-filters/{shared.pk}/", {"name": "Mine"}).status_code == 404
    save_filter(name="Taken", narrowing=Narrowing(kind="group"), by=coordinator)
    assert send(browser, "patch", f"stakeholder-filters/{own.pk}/", {"name": "Taken"}).status_code == 400
    assert SavedFilter.objects.get(pk=own.pk).name == "School"


def test_history_says_who_did_what(space, browser, coordinator):
    one = make_stakeholder("Alba")
    change_stakeholder(stakeholder=one, by=coordinator, sector="health")
    found = browser.get(f"{API}stakeholders/{one.pk}/history/").json()["results"][0]
    assert (found["verb"], found["what"], found["who"]) == ("stakeholder.changed", "Changed: sector", str(coordinator))


def test_who_coordinates_one_partnership_reads_what_was_done_there_and_no_more(space, coordinator, signed_in_as):
    """Neither what belongs to the whole space nor to another partnership, on the page and in the API."""
    own, another = make_partnership("orti"), make_partnership("piazza")
    here = make_user("here@borgo.example", role=Role.COORDINATOR, scope=own.scope)
    one = make_stakeholder("Alba", relationship_owner=here)
    change_stakeholder(stakeholder=one, by=coordinator, sector="health")
    record("profile.link_sent", one, by=coordinator, scope_id=own.scope_id)
    record("interaction.logged", one, by=coordinator, scope_id=another.scope_id)
    browser = signed_in_as(here)
    said = [found["verb"] for found in browser.get(f"{API}stakeholders/{one.pk}/history/").json()["results"]]
    assert said == ["profile.link_sent"]
    page = browser.get(f"/s/borgo/stakeholders/{one.pk}/").content.decode()
    assert "A link to the profile was mailed" in page
    assert "Changed: sector" not in page
    assert "A talk was written down" not in page


def test_partner_lead_reads_no_history_of_a_stakeholder(space, coordinator, signed_in_as):
    one = make_stakeholder("Alba", visibility=4)
    own, another = make_partnership("orti"), make_partnership("piazza")
    for scope_id in (own.scope_id, another.scope_id, None):
        record("profile.link_sent", one, by=coordinator, **({"scope_id": scope_id} if scope_id else {}))
    lead = make_user("lead@borgo.example", role=Role.PARTNER_LEAD, scope=another.scope)
    browser = signed_in_as(lead)
    assert "A link to the profile was mailed" not in browser.get(f"/s/borgo/stakeholders/{one.pk}/").content.decode()
    assert browser.get(f"{API}stakeholders/{one.pk}/history/").status_code == 403
    assert AuditEvent.objects.filter(subject_id=one.pk, verb="profile.link_sent").count() == 3


def test_timeline_is_narrowed_and_shows_only_what_the_caller_may_see(
    foreign, space, browser, coordinator, signed_in_as
):
    one = make_stakeholder("Alba", visibility=4)
    log_interaction(
        stakeholder=one, by=coordinator, kind="call", held_on=date(2026, 11, 20), summary="About the festival"
    )
    here = f"{API}stakeholders/{one.pk}/timeline/"
    [found] = browser.get(here).json()["results"]
    assert (found["on"], found["kind"]) == ("2026-11-20", "talk")
    assert browser.get(f"{here}?kind=promise").json()["count"] == 0
    assert browser.get(f"{here}?kind=x").status_code == 400
    assert signed_in_as(other(Role.PARTNER_LEAD)).get(here).json()["count"] == 0
    assert browser.get(f"{API}stakeholders/{foreign.pk}/timeline/").status_code == 404


def test_network_names_bridges_and_who_stands_alone(foreign, space, browser, coordinator):
    alba, banda, club, alone = (make_stakeholder(name) for name in ("Alba", "Banda", "Club", "Alone"))
    add_relation(source=alba, target=banda, kind="funds", by=coordinator)
    add_relation(source=banda, target=club, kind="advises", by=coordinator)
    found = start_map(title="Orchard", issue="Who decides?", by=coordinator)
    put_on_map(found=found, stakeholders=[alba, banda, club, alone], by=coordinator)
    told = browser.get(f"{API}stakeholder-maps/{found.pk}/network/").json()
    nodes = {node["name"]: (node["ties"], node["connects"], node["is_isolated"]) for node in told["nodes"]}
    assert nodes == {"Alba": (1, 0, False), "Banda": (2, 2, False), "Club": (1, 0, False), "Alone": (0, 0, True)}
    assert {link["kind"] for link in told["links"]} == {"funds", "advises"}
    assert told["findings"] == [
        "Only Banda connects 2 parts of the network. Without it, Club would be cut off from the others.",
        "Alone has no tie to anybody here.",
    ]
    near = browser.get(f"{API}stakeholders/{alba.pk}/network/").json()
    assert {node["name"] for node in near["nodes"]} == {"Alba", "Banda"}
    assert browser.get(f"{API}stakeholders/{foreign.pk}/network/").status_code == 404
