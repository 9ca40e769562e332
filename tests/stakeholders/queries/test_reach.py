"""What whoever coordinates one partnership sees of the register, and what stays out of sight."""

import pytest

from core.access.roles import Role
from core.access.visibility import Visibility
from core.models import OutboxMail, User
from partnerships.models import Partnership
from partnerships.operations.partnership_map import connect_map
from stakeholders.models import MapEntry, RegisterRequest, RepresentationAudit, Stakeholder
from stakeholders.operations.asset import add_asset
from stakeholders.operations.contact import add_identifier
from stakeholders.operations.influence_link import add_relation
from stakeholders.operations.interaction import log_interaction
from stakeholders.operations.stakeholder import change_stakeholder
from stakeholders.operations.stakeholder_map import put_on_map, start_map
from stakeholders.queries.asset import assets_visible_to
from stakeholders.queries.influence_link import relations_visible_to
from stakeholders.queries.interaction import interactions_visible_to
from stakeholders.queries.register_request import requests_to_answer
from stakeholders.queries.stakeholder import stakeholders_kept_by, stakeholders_visible_to
from stakeholders.queries.stakeholder_map import maps_visible_to
from tests.factories.core import make_user
from tests.factories.partnerships import make_member, make_partner, make_partnership
from tests.factories.representation import make_audit, make_profile
from tests.factories.stakeholders import TAX_CODES, make_person, make_stakeholder

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


def test_audits_and_bodies_of_other_partnerships_stay_out_of_sight(ours, elsewhere, desk, coordinator, signed_in_as):
    theirs = Partnership.objects.get(slug="theirs")
    profile = make_profile()
    of_space = make_audit(profile, body="Assembly of the space")
    other = make_audit(profile, body="Cabinet of theirs", scope_id=theirs.scope_id)
    own = make_audit(profile, body="Steering group", scope_id=ours.scope_id)
    make_audit(profile, body="Steering group", scope_id=theirs.scope_id)
    browser, page = signed_in_as(desk), f"{ALL}representation/"
    for address in (page, f"{page}new/", f"{API}representation-audits/"):
        told = browser.get(address).content
        assert b"Cabinet of theirs" not in told
        assert b"Assembly of the space" not in told
        assert b"Steering group" in told
    for audit in (of_space, other):
        assert browser.get(f"{page}{audit.pk}/").status_code == 404
        assert browser.get(f"{API}representation-audits/{audit.pk}/").status_code == 404
    assert b"Ours" in browser.get(f"{page}{own.pk}/").content
    assert b"Cabinet of theirs" in signed_in_as(coordinator).get(page).content


def test_audit_of_before_is_given_to_its_partnership_by_the_coordination_of_the_space(
    ours, elsewhere, desk, coordinator, signed_in_as
):
    profile = make_profile()
    audit = make_audit(profile, body="Steering group")
    browser, page = signed_in_as(desk), f"{ALL}representation/{audit.pk}/"
    others = signed_in_as(coordinator)
    assert browser.post(f"{page}place/", {"place": ours.scope_id}).status_code == 404
    assert "Whose body it is" in others.get(page).content.decode()
    assert others.post(f"{page}place/", {"place": "x"}).status_code == 422
    assert others.post(f"{page}place/", {"place": ours.scope_id}).status_code == 302
    assert browser.get(page).status_code == 200
    assert browser.get(f"{page}place/").status_code == 403
    # The same body on the same day in one place would be two views of one count.
    theirs = Partnership.objects.get(slug="theirs").scope_id
    again = make_audit(profile, body="steering group", scope_id=theirs)
    refused = others.post(f"{ALL}representation/{again.pk}/place/", {"place": ours.scope_id})
    assert (refused.status_code, "counted on that day already" in refused.content.decode()) == (422, True)
    one = f"{API}representation-audits/"
    for scope_id in (None, str(theirs)):
        body = {"scope_id": scope_id}
        assert others.put(f"{one}{audit.pk}/place/", body, content_type="application/json").status_code == 400
    assert others.delete(f"{one}{again.pk}/").status_code == 204
    body = {"scope_id": str(theirs)}
    assert browser.put(f"{one}{audit.pk}/place/", body, content_type="application/json").status_code == 400
    assert others.put(f"{one}{audit.pk}/place/", body, content_type="application/json").status_code == 200
    assert browser.get(page).status_code == 404


def test_whoever_coordinates_one_partnership_looks_at_its_bodies_only(ours, elsewhere, desk, signed_in_as):
    theirs = Partnership.objects.get(slug="theirs")
    profile, browser = make_profile(), signed_in_as(desk)
    facts = {"profile": profile.pk, "body": "Volunteers", "audited_on": "2026-01-05"}
    facts["method"] = "self_declared_anonymous"
    for place in ("", theirs.scope_id):
        refused = browser.post(f"{ALL}representation/new/", facts | {"place": place})
        assert refused.status_code == 422
        body = {"profile_id": profile.pk, "body": "Volunteers", "audited_on": "2026-01-05", "scope_id": place or None}
        refused = browser.post(f"{API}representation-audits/", body, content_type="application/json")
        assert refused.status_code == 400
        assert "place" in refused.content.decode()
    assert not RepresentationAudit.objects.exists()
    assert browser.post(f"{ALL}representation/new/", facts | {"place": ours.scope_id}).status_code == 302
    assert RepresentationAudit.objects.get().scope_id == ours.scope_id


