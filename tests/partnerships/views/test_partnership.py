from datetime import timedelta

import pytest
from django.utils import timezone

from core.access.roles import Role
from core.access.visibility import Visibility
from partnerships.models import AgreementVersion
from partnerships.operations.partnership import change_partnership, move_partnership
from tests.factories.core import make_user
from tests.factories.partnerships import make_agreement, make_member, make_partner, make_partnership, make_task

LIST = "/s/borgo/partnerships/"
# What the page costs, and four of the test's own: a savepoint and the tenant set around the request.
LIST_QUERIES = 6 + 2
DETAIL_QUERIES = 11 + 2


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_rows(
    space, coordinator, signed_in_as, django_assert_num_queries, count
):
    for number in range(count):
        make_partnership(f"p-{number}")
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(LIST_QUERIES):
        answer = browser.get(LIST)
    assert answer.content.decode().count("/s/borgo/partnerships/p-") == count


def test_partner_sees_only_the_own_partnership(space, signed_in_as):
    own = make_partnership("own")
    make_partnership("other")
    partner = make_user("partner@borgo.example", role=Role.PARTNER_MEMBER, scope=own.scope)
    browser = signed_in_as(partner)
    assert b"p" in browser.get(f"{LIST}own/").content
    assert browser.get(f"{LIST}other/").status_code == 404
    assert b"/partnerships/other/" not in browser.get(LIST).content


def test_partner_does_not_see_what_is_kept_in_coordination(space, signed_in_as):
    kept = make_partnership("kept", visibility=Visibility.COORDINATION)
    partner = make_user("partner@borgo.example", role=Role.PARTNER_MEMBER, scope=kept.scope)
    assert signed_in_as(partner).get(f"{LIST}kept/").status_code == 404


def test_partner_may_not_edit(space, signed_in_as):
    own = make_partnership("own")
    partner = make_user("partner@borgo.example", role=Role.PARTNER_MEMBER, scope=own.scope)
    assert signed_in_as(partner).post(f"{LIST}own/edit/", {"name": "Mine"}).status_code == 403


def test_invalid_form_comes_back_with_what_was_typed(space, coordinator, signed_in_as):
    make_partnership("own")
    answer = signed_in_as(coordinator).post(f"{LIST}own/edit/", {"name": "", "slug": "own", "purpose": "Kept words"})
    assert answer.status_code == 422
    assert b"Kept words" in answer.content


def test_page_that_is_no_number_is_a_bad_request(space, coordinator, signed_in_as):
    assert signed_in_as(coordinator).get(LIST, {"page": "1e999"}).status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_detail_costs_the_same_queries_for_one_and_three_members_and_tasks(
    space, coordinator, signed_in_as, django_assert_num_queries, count
):
    own = make_partnership("own")
    for number in range(count):
        make_task(own, f"Task {number}", member=make_member(own, f"Member {number}"))
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(DETAIL_QUERIES):
        page = browser.get(f"{LIST}own/").content.decode()
    assert page.count(">Task ") >= count


def test_overview_shows_the_history_to_coordination_only(space, coordinator, signed_in_as):
    own = make_partnership("own")
    partner = make_partner(make_member(own))
    assert b"What changed lately" in signed_in_as(coordinator).get(f"{LIST}own/").content
    assert b"What changed lately" not in signed_in_as(partner).get(f"{LIST}own/").content


def test_overview_names_what_opens_the_next_state(space, coordinator, signed_in_as):
    make_partnership("own", purpose="")
    page = signed_in_as(coordinator).get(f"{LIST}own/").content
    assert b"not met yet" in page
    assert b"/partnerships/own/edit/" in page


@pytest.mark.parametrize(("days", "is_told"), [(-1, True), (0, False)])
def test_overview_says_when_the_agreement_lapsed(space, coordinator, signed_in_as, days, is_told):
    version = make_agreement(make_partnership("own"))
    today = timezone.localdate()
    AgreementVersion.objects.filter(pk=version.pk).update(state="in_force", valid_to=today + timedelta(days=days))
    page = signed_in_as(coordinator).get("/s/borgo/partnerships/own/").content.decode()
    assert ("Without agreement in force" in page) is is_told


def test_page_of_modes_says_what_stops_in_which(space, coordinator, signed_in_as):
    make_partnership("own")
    words = signed_in_as(coordinator).get(f"{LIST}own/mode/").content.decode()
    row = words[words.index("An agenda is not longer than its meeting") :].split("</tr>")[0]
    assert row.count("stops") == 2
    row = words[words.index("The territory is named") :].split("</tr>")[0]
    assert (row.count("is told"), row.count("stops")) == (1, 1)


