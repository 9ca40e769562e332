"""The page of what is held on a person, the question before erasing, and the same in the API."""

import pytest

from core.access.roles import Role
from core.jobs.running import run_due_jobs
from core.models import AuditEvent, Erasure
from core.operations.membership import end_membership
from core.tenancy.context import tenant_scope
from stakeholders.models import PersonExport, Stakeholder
from stakeholders.operations.personal_data import ask_for_document, erase_person
from tests.factories.core import make_user
from tests.factories.partnerships import make_partnership
from tests.factories.stakeholders import make_person, make_stakeholder

API = "/s/borgo/api/v1/stakeholders/"


@pytest.fixture
def foreign_person(neighbour):
    """Ask for it before ``space``, which enters another tenant."""
    with tenant_scope(neighbour.pk):
        return make_person("Canarino Fifi", email="fifi@canarino.example")


@pytest.fixture
def anna(space):
    return make_person("Anna Neri", email="anna@neri.example", of=make_stakeholder("Circolo Aurora"))


@pytest.fixture
def browser(admin, signed_in_as):
    return signed_in_as(admin)


def page_of(person, rest=""):
    return f"/s/borgo/stakeholders/{person.pk}/personal-data/{rest}"


def test_page_says_what_is_held_and_is_reached_by_a_tab(anna, browser):
    overview = browser.get(f"/s/borgo/stakeholders/{anna.pk}/").content.decode()
    assert page_of(anna) in overview
    page = browser.get(page_of(anna)).content.decode()
    for words in ("The record in the register", "Places in organisations", "Traces in history"):
        assert words in page
    assert "Tags" not in page


def test_organisation_has_no_such_page(anna, browser):
    club = Stakeholder.objects.get(name="Circolo Aurora")
    assert page_of(club) not in browser.get(f"/s/borgo/stakeholders/{club.pk}/").content.decode()
    assert browser.get(page_of(club)).status_code == 404
    assert browser.get(page_of(club, "erase/")).status_code == 404


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.EVALUATOR, Role.TREASURER, Role.PARTNER_LEAD, Role.FUNDER])
def test_other_roles_see_nothing_and_can_do_nothing(anna, signed_in_as, role):
    browser = signed_in_as(make_user("x@borgo.example", role=role))
    for rest in ("", "erase/"):
        assert browser.get(page_of(anna, rest)).status_code == 403
    for rest in ("json/", "documents/new/", "erase/"):
        assert browser.post(page_of(anna, rest), {"name": "Anna Neri"}).status_code == 403
    for rest in ("", "documents/"):
        assert browser.get(f"{API}{anna.pk}/personal-data/{rest}").status_code == 403
    for rest in ("export/", "documents/", "erase/"):
        wanted = {"name": "Anna Neri", "language": "en"}
        answer = browser.post(f"{API}{anna.pk}/personal-data/{rest}", wanted, content_type="application/json")
        assert answer.status_code == 403
    assert not Erasure.objects.exists()
    assert page_of(anna) not in browser.get(f"/s/borgo/stakeholders/{anna.pk}/").content.decode()


def test_administrator_of_one_partnership_handles_nobody(anna, signed_in_as):
    user = make_user("x@borgo.example", role=Role.TENANT_ADMIN, scope=make_partnership().scope)
    browser = signed_in_as(user)
    assert browser.get(page_of(anna)).status_code == 404
    assert browser.post(page_of(anna, "erase/"), {"name": "Anna Neri"}).status_code == 404


def test_person_of_another_space_is_out_of_reach(foreign_person, space, browser):
    for rest in ("", "erase/"):
        assert browser.get(page_of(foreign_person, rest)).status_code == 404
    assert browser.post(page_of(foreign_person, "erase/"), {"name": "Canarino Fifi"}).status_code == 404
    answer = browser.post(f"{API}{foreign_person.pk}/personal-data/export/")
    assert answer.status_code == 404
    assert b"canarino" not in answer.content


def test_file_is_handed_over_and_noted(anna, browser):
    answer = browser.post(page_of(anna, "json/"))
    assert answer["Content-Disposition"] == f'attachment; filename="{anna.pk}.json"'
    export = answer.json()
    assert (export["person"]["name"], export["visibility"]) == ("Anna Neri", "sealed")
    assert AuditEvent.objects.filter(verb="person.exported").count() == 1
    assert browser.get(page_of(anna, "json/")).status_code == 405


@pytest.mark.slow  # renders a document in a process of its own
def test_document_is_asked_for_made_by_the_worker_and_downloaded(anna, browser, space, admin):
    browser.post(page_of(anna, "documents/new/"), {"language": "it"})
    export = PersonExport.objects.get()
    assert "being made" in browser.get(page_of(anna)).content.decode()
    assert browser.get(page_of(anna, f"documents/{export.pk}/download/")).status_code == 404
    run_due_jobs(space.pk)
    assert "Download the PDF" in browser.get(page_of(anna), headers={"HX-Request": "true"}).content.decode()
    answer = browser.get(page_of(anna, f"documents/{export.pk}/download/"))
    assert answer.content.startswith(b"%PDF")
    bruno = make_person("Bruno Pane")
    assert browser.get(page_of(bruno, f"documents/{export.pk}/download/")).status_code == 404


