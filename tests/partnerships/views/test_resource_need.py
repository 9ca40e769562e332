"""Pages of needs and of finding partners, and the same in the API."""

import pytest

from core.access.roles import Role
from partnerships.models import ResourceNeed
from partnerships.operations.resource_need import open_resource_need
from stakeholders.models import Stakeholder
from stakeholders.operations.asset import add_asset
from tests.factories.core import make_user
from tests.factories.partnerships import make_member, make_partner, make_partnership
from tests.factories.stakeholders import make_stakeholder

HERE = "/s/borgo/partnerships/scuola-lavoro/"
API = "/s/borgo/api/v1/partnerships/scuola-lavoro/"
ALL = "/s/borgo/stakeholders/needs/"


@pytest.fixture
def partnership(space):
    return make_partnership(mode="full", territory="Borgo", purpose="Students meet trades.")


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


@pytest.fixture
def need(partnership, admin):
    return open_resource_need(partnership=partnership, kind="equipment", title="Furgone il sabato", by=admin)


def test_need_is_written_down_and_answered_by_who_could_bring_it(partnership, admin, browser):
    van = add_asset(
        owner=make_stakeholder("Officine", place="Borgo"), by=admin, kind="equipment", title="Furgone", offered="yes"
    )
    form = {"title": "Furgone il sabato", "kind": "equipment"}
    assert (
        browser.post(
            f"{HERE}needs/new/", form | {"needed_from": "2026-12-02", "needed_until": "2026-12-01"}
        ).status_code
        == 422
    )
    answer = browser.post(f"{HERE}needs/new/", form, follow=True).content.decode()
    assert "Officine" in answer
    for reason in ("willing", "near"):
        assert f"{reason}</span>" in answer
    need = ResourceNeed.objects.get()
    browser.post(f"{HERE}needs/{need.pk}/move/", {"to": "met", "asset": str(van.pk)})
    need.refresh_from_db()
    assert need.met_by == van
    assert "Officine" in browser.get(f"{HERE}needs/{need.pk}/").content.decode()
    assert (
        browser.post(f"{HERE}needs/{need.pk}/move/", {"to": "met"}, follow=True)
        .content.decode()
        .count("is not open any more")
        == 1
    )
    browser.post(f"{HERE}needs/{need.pk}/edit/", form | {"title": "Furgone"})
    browser.post(f"{HERE}needs/{need.pk}/move/", {"to": "open"})
    browser.post(f"{HERE}needs/{need.pk}/move/", {"to": "dropped"})
    need.refresh_from_db()
    assert (need.title, need.state, need.met_by) == ("Furgone", "dropped", None)


@pytest.mark.parametrize("asset", ["nonsense", "01a21e87-076b-76ff-b195-d1aceb5811c8"])
def test_thing_there_is_none_of_meets_nothing(need, browser, asset):
    answer = browser.post(f"{HERE}needs/{need.pk}/move/", {"to": "met", "asset": asset})
    assert answer.status_code in {400, 404}
    need.refresh_from_db()
    assert need.state == "open"


def test_need_nobody_could_bring_is_marked_and_stands_first(need, partnership, admin, browser):
    open_resource_need(partnership=partnership, kind="place", title="Aula", by=admin)
    add_asset(owner=make_stakeholder("Scuola"), by=admin, kind="place", title="Aula magna", offered="maybe")
    add_asset(owner=make_stakeholder("Tipografia"), by=admin, kind="equipment", title="Torchio", offered="yes")
    page = browser.get(ALL).content.decode()
    assert page.index("Furgone il sabato") < page.index("Aula</a>")
    assert page.count("nobody yet</span>") == 1
    assert "Tipografia" not in page
    assert "something else of this kind" in browser.get(f"{HERE}needs/{need.pk}/").content.decode()
    assert "Scuola" in browser.get(f"{HERE}needs/").content.decode()


def test_partner_sees_needs_but_not_the_register_behind_them(need, partnership, admin, signed_in_as):
    add_asset(owner=make_stakeholder("Officine"), by=admin, kind="equipment", title="Furgone", offered="yes")
    partner = signed_in_as(make_partner(make_member(partnership)))
    for page in (f"{HERE}needs/", f"{HERE}needs/{need.pk}/"):
        said = partner.get(page).content.decode()
        assert "Furgone il sabato" in said
        assert "Officine</a>" not in said
    for refused in (f"{HERE}needs/new/", f"{HERE}scouting/", ALL):
        assert partner.get(refused).status_code == 403
    assert partner.get(f"{API}needs/{need.pk}/candidates/").status_code == 403


