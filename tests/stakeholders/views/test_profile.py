"""An organisation's own pages, signed in and by link, what the coordination sees of it, and the same in the API."""

import pytest

from core.access.roles import Role
from core.access.visibility import Visibility
from stakeholders.models import Affiliation, Asset, ProfileEdit, Stakeholder
from stakeholders.operations.asset import add_asset
from stakeholders.operations.profile_link import send_profile_link
from tests.factories.core import make_user
from tests.factories.stakeholders import make_person, make_stakeholder

HERE = "/s/borgo/profile/"
EDITS = "/s/borgo/stakeholders/edits/"
API = "/s/borgo/api/v1/"


@pytest.fixture
def library(space):
    return make_stakeholder("Library", phone="1")


@pytest.fixture
def rosa(library):
    user = make_user("rosa@library.example", "Rosa", role=Role.PARTNER_MEMBER)
    person = make_person("Rosa", email="rosa@library.example", user=user)
    Affiliation.objects.create(person=person, organisation=library)
    return person


@pytest.fixture
def browser(rosa, signed_in_as):
    return signed_in_as(rosa.user)


@pytest.fixture
def desk(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def facts(**changed):
    return {"name": "Library", "phone": "1", **changed}


def test_partner_changes_its_profile_and_the_coordination_puts_it_back(library, browser, desk):
    assert browser.get(HERE).headers["Location"] == f"{HERE}{library.pk}/"
    wrong = browser.post(f"{HERE}{library.pk}/", facts(email="no address"))
    assert wrong.status_code == 422
    assert "no address" in wrong.content.decode()
    browser.post(f"{HERE}{library.pk}/", facts(phone="2", place="Eastmere"))
    page = desk.get(EDITS).content.decode()
    assert "Eastmere" in page
    edit = ProfileEdit.objects.get()
    assert desk.post(f"{EDITS}{edit.pk}/", {"answer": "maybe"}).status_code == 400
    desk.post(f"{EDITS}{edit.pk}/", {"answer": "put_back", "fact": ["phone"], "text": "x" * 301})
    desk.post(f"{EDITS}{edit.pk}/", {"answer": "put_back", "fact": ["phone"], "text": "That is the old number."})
    library.refresh_from_db()
    assert (library.phone, library.place) == ("1", "Eastmere")
    assert desk.post(f"{EDITS}{edit.pk}/", {"answer": "accept"}).status_code == 404
    assert "Nothing to look at" in desk.get(EDITS).content.decode()
    told = browser.get(f"{HERE}{library.pk}/").content.decode()
    assert "“That is the old number.”" in told
    assert [told.count(f"{word}</span>") for word in ("put back", "accepted")] == [1, 1]


def test_saving_without_a_change_changes_nothing(library, browser):
    Stakeholder.objects.filter(pk=library.pk).update(languages=["uk", "ar", "xx"])
    page = browser.post(f"{HERE}{library.pk}/", facts(languages=["ar", "uk"]), follow=True).content.decode()
    assert "Nothing changed." in page
    assert not ProfileEdit.objects.exists()


def test_colleague_to_add_and_new_address_wait(library, rosa, browser, desk):
    here = f"{HERE}{library.pk}/people/"
    browser.post(f"{here}new/", {"name": "Ugo", "email": "ugo@library.example"})
    page = browser.post(f"{here}{rosa.pk}/", {"name": "Rosa", "email": "r@library.example"}, follow=True)
    assert page.content.decode().count("waits</span>") == 2
    assert not Stakeholder.objects.filter(name="Ugo").exists()
    for edit in ProfileEdit.objects.all():
        desk.post(f"{EDITS}{edit.pk}/", {"answer": "accept"})
    assert set(Affiliation.objects.filter(organisation=library).values_list("person__email", flat=True)) == {
        "ugo@library.example",
        "r@library.example",
    }


def test_link_does_the_same_without_an_account_and_ends(library, rosa, admin, client):
    place = Affiliation.objects.select_related("person", "organisation").get(person=rosa)
    here = send_profile_link(place=place, by=admin)
    assert client.get(here).status_code == 200
    assert client.post(here, facts(phone="9")).status_code == 302
    assert client.post(f"{here}people/new/", {"name": "Ugo"}).status_code == 302
    edit = ProfileEdit.objects.get(changes__has_key="phone")
    assert (edit.by, edit.by_person) == (None, rosa)
    assert client.post(f"{here}people/{rosa.pk}/", {"left": "1"}).status_code == 302
    assert client.get(here).status_code == 410
    assert client.get("/l/borgo/profile/made-up/").status_code == 404


def test_partner_says_what_it_can_bring_and_whoever_looks_for_it_finds_it(library, rosa, browser, desk, admin, client):
    wrong = browser.post(f"{HERE}{library.pk}/offers/new/", {"title": "", "kind": "equipment", "offered": "yes"})
    assert wrong.status_code == 422
    van = {"title": "Van with nine seats", "kind": "equipment", "offered": "yes"}
    assert browser.post(f"{HERE}{library.pk}/offers/new/", van | {"visibility": "4"}).status_code == 302
    asset = Asset.objects.get()
    assert asset.visibility == 2
    assert "willing" in desk.get("/s/borgo/stakeholders/assets/?q=van").content.decode()
    assert "Van with nine seats" in desk.get(EDITS).content.decode()
    place = Affiliation.objects.select_related("person", "organisation").get(person=rosa)
    here = send_profile_link(place=place, by=admin)
    assert "Van with nine seats" in client.get(here).content.decode()
    assert client.post(f"{here}offers/{asset.pk}/", van | {"offered": "no"}).status_code == 302
    assert client.post(f"{here}offers/new/", {"title": "Hall", "kind": "place", "offered": "maybe"}).status_code == 302
    assert "Van" not in desk.get("/s/borgo/stakeholders/assets/?q=van").content.decode()
    foreign = add_asset(owner=make_stakeholder("Somebody else"), by=None, kind="place", title="Barn")
    noted = add_asset(owner=library, by=admin, kind="network", title="A reserve", visibility=Visibility.COORDINATION)
    assert "A reserve" not in client.get(here).content.decode()
    for url in (f"{here}offers/{noted.pk}/", f"{here}offers/{foreign.pk}/", f"{HERE}{library.pk}/offers/{foreign.pk}/"):
        assert browser.get(url).status_code == 404


def test_nobody_changes_an_organisation_that_is_not_theirs(library, browser, desk):
    other = make_stakeholder("Somebody else")
    for url in (f"{HERE}{other.pk}/", f"{API}own-organisations/{other.pk}/"):
        assert browser.get(url).status_code == 404
    assert desk.get(HERE).status_code == 403
    assert browser.get(EDITS).status_code == 403


def test_coordinator_mails_a_link_to_somebody_who_can_be_written_to(library, rosa, desk):
    here = f"/s/borgo/stakeholders/{library.pk}/profile-link/"
    assert "Rosa" in desk.get(here).content.decode()
    assert desk.post(here, {}).status_code == 422
    place = Affiliation.objects.get(person=rosa)
    assert desk.post(here, {"place": str(place.pk)}).status_code == 302
    nobody = make_stakeholder("Nobody there")
    assert "Nobody can be written to" in desk.get(f"/s/borgo/stakeholders/{nobody.pk}/profile-link/").content.decode()


def test_same_in_the_api(library, rosa, browser, desk):
    own = f"{API}own-organisations/{library.pk}/"
    assert [one["name"] for one in browser.get(f"{API}own-organisations/").json()["results"]] == ["Library"]
    json = {"content_type": "application/json"}
    assert browser.patch(own, {"phone": "2"}, **json).json()["phone"] == "2"
    assert browser.patch(own, {"email": "no address"}, **json).status_code == 400
    assert browser.post(f"{own}people/", {"name": "Ugo"}, **json).status_code == 202
    one = browser.patch(f"{own}people/{rosa.pk}/", {"email": "r@x.example", "phone": "5"}, **json).json()
    assert (one["email"], one["phone"]) == ("rosa@library.example", "5")
    edits = desk.get(f"{API}profile-edits/").json()["results"]
    assert [sorted(edit["changes"]) for edit in edits] == [["email", "phone"], ["added"], ["phone"]]
    assert desk.post(f"{API}profile-edits/{edits[0]['id']}/accept/", {}, **json).json()["state"] == "accepted"
    assert desk.post(f"{API}profile-edits/{edits[2]['id']}/put-back/", {}, **json).json()["state"] == "put_back"
    assert desk.post(f"{API}profile-edits/{edits[2]['id']}/put-back/", {}, **json).status_code == 404
    offers = f"{own}offers/"
    van = browser.post(offers, {"title": "Van", "kind": "equipment", "visibility": 4}, **json).json()
    assert (van["offered"], van["visibility"]) == ("yes", 2)
    assert browser.patch(f"{offers}{van['id']}/", {"offered": "not_asked"}, **json).status_code == 400
    assert browser.patch(f"{offers}{van['id']}/", {"offered": "maybe"}, **json).json()["offered"] == "maybe"
    assert [one["title"] for one in browser.get(offers).json()["results"]] == ["Van"]
    [edit, *_rest] = desk.get(f"{API}profile-edits/").json()["results"]
    accepted = desk.post(f"{API}profile-edits/{edit['id']}/accept/", {"answer": "Thank you"}, **json).json()
    assert accepted["answer"] == "Thank you"
    assert [p["email"] for p in browser.get(f"{own}people/").json()["results"]] == ["r@x.example"]
    assert browser.delete(f"{own}people/{rosa.pk}/").status_code == 204
    assert browser.get(own).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_few_questions_for_one_and_three_rows(
    library, rosa, browser, desk, rows, django_assert_num_queries
):
    for number in range(rows):
        browser.post(f"{HERE}{library.pk}/", facts(phone=f"5{number}"))
    desk.get(EDITS)
    with django_assert_num_queries(8):
        desk.get(EDITS)
    with django_assert_num_queries(12):
        browser.get(f"{HERE}{library.pk}/")