def test_code_of_somebody_out_of_sight_is_refused_without_telling_so_and_asked_for(
    ours, elsewhere, desk, coordinator, signed_in_as, viewer
):
    change_stakeholder(stakeholder=elsewhere, by=None, tax_code=TAX_CODES[0])
    add_identifier(stakeholder=elsewhere, scheme="RUNTS", value="123456", by=None)
    member = Stakeholder.objects.get(name="Member")
    browser = signed_in_as(desk)
    facts = {"name": "Circolo", "kind": "organisation", "sector": "nonprofit", "status": "identified", "visibility": 1}
    page = browser.post(f"{ALL}new/", facts | {"tax_code": TAX_CODES[0]})
    assert page.status_code == 422
    told = page.content.decode()
    assert "cannot be written down from your partnership" in told
    assert "already" not in told
    assert "Elsewhere" not in told
    ask = f"{ALL}requests/new/?name=Circolo&amp;value={TAX_CODES[0]}"
    assert ask in told
    api = browser.post(
        f"{API}stakeholders/", {"name": "Circolo", "tax_code": TAX_CODES[0]}, content_type="application/json"
    )
    assert api.status_code == 400
    assert "already" not in api.content.decode()
    number = {"scheme": "RUNTS", "value": "123456"}
    api = browser.post(f"{API}stakeholders/{member.pk}/identifiers/", number, content_type="application/json")
    assert "cannot be written down" in api.content.decode()
    # In reach, and to who sees everything, it is said plainly.
    change_stakeholder(stakeholder=member, by=None, tax_code=TAX_CODES[1])
    assert b"already has this tax code" in browser.post(f"{ALL}new/", facts | {"tax_code": TAX_CODES[1]}).content
    others = signed_in_as(coordinator)
    assert b"already has this tax code" in others.post(f"{ALL}new/", facts | {"tax_code": TAX_CODES[0]}).content
    assert not Stakeholder.objects.filter(name="Circolo").exists()

    asked = {"name": "Circolo", "value": TAX_CODES[0], "place": ours.scope_id, "reason": "A new member"}
    assert browser.post(f"{ALL}requests/new/", asked).status_code == 302
    again = browser.post(f"{ALL}requests/new/", asked)
    assert "asked for this one already" in again.content.decode()
    request = RegisterRequest.objects.get()
    assert b"Elsewhere" not in browser.get(f"{ALL}requests/").content
    assert browser.post(f"{ALL}requests/{request.pk}/", {"is_granted": "yes"}).status_code == 422
    assert browser.get(f"{ALL}{elsewhere.pk}/").status_code == 404

    assert b"Elsewhere" in others.get(f"{ALL}requests/{request.pk}/").content
    assert requests_to_answer(viewer(coordinator)).count() == 1
    assert not requests_to_answer(viewer(desk)).exists()
    assert others.post(f"{ALL}requests/{request.pk}/", {"is_granted": "yes", "answer": "Here"}).status_code == 302
    assert browser.get(f"{ALL}{elsewhere.pk}/").status_code == 200
    assert b"Elsewhere" in browser.get(f"{ALL}requests/").content
    mail = OutboxMail.objects.get(kind="register_request")
    assert (mail.to, mail.subject) == (desk.email, "Circolo is shared with you")
    assert f"{ALL}{elsewhere.pk}/" in mail.text
    assert "Elsewhere" not in mail.text
    User.objects.filter(pk=desk.pk).update(language="it")
    answer = f"{API}register-requests/{request.pk}/answer/"
    assert others.post(answer, {"is_granted": True}, content_type="application/json").status_code == 409
    assert others.post(answer, {"is_granted": False}, content_type="application/json").status_code == 200
    told = OutboxMail.objects.filter(kind="register_request").exclude(pk=mail.pk).get()
    assert (told.subject, str(elsewhere.pk) in told.text) == ("Circolo non è condiviso con te", False)
    assert browser.get(f"{ALL}{elsewhere.pk}/").status_code == 404


def test_request_is_made_for_ones_own_partnership_and_for_what_is_out_of_sight_only(
    ours, elsewhere, desk, signed_in_as
):
    change_stakeholder(stakeholder=elsewhere, by=None, tax_code=TAX_CODES[0])
    theirs = Partnership.objects.get(slug="theirs")
    for scope_id, value, field in (
        (theirs.scope_id, TAX_CODES[0], "place"),
        (ours.scope_id, TAX_CODES[1], "value"),
        (ours.scope_id, "123", "value"),
    ):
        wish = {"scope_id": scope_id, "value": value, "name": "Circolo"}
        refused = signed_in_as(desk).post(f"{API}register-requests/", wish, content_type="application/json")
        assert refused.status_code == 400
        assert field in refused.content.decode()
    assert not RegisterRequest.objects.exists()


def test_address_of_a_person_out_of_sight_opens_nobodys_record(ours, elsewhere, desk, signed_in_as):
    dino = make_person("Dino Nascosto", of=elsewhere, email="dino@altrove.example", phone="333 12")
    member = Stakeholder.objects.get(name="Member")
    added = signed_in_as(desk).post(
        f"{ALL}{member.pk}/people/new/", {"name": "Dino", "email": "dino@altrove.example"}, follow=True
    )
    assert b"333 12" not in added.content
    assert signed_in_as(desk).get(f"{ALL}{dino.pk}/").status_code == 404