def test_mode_is_switched_and_sending_it_twice_changes_nothing_more(space, coordinator, signed_in_as):
    own = make_partnership("own", purpose="Kept words")
    browser = signed_in_as(coordinator)
    for _time in range(2):
        assert browser.post(f"{LIST}own/mode/switch/", {"mode": "full"}).status_code == 302
    own.refresh_from_db()
    assert (own.mode, own.purpose) == ("full", "Kept words")
    browser.post(f"{LIST}own/mode/switch/", {"mode": "light"})
    own.refresh_from_db()
    assert own.mode == "light"
    assert "Made light" in browser.get(f"{LIST}own/").content.decode()
    assert browser.post(f"{LIST}own/mode/switch/", {"mode": "endless"}).status_code == 400


def test_partner_reads_the_rules_and_does_not_switch(space, signed_in_as):
    own = make_partnership("own")
    partner = make_user("partner@borgo.example", role=Role.PARTNER_MEMBER, scope=own.scope)
    browser = signed_in_as(partner)
    assert b"Make it full" not in browser.get(f"{LIST}own/mode/").content
    assert browser.post(f"{LIST}own/mode/switch/", {"mode": "full"}).status_code == 403


def test_closed_gate_leads_only_where_the_viewer_may_go(space, coordinator, signed_in_as):
    own = make_partnership("own", state="forming")
    partner = make_partner(make_member(own))
    rhythm = "It is agreed how often you tell each other how it goes"
    pages = [signed_in_as(user).get(f"{LIST}own/").content.decode() for user in (coordinator, partner)]
    assert [f'/own/edit/">{rhythm}' in page for page in pages] == [True, False]
    assert [rhythm in page for page in pages] == [True, True]
    assert all('/own/agreements/">An agreement is in force' in page for page in pages)


def test_condition_it_went_on_without_is_told_with_the_reason_until_it_is_met(space, coordinator, signed_in_as):
    own = make_partnership("own", purpose="", territory="Borgo")
    move_partnership(partnership=own, to="scoping", by=coordinator, reason="The council asked us to begin")
    partner = make_partner(make_member(own))
    pages = [signed_in_as(user).get(f"{LIST}own/").content.decode() for user in (coordinator, partner)]
    assert ["“The council asked us to begin”" in page for page in pages] == [True, False]
    assert pages[0].count('/own/edit/">The purpose is written in one sentence') == 1
    change_partnership(partnership=own, by=coordinator, purpose="A meal for everybody")
    assert "The purpose is written" not in signed_in_as(coordinator).get(f"{LIST}own/").content.decode()


def test_gates_and_the_checklist_for_closing_by_api(space, coordinator, signed_in_as):
    own = make_partnership("own", mode="full", state="winding_down")
    api, partner = "/s/borgo/api/v1/partnerships/own/", signed_in_as(make_partner(make_member(own)))
    browser = signed_in_as(coordinator)

    def gates():
        return partner.get(f"{api}gates/").json()["results"]

    words = "The checklist for closing is done"
    assert gates() == [
        {"to": "closed", "gates": [{"code": "closing", "words": words, "is_open": False, "blocks": True}]}
    ]
    body = {"kind": "money", "settled": True}
    assert partner.post(f"{api}closing/", body, content_type="application/json").status_code == 403
    refused = browser.post(f"{api}closing/", {"kind": "lesson", "settled": True}, content_type="application/json")
    assert (refused.status_code, "what was learned" in refused.json()["detail"]) == (409, True)
    for kind in ("money", "things", "data", "people", "notice", "report", "lesson"):
        body = {"kind": kind, "settled": True, "note": "Begin with the parents"}
        assert browser.post(f"{api}closing/", body, content_type="application/json").status_code == 200
    assert gates()[0]["gates"][0]["is_open"]
    assert {row["note"] for row in partner.get(f"{api}closing/").json()["results"]} == {"Begin with the parents"}


def test_checklist_for_closing_is_read_by_all_and_settled_by_coordination(space, coordinator, signed_in_as):
    own = make_partnership("own", state="winding_down")
    partner, browser = signed_in_as(make_partner(make_member(own))), signed_in_as(coordinator)
    here = f"{LIST}own/closing/"
    assert here in partner.get(f"{LIST}own/").content.decode()
    assert "It is settled" not in partner.get(here).content.decode()
    assert partner.post(f"{here}settle/", {"kind": "money", "settled": "1"}).status_code == 403
    browser.post(f"{here}settle/", {"kind": "money", "settled": "1", "note": "12 euros to the school"})
    assert "12 euros to the school" in partner.get(here).content.decode()
    browser.post(f"{here}settle/", {"kind": "money", "settled": ""})
    assert browser.get(here).content.decode().count("still open") == 7
