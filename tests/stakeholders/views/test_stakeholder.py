import hashlib
import uuid

import pytest
from django.utils import timezone

from core.access.roles import Role
from core.access.visibility import Visibility
from stakeholders.models import Affiliation, Stakeholder
from tests.factories.core import make_user
from tests.factories.partnerships import make_partnership
from tests.factories.stakeholders import TAX_CODES, make_person, make_stakeholder

# Savepoint and tenant settings of a request inside a test.
FRAME = 4
LIST = "/s/borgo/stakeholders/"


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


@pytest.fixture
def partner(space):
    return make_user("partner@borgo.example", role=Role.PARTNER_MEMBER, scope=make_partnership().scope)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_rows(space, browser, django_assert_num_queries, count):
    for number in range(count):
        make_stakeholder(f"Coro {number}")
    with django_assert_num_queries(FRAME + 5):
        answer = browser.get(LIST)
    assert answer.content.decode().count('<th class="t-main"') == count


@pytest.mark.parametrize("count", [1, 3])
def test_search_in_the_list_costs_the_same_queries_for_one_and_three_rows(
    space, browser, django_assert_num_queries, count
):
    for number in range(count):
        make_stakeholder(f"Coro {number}")
    with django_assert_num_queries(FRAME + 7):
        answer = browser.get(LIST, {"q": "coro"})
    assert answer.content.decode().count('<th class="t-main"') == count


@pytest.mark.parametrize("count", [1, 3])
def test_detail_costs_the_same_queries_for_one_and_three_people(space, browser, django_assert_num_queries, count):
    organisation = make_stakeholder()
    for number in range(count):
        make_person(f"Person {number}", of=organisation)
    with django_assert_num_queries(FRAME + 7):
        answer = browser.get(f"{LIST}{organisation.pk}/")
    assert answer.content.decode().count('<th class="t-main"') == count


def test_neighbours_never_show_in_list_count_search_or_csv(canary, space, browser):
    make_stakeholder("Circolo Aurora", place="Borgo")
    for address in ("", "?q=circolo", "?place=Borgo", "?format=csv", "?q=canarino", "?sort=newest"):
        assert b"Canarino" not in browser.get(LIST + address).content.replace(b'value="canarino"', b"")
    assert b"1 entry" in browser.get(LIST).content
    assert b"Canarino" not in browser.get("/s/borgo/search/", {"q": "circolo aurora"}).content


@pytest.mark.parametrize("page", ["", "edit/", "people/new/"])
def test_foreign_and_random_ids_get_the_same_answer(canary, space, browser, page):
    foreign = browser.get(f"{LIST}{canary.pk}/{page}")
    random = browser.get(f"{LIST}{uuid.uuid4()}/{page}")
    assert foreign.status_code == random.status_code == 404
    assert b"Canarino" not in foreign.content


def test_csv_holds_what_the_list_shows(space, browser):
    make_stakeholder("Coro", place="Borgo", tax_code=TAX_CODES[0])
    make_stakeholder("=cmd()", place="Borgo")
    make_stakeholder("Banda", place="Colle")
    answer = browser.get(LIST, {"format": "csv", "place": "Borgo"})
    text = answer.content.decode("utf-8-sig")
    digest = hashlib.sha256(answer.content).hexdigest()
    name = f'attachment; filename="stakeholders-{timezone.localdate():%Y-%m-%d}-{digest[:12]}.csv"'
    assert answer["Content-Disposition"] == name
    assert [line.split(",")[-1] for line in text.splitlines()] == ["Who may see it", "Coordination", "Coordination"]
    assert "Coro" in text
    assert TAX_CODES[0] in text
    assert "'=cmd()" in text
    assert "Banda" not in text


@pytest.mark.parametrize(
    "query", ["kind=alien", "sector=circus", "sort=tenant_id", "page=0", "page=1e999", "place=%00"]
)
def test_what_is_not_on_the_allow_lists_is_a_bad_request(space, browser, query):
    assert browser.get(f"{LIST}?{query}").status_code == 400


@pytest.mark.parametrize("text", ["%00", "%F0%9F%8C%BB", "%E2%80%AE", "'--", "a" * 5000])
def test_strange_words_in_a_search_find_nothing_and_break_nothing(space, browser, text):
    make_stakeholder()
    assert browser.get(f"{LIST}?q={text}").status_code == 200
    assert browser.get(f"/s/borgo/search/?q={text}").status_code == 200


def test_empty_register_offers_the_first_step(space, browser):
    answer = browser.get(LIST).content.decode()
    assert "Nobody is here yet" in answer
    assert f"{LIST}import/" in answer
    assert f"{LIST}new/" in answer


def test_search_without_a_match_does_not_say_the_register_is_empty(space, browser):
    make_stakeholder()
    answer = browser.get(LIST, {"q": "zzz"}).content.decode()
    assert "Nothing fits" in answer


