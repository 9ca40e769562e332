from datetime import date

import pytest

from tests.factories.partnerships import make_commitment, make_member, make_partner, make_partnership, make_task

API = "/s/borgo/api/v1"
HERE = f"{API}/partnerships/own"


@pytest.fixture
def member(space):
    return make_member(make_partnership("own"))


def post(browser, path, **body):
    return browser.post(f"{HERE}{path}", body, content_type="application/json")


@pytest.mark.parametrize("count", [1, 3])
def test_ledger_costs_the_same_queries_for_one_and_three_rows(
    member, coordinator, signed_in_as, django_assert_num_queries, count
):
    for number in range(count):
        make_commitment(member, f"W{number}")
        make_task(member.partnership, f"T{number}", member=member, state="accepted")
    browser = signed_in_as(coordinator)
    for path, found in (("/ledger/", 2 * count), ("/commitments/", count)):
        with django_assert_num_queries(7 + 3):
            assert browser.get(f"{HERE}{path}").json()["count"] == found


def test_ledger_is_narrowed_and_refuses_what_is_no_state(member, coordinator, signed_in_as):
    make_commitment(member, "late", due_on=date(2020, 1, 1))
    make_task(member.partnership, "open", member=member, state="accepted", due_on=date(2099, 1, 1))
    browser = signed_in_as(coordinator)
    titles = [
        [line["title"] for line in browser.get(f"{HERE}/ledger/{query}").json()["results"]]
        for query in ("?status=late", "?origin=task", "")
    ]
    assert titles == [["late"], ["open"], ["late", "open"]]
    assert browser.get(f"{HERE}/ledger/?status=x").status_code == 400
    assert browser.get(f"{HERE}/ledger/?origin=x").status_code == 400


def test_own_ledger_is_the_callers(member, coordinator, signed_in_as):
    make_commitment(member, "mine")
    make_commitment(make_member(member.partnership, "Other"), "theirs")
    found = signed_in_as(make_partner(member)).get(f"{API}/ledger/").json()["results"]
    assert [(line["title"], line["organisation"], line["status"]) for line in found] == [
        ("mine", "Officine Riva", "late")
    ]
    assert signed_in_as(coordinator).get(f"{API}/ledger/").json()["count"] == 0


def test_life_of_a_promise_with_the_rules_of_the_pages(member, coordinator, signed_in_as):
    desk, partner = signed_in_as(coordinator), signed_in_as(make_partner(member))
    wanted = {"member_id": str(member.pk), "title": "Lend the van", "source": "meeting", "due_on": "2099-01-01"}
    assert post(partner, "/commitments/", **wanted).status_code == 403
    assert post(desk, "/commitments/", **wanted).json()["state"] == "proposed"
    assert post(desk, "/commitments/1/confirm/").status_code == 409
    assert partner.get(f"{HERE}/ledger/").json()["count"] == 0
    assert post(partner, "/commitments/1/decline/", reason="").status_code == 400
    confirmed = post(partner, "/commitments/1/confirm/").json()
    assert (confirmed["state"], confirmed["first_agreed_on"]) == ("open", "2099-01-01")
    assert post(partner, "/commitments/1/decline/", reason="No").status_code == 409
    assert post(desk, "/commitments/1/kept/").status_code == 409
    assert post(partner, "/commitments/1/date/", due_on="2020-01-01", reason="Rain").status_code == 400
    assert post(partner, "/commitments/1/date/", due_on="2099-02-01", reason="Rain").json()["due_on"] == "2099-02-01"
    assert post(partner, "/commitments/1/release/", reason="x").status_code == 409
    assert post(partner, "/commitments/1/release-request/", reason="Sold").json()["release_asked"] == "Sold"
    assert post(partner, "/commitments/1/kept/", note="Keys").json()["state"] == "kept"
    assert post(desk, "/commitments/1/release/", reason="x").status_code == 409
    other = signed_in_as(make_partner(make_member(member.partnership, "Other"), "o@other.example"))
    assert post(other, "/commitments/1/kept/").status_code == 404
    assert other.get(f"{HERE}/commitments/1/").json()["evidence"] == "Keys"