def test_document_that_is_still_made_when_its_asker_leaves_is_not_theirs_any_more(anna, space, admin, signed_in_as):
    leaving = make_user("leaving@borgo.example", role=Role.TENANT_ADMIN)
    theirs = signed_in_as(leaving)
    theirs.post(page_of(anna, "documents/new/"), {"language": "en"})
    export = PersonExport.objects.get(asked_by=leaving)
    end_membership(user=leaving, by=admin)
    run_due_jobs(space.pk)
    here = page_of(anna, f"documents/{export.pk}/download/")
    assert signed_in_as(admin).get(here).status_code == 200
    assert theirs.get(here).status_code == 404
    assert theirs.get(f"/s/borgo/jobs/{export.job_id}/").status_code == 404


def test_document_needs_a_language_we_speak(anna, browser):
    browser.post(page_of(anna, "documents/new/"), {"language": "xx"})
    assert not PersonExport.objects.exists()


def test_page_before_erasing_says_what_goes_and_stays(anna, browser):
    make_stakeholder("Officine", description="Ask Anna Neri")
    page = browser.get(page_of(anna, "erase/")).content.decode()
    for words in ("What goes", "Places in organisations: 1", "What is emptied", "Ask Anna Neri", "Erase for good"):
        assert words in page
    assert browser.get(page_of(anna)).status_code == 200


@pytest.mark.parametrize("typed", ["", "Anna", "Bruno Pane"])
def test_name_has_to_be_typed(anna, browser, typed):
    answer = browser.post(page_of(anna, "erase/"), {"name": typed})
    assert answer.status_code == 422
    assert b"field-error" in answer.content
    anna.refresh_from_db()
    assert anna.name == "Anna Neri"


def test_person_is_erased_and_their_page_is_gone(anna, browser):
    answer = browser.post(page_of(anna, "erase/"), {"name": "anna  NERI"})
    assert answer.status_code == 302
    anna.refresh_from_db()
    assert anna.name == "Erased person"
    register = browser.get("/s/borgo/stakeholders/").content.decode()
    assert browser.get(page_of(anna)).status_code == 404
    assert "Anna Neri" not in register
    assert "What counts rest on stays" in register
    assert ">Erased person<" not in register


def test_refusal_is_told_where_the_button_would_be(browser, admin, space):
    me = make_person("Admin Borgo", user=admin)
    page = browser.get(page_of(me, "erase/")).content.decode()
    assert "your own account" in page
    assert "Erase for good" not in page
    assert browser.post(page_of(me, "erase/"), {"name": "Admin Borgo"}).status_code == 422
    answer = browser.post(
        f"{API}{me.pk}/personal-data/erase/", {"name": "Admin Borgo"}, content_type="application/json"
    )
    assert answer.status_code == 409


def test_api_offers_the_same(anna, browser):
    one = f"{API}{anna.pk}/personal-data/"
    held = {row["code"]: row["count"] for row in browser.get(one).json()["held"]}
    assert (held["record"], held["places"]) == (1, 1)
    export = browser.post(f"{one}export/").json()
    assert export["schema"] == "telaio/person-export/1"
    made = browser.post(f"{one}documents/", {"language": "it"}, content_type="application/json")
    assert (made.status_code, made.json()["is_ready"]) == (202, False)
    assert browser.get(f"{one}documents/").json()["results"][0]["id"] == made.json()["id"]
    assert browser.post(f"{one}documents/", {"language": "xx"}, content_type="application/json").status_code == 400
    assert browser.post(f"{one}erase/", {"name": "Bruno"}, content_type="application/json").status_code == 400
    gone = browser.post(f"{one}erase/", {"name": "Anna Neri"}, content_type="application/json")
    assert gone.status_code == 200
    assert gone.json()["counts"]["places"] == 1
    assert browser.get(one).status_code == 404


def test_page_costs_the_same_with_one_document_and_with_three(anna, browser, admin, django_assert_num_queries):
    ask_for_document(person=anna, language="en", by=admin)
    browser.get(page_of(anna))
    headers = {"HX-Request": "true"}
    with django_assert_num_queries(9):
        browser.get(page_of(anna), headers=headers)
    for _again in range(2):
        ask_for_document(person=anna, language="it", by=admin)
    with django_assert_num_queries(9):
        browser.get(page_of(anna), headers=headers)


def test_tombstone_is_never_offered_again(anna, browser, admin):
    erase_person(person=anna, by=admin)
    assert "Erased person" not in browser.get("/s/borgo/search/?q=erased").content.decode()