def test_scouting_names_gaps_with_whom_to_ask_and_who_is_in_or_declined_is_left_out(partnership, browser):
    make_member(partnership, "Officine")
    Stakeholder.objects.filter(name="Officine").update(sector="local_business")
    make_stakeholder("Comitato genitori", sector="community_member_or_group", place="Borgo", stakes=["affected"])
    make_stakeholder("Coro lontano", sector="community_member_or_group", place="Colle")
    make_stakeholder("Gruppo stanco", sector="community_member_or_group", do_not_contact=True)
    declined = make_stakeholder("Gruppo contrario", sector="community_member_or_group")
    Stakeholder.objects.filter(pk=declined.pk).update(status="declined")
    page = browser.get(f"{HERE}scouting/").content.decode()
    assert page.index("Comitato genitori") < page.index("Coro lontano")
    for absent in ("Gruppo stanco", "Gruppo contrario", "Officine</a>", ">Local business</h2>"):
        assert absent not in page
    gaps = browser.get(f"{API}scouting/").json()["gaps"]
    assert next(gap for gap in gaps if gap["label"] == "Residents")["candidates"][0]["reasons"] == [
        "lives the issue",
        "near",
        "Identified",
    ]


def test_first_steps_speak_the_language_of_whom_they_are_for(partnership, browser):
    parish = make_stakeholder(
        "Parrocchia", sector="faith", language="it", email="don@borgo.example", interest_statement="Chiedeteci prima"
    )
    page = browser.get(f"{HERE}scouting/{parish.pk}/").content.decode()
    assert "Chiedeteci prima" in page
    assert "Buongiorno," in page
    assert 'href="mailto:don@borgo.example?subject=' in page
    member = make_member(partnership, "Officine")
    assert browser.get(f"{HERE}scouting/{member.organisation_id}/").status_code == 404


def test_lists_cost_the_same_for_one_and_for_three(need, partnership, admin, browser, django_assert_num_queries):
    add_asset(owner=make_stakeholder(), by=admin, kind="equipment", title="Furgone", offered="yes")
    make_stakeholder("Liceo", sector="education", place="Borgo")
    urls = {f"{HERE}needs/": 10, ALL: 9, f"{HERE}scouting/": 17}
    for url in urls:
        browser.get(url)
    for url, expected in urls.items():
        with django_assert_num_queries(expected):
            browser.get(url)
    for title in ("Sala", "Tempo"):
        open_resource_need(partnership=partnership, kind="equipment", title=title, by=admin)
        make_stakeholder(title, sector="education", place="Borgo")
    for url, expected in urls.items():
        with django_assert_num_queries(expected):
            browser.get(url)


def test_api_offers_the_same(partnership, admin, browser, signed_in_as):
    json = {"content_type": "application/json"}
    made = browser.post(f"{API}needs/", {"kind": "place", "title": "Aula"}, **json)
    assert made.status_code == 201
    one = f"{API}needs/{made.json()['id']}/"
    hall = add_asset(owner=make_stakeholder("Scuola"), by=admin, kind="place", title="Aula magna", offered="yes")
    assert [row["owner"] for row in browser.get(f"{one}candidates/").json()["results"]] == ["Scuola"]
    assert browser.patch(one, {"place": "Borgo"}, **json).json()["place"] == "Borgo"
    assert browser.post(f"{one}move/", {"to": "met", "asset_id": str(hall.pk)}, **json).json()["met_by_id"] == str(
        hall.pk
    )
    assert browser.patch(one, {"kind": "skill"}, **json).status_code == 409
    assert browser.post(f"{one}move/", {"to": "dropped"}, **json).status_code == 409
    assert browser.post(f"{one}move/", {"to": "open"}, **json).json()["state"] == "open"
    assert browser.get(f"{API}needs/").json()["results"][0]["id"] == made.json()["id"]
    reader = signed_in_as(make_user("reader@borgo.example", role=Role.EVALUATOR))
    assert reader.post(f"{API}needs/", {"kind": "place", "title": "Aula"}, **json).status_code == 403
