"""What whoever coordinates one partnership sees of the register, and what stays out of sight."""

import pytest

from core.access.roles import Role
from core.access.visibility import Visibility
from partnerships.models import Partnership
from partnerships.operations.partnership_map import connect_map
from stakeholders.models import MapEntry, Stakeholder
from stakeholders.operations.asset import add_asset
from stakeholders.operations.influence_link import add_relation
from stakeholders.operations.interaction import log_interaction
from stakeholders.operations.stakeholder import change_stakeholder
from stakeholders.operations.stakeholder_map import put_on_map, start_map
from stakeholders.queries.asset import assets_visible_to
from stakeholders.queries.influence_link import relations_visible_to
from stakeholders.queries.interaction import interactions_visible_to
from stakeholders.queries.stakeholder import stakeholders_kept_by, stakeholders_visible_to
from stakeholders.queries.stakeholder_map import maps_visible_to
from tests.factories.core import make_user
from tests.factories.partnerships import make_member, make_partner, make_partnership
from tests.factories.stakeholders import make_person, make_stakeholder

ALL = "/s/borgo/stakeholders/"
API = "/s/borgo/api/v1/"


def names(rows):
    return [row.name for row in rows]


@pytest.fixture
def ours(space):
    """A partnership with a member, its speaker and a map."""
    partnership = make_partnership("ours")
    make_partner(make_member(partnership, "Member"), "anna@member.example")
    return partnership


@pytest.fixture
def elsewhere(space):
    """A member of another partnership and its person: nothing to do with ours."""
    member = make_member(make_partnership("theirs"), "Elsewhere")
    make_person("Dino Altrove", of=member.organisation)
    return member.organisation


@pytest.fixture
def shown(space):
    """An organisation of the register that partners may know of."""
    return make_stakeholder("Shown", visibility=Visibility.PARTNERS)


@pytest.fixture(params=[Role.COORDINATOR, Role.TREASURER, Role.EVALUATOR])
def somebody(request, ours):
    return make_user("one@ours.example", role=request.param, scope=ours.scope)


@pytest.fixture
def desk(ours):
    """Whoever coordinates our partnership alone."""
    return make_user("desk@ours.example", "Desk", role=Role.COORDINATOR, scope=ours.scope)


def test_role_in_one_partnership_keeps_what_it_has_to_do_with(canary, ours, elsewhere, shown, somebody, admin, viewer):
    on_map = make_stakeholder("On the map")
    found = start_map(title="Ours", issue="x", by=admin)
    put_on_map(found=found, stakeholders=[on_map], by=None)
    connect_map(partnership=ours, found=found, by=None)
    make_stakeholder("Known best", relationship_owner=somebody)
    kept = ["Anna", "Known best", "Member", "On the map"]
    assert names(stakeholders_kept_by(viewer(somebody))) == kept
    assert names(stakeholders_visible_to(viewer(somebody))) == [*kept, "Shown"]


def test_talks_relations_and_kept_back_offers_of_others_are_not_read(ours, elsewhere, shown, desk, admin, viewer):
    member = Stakeholder.objects.get(name="Member")
    for one in (member, elsewhere, shown):
        log_interaction(stakeholder=one, by=admin, kind="call", held_on="2026-01-05", summary=f"Talk with {one.name}")
        add_asset(owner=one, by=admin, kind="place", title=f"Room of {one.name}", visibility=Visibility.COORDINATION)
    add_relation(source=member, target=elsewhere, by=admin, kind="funds")
    seen = viewer(desk)
    assert [talk.summary for talk in interactions_visible_to(seen)] == ["Talk with Member"]
    assert [asset.title for asset in assets_visible_to(seen)] == ["Room of Member"]
    assert not relations_visible_to(seen).exists()
    assert relations_visible_to(viewer(admin)).exists()


def test_maps_of_other_partnerships_stay_closed(ours, elsewhere, desk, admin, signed_in_as, viewer):
    theirs = start_map(title="Theirs", issue="x", by=admin)
    connect_map(partnership=Partnership.objects.get(slug="theirs"), found=theirs, by=admin)
    own = start_map(title="Mine", issue="x", by=desk)
    assert [found.title for found in maps_visible_to(viewer(desk))] == ["Mine"]
    browser = signed_in_as(desk)
    assert browser.get(f"{ALL}maps/{theirs.pk}/").status_code == 404
    assert browser.get(f"{API}stakeholder-maps/{theirs.pk}/").status_code == 404
    assert browser.get(f"{ALL}maps/{own.pk}/").status_code == 200


def test_pages_search_tables_and_api_tell_nothing_of_the_rest(ours, elsewhere, shown, desk, signed_in_as):
    browser = signed_in_as(desk)
    for address in (ALL, f"{ALL}?q=else", "/s/borgo/search/?q=elsewhere", f"{ALL}export/csv/", f"{API}stakeholders/"):
        answer = browser.get(address)
        assert answer.status_code in {200, 404}, address
        assert b"Elsewhere" not in answer.content
    assert browser.get(f"{ALL}{elsewhere.pk}/").status_code == 404
    assert browser.get(f"{API}stakeholders/{elsewhere.pk}/").status_code == 404
    assert browser.get(f"{ALL}duplicates/").status_code == 200


def test_what_partners_may_know_is_read_and_not_changed(ours, shown, desk, admin, signed_in_as):
    change_stakeholder(stakeholder=shown, by=admin, possible_loss="Could lose its rooms")
    browser = signed_in_as(desk)
    page = browser.get(f"{ALL}{shown.pk}/")
    assert page.status_code == 200
    assert b"Could lose its rooms" not in page.content
    assert browser.post(f"{ALL}{shown.pk}/edit/", {"name": "Ours now"}).status_code == 404
    bulk = {"do": "tag", "tag": "mine", "ids": [str(shown.pk)]}
    assert browser.post(f"{API}stakeholder-bulk/", bulk, content_type="application/json").status_code == 404


def test_whoever_coordinates_one_partnership_adds_to_the_register_and_keeps_it(ours, desk, signed_in_as):
    browser = signed_in_as(desk)
    added = browser.post(f"{API}stakeholders/", {"name": "New club"}, content_type="application/json")
    assert added.status_code == 201
    assert Stakeholder.objects.get(name="New club").relationship_owner == desk
    assert b"New club" in browser.get(ALL).content


def test_what_acts_on_the_whole_register_is_for_roles_in_the_whole_space(ours, desk, coordinator, signed_in_as):
    assert signed_in_as(desk).get(f"{ALL}import/").status_code == 403
    assert signed_in_as(coordinator).get(f"{ALL}import/").status_code == 200
    assert not MapEntry.objects.exists()
