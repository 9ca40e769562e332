import re
import uuid

import pytest

from core.access.roles import Role
from core.access.visibility import Visibility
from funding.models import FundingSource
from tests.factories.core import make_user
from tests.factories.funding import make_funder, make_goal, make_source
from tests.factories.partnerships import make_partnership

LIST = "/s/borgo/partnerships/orti/funding/"
GIVEN = {
    "kind": "grant",
    "name": "Spring call",
    "amount_cents": "1.250,00",
    "status": "expected",
    "probability_percent": "40",
    "visibility": "1",
}


@pytest.fixture
def orti(space):
    return make_partnership("orti")


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_statements_for_one_and_three_rows(orti, coordinator, signed_in_as, statements, count):
    for _ in range(count):
        make_source(orti, giver=make_funder(f"Foundation {_}"), goal=make_goal(orti))
    browser = signed_in_as(coordinator)
    with statements() as found:
        answer = browser.get(LIST)
    assert answer.status_code == 200
    assert len(found) == 5


@pytest.mark.parametrize("count", [1, 3])
def test_goals_panel_costs_the_same_statements_for_one_and_three_rows(
    orti, coordinator, signed_in_as, statements, count
):
    goal = make_goal(orti, need_cents=100)
    for _ in range(count):
        make_source(orti, goal=goal)
    browser = signed_in_as(coordinator)
    with statements() as found:
        answer = browser.get("/s/borgo/partnerships/orti/goals/1/funding/")
    assert answer.status_code == 200
    assert len(found) == 5, "\n".join(x[:200] for x in found)


def test_panel_is_a_fragment_for_htmx_and_a_page_without(orti, coordinator, signed_in_as):
    make_goal(orti)
    browser = signed_in_as(coordinator)
    address = "/s/borgo/partnerships/orti/goals/1/funding/"
    assert b"<html" in browser.get(address).content
    fragment = browser.get(address, headers={"HX-Request": "true"})
    assert b"<html" not in fragment.content
    assert b"No source carries this goal yet" in fragment.content


def test_new_source_is_saved_from_what_people_type(orti, coordinator, signed_in_as):
    funder, goal = make_funder(), make_goal(orti)
    answer = signed_in_as(coordinator).post(f"{LIST}new/", {**GIVEN, "giver": funder.pk, "goal": goal.pk})
    source = FundingSource.objects.get()
    assert answer.url == f"{LIST}{source.pk}/"
    assert (source.amount_cents, source.giver, source.goal, source.probability_percent) == (125_000, funder, goal, 40)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount_cents": "1.250"}, b"can be read in two ways"),
        ({"amount_cents": "-3"}, b"above zero"),
        ({"kind": "in_kind"}, b"who valued the gift"),
        ({"status": "secured"}, b"on which day"),
        ({"status": "secured", "decided_on": "2999-01-01"}, b"still to come"),
        ({"visibility": "4"}, b"Select a valid choice"),
        ({"name": "NUL \x00 here"}, b"cannot be stored"),
        ({"name": "x" * 1_000_000}, b"too long"),
    ],
)
def test_wrong_input_comes_back_with_words_and_nothing_is_saved(orti, coordinator, signed_in_as, wrong, words):
    answer = signed_in_as(coordinator).post(f"{LIST}new/", {**GIVEN, **wrong})
    assert answer.status_code == 422
    assert words in answer.content
    assert not FundingSource.objects.exists()


def errors_in(answer):
    assert answer.status_code == 422
    return re.findall(r'<[^>]+class="field-error".*?</\w+>', answer.content.decode(), re.DOTALL)


def test_ids_from_elsewhere_are_refused_like_ids_that_never_were(orti, neighbour, coordinator, signed_in_as):
    other_goal = make_goal(make_partnership("other"))
    browser = signed_in_as(coordinator)
    theirs, nobodys = (
        errors_in(browser.post(f"{LIST}new/", {**GIVEN, "goal": given})) for given in (other_goal.pk, uuid.uuid4())
    )
    assert theirs == nobodys
    assert theirs


def test_unseen_and_unknown_sources_are_the_same_404(orti, coordinator, signed_in_as):
    other = make_source(make_partnership("other"))
    browser = signed_in_as(coordinator)
    for action in ("", "edit/", "decide/"):
        assert browser.get(f"{LIST}{other.pk}/{action}").status_code == 404
        assert browser.get(f"{LIST}{uuid.uuid4()}/{action}").status_code == 404


def test_neighbours_sources_never_show(orti, in_neighbour, signed_in_as, admin):
    canary = in_neighbour(lambda: make_source(make_partnership("orti"), "CANARY"))
    browser = signed_in_as(admin)
    assert b"CANARY" not in browser.get(LIST).content
    assert b"CANARY" not in browser.get(f"{LIST}?format=csv").content
    assert browser.get(f"{LIST}{canary.pk}/").status_code == 404


@pytest.mark.parametrize("role", [Role.PARTNER_LEAD, Role.PARTNER_MEMBER, Role.EVALUATOR, Role.FUNDER])
def test_people_without_a_say_in_money_may_not_open_the_list(orti, signed_in_as, role):
    make_source(orti, "Kept", visibility=Visibility.COORDINATION)
    browser = signed_in_as(make_user("p@borgo.example", role=role, scope=orti.scope))
    assert browser.get(LIST).status_code == 403
    assert browser.post(f"{LIST}new/", GIVEN).status_code == 403


def test_deciding_marks_secured(orti, coordinator, signed_in_as):
    source = make_source(orti)
    browser = signed_in_as(coordinator)
    assert browser.post(f"{LIST}{source.pk}/decide/", {"status": "secured", "decided_on": ""}).status_code == 422
    assert (
        browser.post(f"{LIST}{source.pk}/decide/", {"status": "secured", "decided_on": "2026-01-02"}).status_code == 302
    )
    source.refresh_from_db()
    assert source.status == "secured"


def test_csv_has_money_and_gifts_in_two_columns(orti, coordinator, signed_in_as):
    make_source(orti, "=Grant", amount_cents=125_050)
    make_source(orti, "Tables", kind="in_kind", valued_by="Price list", amount_cents=50_000)
    lines = signed_in_as(coordinator).get(f"{LIST}?format=csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Name,Kind,State,From whom,Goal,Currency,Money,In kind,Chance in per cent,Decided on"
    assert lines[1] == "'=Grant,Grant,Expected,,,EUR,1250.50,,50,"
    assert lines[2] == "Tables,In-kind gift,Expected,,,EUR,,500.00,50,"


def test_stored_text_is_shown_escaped(orti, coordinator, signed_in_as):
    make_source(orti, "<script>alert(1)</script>")
    assert b"<script>alert" not in signed_in_as(coordinator).get(LIST).content
