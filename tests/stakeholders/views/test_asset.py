"""Pages of what stakeholders can bring, and the same in the API."""

import pytest

from core.access.roles import Role
from core.access.visibility import Visibility
from stakeholders.models import Asset
from stakeholders.operations.asset import add_asset
from tests.factories.core import make_user
from tests.factories.partnerships import make_partnership
from tests.factories.stakeholders import make_person, make_stakeholder

LIST = "/s/borgo/stakeholders/assets/"
API = "/s/borgo/api/v1/"
VAN = {"kind": "equipment", "title": "Furgone a nove posti", "offered": "yes"}


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


@pytest.fixture
def partner_browser(space, signed_in_as):
    """Staff of the bakery."""
    user = make_user("partner@borgo.example", role=Role.PARTNER_LEAD, scope=make_partnership().scope)
    make_person("Bruno Pane", of=make_stakeholder("Forno", place="Borgo"), user=user)
    return signed_in_as(user)


def page_of(stakeholder):
    return f"/s/borgo/stakeholders/{stakeholder.pk}/assets/"


def test_who_can_lend_a_van_is_answered_with_reasons_the_nearest_first(space, admin, browser):
    far = make_stakeholder("Cantina", place="Colle")
    near = make_stakeholder("Officine", place="Borgo")
    for owner in (far, near):
        add_asset(owner=owner, by=admin, **VAN)
    add_asset(owner=make_stakeholder("Banda"), by=admin, **VAN | {"offered": "no"})
    page = browser.get(LIST, {"q": "furgóne", "place": "borgo"}).content.decode()
    assert page.index("Officine") < page.index("Cantina")
    assert "Banda" not in page
    for reason in ("willing", "near", "in another place"):
        assert f"{reason}</span>" in page


@pytest.mark.parametrize("query", ["starts_on=2026-12-02&ends_on=2026-12-01", "kind=weather", "starts_on=soon"])
def test_wish_that_cannot_be_is_told_at_its_field(space, browser, query):
    assert browser.get(f"{LIST}?{query}").status_code == 422
    assert browser.get(f"{API}stakeholder-assets/?{query}").status_code == 400


def test_page_says_what_is_known_or_what_to_do_when_nothing_is(space, admin, browser):
    firm = make_stakeholder("Officine", sector="local_business")
    assert "Nothing is written down yet" in browser.get(LIST).content.decode()
    page = browser.get(page_of(firm)).content.decode()
    assert "Ask what they have" in page
    assert "Jobs and placements" in page
    browser.post(f"{page_of(firm)}start/", {"code": "jobs"})
    assert Asset.objects.get().title == "Jobs and placements"
    browser.post(f"{page_of(firm)}start/", {"code": "moon"})
    assert Asset.objects.count() == 1


def test_thing_is_written_down_changed_checked_and_removed(space, browser):
    firm = make_stakeholder("Officine")
    form = {"kind": "place", "title": "Sala", "offered": "maybe", "visibility": "2"}
    assert browser.post(f"{page_of(firm)}new/", form | {"title": ""}).status_code == 422
    assert browser.post(f"{page_of(firm)}new/", form).status_code == 302
    hall = Asset.objects.get()
    one = f"{page_of(firm)}{hall.pk}/"
    days = {"free_from": "2026-12-02", "free_until": "2026-12-01"}
    assert browser.post(one, form | days).status_code == 422
    browser.post(one, form | {"title": "Sala grande"})
    browser.post(f"{one}verify/")
    hall.refresh_from_db()
    assert hall.title == "Sala grande"
    assert hall.verified_on is not None
    assert "Remove “Sala grande”?" in browser.get(f"{one}remove/").content.decode()
    browser.post(f"{one}remove/")
    assert not Asset.objects.exists()


def test_partner_sees_what_is_shown_to_partners_and_what_its_own_organisation_has(space, admin, partner_browser):
    from stakeholders.models import Stakeholder

    own = Stakeholder.objects.get(name="Forno")
    other = make_stakeholder("Officine", visibility=Visibility.PARTNERS)
    add_asset(owner=other, by=admin, **VAN)
    add_asset(owner=other, by=admin, kind="place", title="Sala segreta", visibility=Visibility.COORDINATION)
    add_asset(owner=own, by=admin, kind="place", title="Forno spento", visibility=Visibility.COORDINATION)
    page = partner_browser.get(page_of(other)).content.decode()
    assert "Furgone" in page
    assert "Sala segreta" not in page
    assert "Forno spento" in partner_browser.get(page_of(own)).content.decode()
    make_person("Rina", of=make_stakeholder("Hidden"))
    add_asset(owner=Stakeholder.objects.get(name="Hidden"), by=admin, **VAN | {"title": "Furgone nascosto"})
    found = partner_browser.get(LIST, {"q": "furgone"}).content.decode()
    assert "Officine" in found
    assert "nascosto" not in found
    [row] = partner_browser.get(f"{API}stakeholder-assets/", {"q": "furgone"}).json()["results"]
    assert row["owner"] == "Officine"
    assert 'href="/s/borgo/stakeholders/"' not in found
    assert partner_browser.post(f"{page_of(own)}new/", {}).status_code == 403


def test_funder_is_told_nothing_of_what_others_have(space, signed_in_as):
    funder = signed_in_as(make_user("funder@borgo.example", role=Role.FUNDER))
    assert [funder.get(url).status_code for url in (LIST, f"{API}stakeholder-assets/")] == [403, 403]


def test_list_costs_the_same_for_one_and_for_three(space, admin, browser, django_assert_num_queries):
    add_asset(owner=make_stakeholder("Uno"), by=admin, **VAN)
    browser.get(LIST)
    with django_assert_num_queries(8):
        browser.get(LIST)
    for name in ("Due", "Tre"):
        add_asset(owner=make_stakeholder(name), by=admin, **VAN)
    with django_assert_num_queries(8):
        browser.get(LIST)


def test_api_offers_the_same(space, browser):
    firm = make_stakeholder("Officine", place="Borgo")
    things = f"{API}stakeholders/{firm.pk}/assets/"
    made = browser.post(things, VAN, content_type="application/json")
    assert made.status_code == 201
    one = f"{things}{made.json()['id']}/"
    assert (
        browser.patch(one, {"conditions": "Weekdays"}, content_type="application/json").json()["conditions"]
        == "Weekdays"
    )
    assert browser.patch(one, {"kind": "weather"}, content_type="application/json").status_code == 400
    assert browser.post(f"{one}verify/").json()["verified_on"]
    answer = browser.get(f"{API}stakeholder-assets/", {"q": "furgone", "place": "Borgo"}).json()
    assert [row["owner"] for row in answer["results"]] == ["Officine"]
    assert [reason["text"] for reason in answer["results"][0]["reasons"]] == ["willing", "near"]
    assert browser.get(things).json()["results"][0]["title"] == VAN["title"]
    assert browser.delete(one).status_code == 204
    assert browser.get(one).status_code == 404