def test_htmx_gets_the_results_alone(space, browser):
    make_stakeholder("Coro")
    answer = browser.get(LIST, headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert b"Coro" in answer.content
    assert "HX-Request" in answer["Vary"]


def test_partner_may_not_open_the_register_but_sees_the_own_organisation(space, signed_in_as, partner):
    own = make_stakeholder("Forno", source="A tip")
    make_person("Bruno Pane", of=own, user=partner)
    browser = signed_in_as(partner)
    assert browser.get(LIST).status_code == 403
    page = browser.get(f"{LIST}{own.pk}/").content.decode()
    assert "Bruno Pane" in page
    assert "A tip" not in page
    assert "Identified" not in page


def test_partner_gets_404_for_others_and_403_for_editing(space, signed_in_as, partner):
    other = make_stakeholder("Elsewhere")
    browser = signed_in_as(partner)
    assert browser.get(f"{LIST}{other.pk}/").status_code == 404
    assert browser.post(f"{LIST}{other.pk}/edit/", {"name": "Mine"}).status_code == 403
    assert b"Elsewhere" not in browser.get("/s/borgo/search/", {"q": "elsewhere"}).content.replace(
        b'value="elsewhere"', b""
    )


def test_evaluator_reads_and_does_not_write(space, evaluator, signed_in_as):
    stakeholder = make_stakeholder()
    browser = signed_in_as(evaluator)
    page = browser.get(f"{LIST}{stakeholder.pk}/")
    assert page.status_code == 200
    assert b"/edit/" not in page.content
    for address in ("new/", f"{stakeholder.pk}/edit/", f"{stakeholder.pk}/people/new/", "import/"):
        assert browser.get(LIST + address).status_code == 403


def test_stakeholder_is_added_with_a_name_and_a_kind(space, browser):
    form = {"name": "Banda Musicale", "kind": "group", "sector": "other", "status": "identified", "visibility": "1"}
    answer = browser.post(f"{LIST}new/", form)
    added = Stakeholder.objects.get()
    assert answer["Location"] == f"{LIST}{added.pk}/"
    assert added.kind == "group"


def test_second_one_with_the_same_tax_code_is_told_and_what_was_typed_stays(space, browser):
    make_stakeholder("First", tax_code=TAX_CODES[0])
    form = {"name": "Second", "kind": "organisation", "sector": "other", "status": "identified", "visibility": "1"}
    answer = browser.post(f"{LIST}new/", form | {"tax_code": TAX_CODES[0]})
    assert answer.status_code == 422
    assert b"already has this tax code" in answer.content
    assert b"Second" in answer.content


def test_error_folded_away_opens_the_fold(space, browser):
    form = {
        "name": "A",
        "kind": "organisation",
        "sector": "other",
        "status": "identified",
        "visibility": "1",
        "tax_code": "1",
    }
    assert b'<details class="field fold" open>' in browser.post(f"{LIST}new/", form).content


@pytest.mark.parametrize(("field", "value"), [("status", "partner"), ("visibility", "0"), ("kind", "alien")])
def test_what_nobody_may_choose_is_refused(space, browser, field, value):
    form = {"name": "A", "kind": "organisation", "sector": "other", "status": "identified", "visibility": "1"}
    assert browser.post(f"{LIST}new/", form | {field: value}).status_code == 422


def test_fields_outside_the_form_change_nothing(canary, space, browser):
    form = {"name": "A", "kind": "organisation", "sector": "other", "status": "identified", "visibility": "1"}
    browser.post(
        f"{LIST}new/", form | {"tenant": canary.tenant_id, "tenant_id": canary.tenant_id, "user": uuid.uuid4()}
    )
    added = Stakeholder.objects.get(name="A")
    assert (added.tenant_id, added.user_id) == (space.pk, None)


def test_changes_are_saved_and_told_in_history(space, admin, signed_in_as):
    stakeholder = make_stakeholder("Aurora")
    form = {"name": "Aurora", "kind": "organisation", "sector": "health", "status": "approached", "visibility": "2"}
    form["is_meant"] = "on"
    browser = signed_in_as(admin)
    assert browser.post(f"{LIST}{stakeholder.pk}/edit/", form).status_code == 302
    stakeholder.refresh_from_db()
    assert (stakeholder.sector, stakeholder.visibility) == ("health", Visibility.PARTNERS)
    assert b"Changed: sector, where we are with it, who may see it" in browser.get(f"{LIST}{stakeholder.pk}/").content


def test_person_is_added_to_an_organisation(space, browser):
    organisation = make_stakeholder("Aurora")
    answer = browser.post(
        f"{LIST}{organisation.pk}/people/new/", {"name": "Anna Neri", "title": "Chair", "email": "anna@aurora.example"}
    )
    assert answer.status_code == 302
    assert Affiliation.objects.get().title == "Chair"
    assert b"anna@aurora.example" in browser.get(f"{LIST}{organisation.pk}/").content


def test_person_twice_is_told(space, browser):
    organisation = make_stakeholder("Aurora")
    make_person("Anna", of=organisation, email="anna@aurora.example")
    answer = browser.post(f"{LIST}{organisation.pk}/people/new/", {"name": "Anna", "email": "anna@aurora.example"})
    assert answer.status_code == 422
    assert b"already here" in answer.content


def test_person_has_no_people_of_its_own(space, browser):
    assert browser.get(f"{LIST}{make_person().pk}/people/new/").status_code == 404


def test_text_of_a_stakeholder_is_shown_as_text(space, browser):
    stakeholder = make_stakeholder(
        "<b>Bold</b>", description="<script>alert(1)</script>\nTwo", visibility=Visibility.PUBLIC
    )
    for address in (LIST, f"{LIST}{stakeholder.pk}/", "/s/borgo/search/?q=bold"):
        page = browser.get(address).content
        assert b"<b>Bold" not in page
        assert b"<script>alert" not in page
