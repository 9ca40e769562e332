"""The register of decisions as pages and in the API."""

import pytest
from django.utils import timezone

from core.access.visibility import Visibility
from partnerships.models import Decision, Meeting, Minutes
from partnerships.operations.decision import record_decision
from partnerships.operations.minutes import circulate_minutes
from tests.factories.meetings import call_meeting, hold_meeting, make_item
from tests.factories.partnerships import make_member, make_partner, make_partnership

HERE = "/s/borgo/partnerships/scuola-lavoro/decisions/"
API = "/s/borgo/api/v1/partnerships/scuola-lavoro/"


@pytest.fixture
def partnership(space):
    return make_partnership(mode="full")


@pytest.fixture
def member(partnership):
    return make_member(partnership)


@pytest.fixture
def partner(member):
    return make_partner(member)


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def decide(partnership, admin, title="Share the van", **fields):
    return record_decision(partnership=partnership, by=admin, title=title, **({"outcome": "decided"} | fields))


def url_of(decision):
    return f"{HERE}{decision.year}/{decision.number}/"


def test_sentence_day_and_who_agreed_are_enough(partnership, member, browser):
    form = {"title": "Share the van", "decided_on": "2026-05-10", "outcome": "decided", f"position_{member.pk}": "5"}
    page = browser.post(f"{HERE}new/", form, follow=True).content.decode()
    decision = Decision.objects.get()
    assert (decision.label, decision.state) == ("2026/1", "in_force")
    assert "We will actively support it" in page
    assert browser.post(f"{HERE}new/", {"outcome": "decided"}).status_code == 422


def test_what_the_rules_refuse_comes_back_in_words(partnership, browser):
    form = {"title": "Later buses", "outcome": "decided", "affects_residents": "on"}
    answer = browser.post(f"{HERE}new/", form)
    assert answer.status_code == 422
    assert b"It concerns residents" in answer.content
    assert browser.post(f"{HERE}new/", form | {"public_note": "Buses run later"}).status_code == 302


def test_proposal_is_reworded_taken_replaced_and_revoked(partnership, member, browser):
    browser.post(f"{HERE}new/", {"title": "Share the van", "outcome": ""})
    decision = Decision.objects.get()
    here = url_of(decision)
    browser.post(f"{here}edit/", {"title": "Share both vans", "options": "Sell one\nRent"})
    assert browser.post(f"{here}take/", {}).status_code == 422
    browser.post(f"{here}take/", {"outcome": "decided", f"position_{member.pk}": "3"})
    decision.refresh_from_db()
    assert (decision.title, decision.options, decision.state) == ("Share both vans", ["Sell one", "Rent"], "in_force")
    assert browser.post(f"{here}edit/", {"title": "Sell"}).status_code == 422
    browser.post(f"{HERE}new/?replaces={decision.label}", {"title": "Sell both", "outcome": "decided"})
    decision.refresh_from_db()
    assert decision.state == "superseded"
    assert b"Sell both" in browser.get(here).content
    newest = url_of(Decision.objects.get(title="Sell both"))
    late = browser.post(f"{newest}told/", {"on": "2099-05-12", "to": "The drivers"})
    assert late.status_code == 422
    assert "The drivers" in late.content.decode()
    browser.post(f"{newest}review/", {"review_on": "2099-01-01"})
    browser.post(f"{newest}told/", {"on": "2026-05-12", "sectors": ["health"]})
    assert "Health" in browser.get(newest).content.decode().split('id="audience"')[1].split("</section>")[0]
    browser.post(f"{newest}revoke/")
    assert Decision.objects.get(title="Sell both").state == "revoked"


def test_partner_reads_the_register_and_writes_nothing(partnership, partner, admin, signed_in_as):
    decision = decide(partnership, admin)
    phone = signed_in_as(partner)
    assert b"Share the van" in phone.get(HERE).content
    assert phone.get(url_of(decision)).status_code == 200
    assert phone.get(f"{HERE}new/").status_code == 403
    for act in ("take", "review", "revoke", "told"):
        assert phone.post(f"{url_of(decision)}{act}/").status_code == 403
    stranger = make_partner(make_member(make_partnership("other"), "Stranger"), "s@stranger.example")
    assert signed_in_as(stranger).get(url_of(decision)).status_code == 404


def test_register_is_narrowed_and_downloaded(partnership, admin, browser):
    decide(partnership, admin, review_on=timezone.localdate())
    decide(partnership, admin, "Sell the van", outcome="rejected")
    assert b"Sell the van" not in browser.get(f"{HERE}?state=valid").content
    assert b"Share the van" in browser.get(f"{HERE}?state=review").content
    assert b"Share the van" not in browser.get(f"{HERE}?q=sell").content
    assert b"Share the van" in b"".join([browser.get(f"{HERE}?format=csv").content])


@pytest.mark.parametrize("count", [1, 3])
def test_register_asks_the_same_for_one_and_three(partnership, admin, browser, count, django_assert_num_queries):
    for _number in range(count):
        decide(partnership, admin)
    with django_assert_num_queries(QUERIES):
        assert browser.get(HERE).status_code == 200


QUERIES = 9


def test_api_writes_takes_and_lists_decisions(partnership, member, partner, browser, signed_in_as):
    asked = {"title": "Share the van", "positions": [{"member_id": str(member.pk), "position": 2, "note": "Not yet"}]}
    answer = browser.post(f"{API}decisions/", asked, content_type="application/json")
    assert (answer.status_code, answer.json()["state"]) == (201, "proposed")
    here = f"{API}decisions/{answer.json()['label']}/"
    taken = browser.post(f"{here}take/", {"outcome": "decided"}, content_type="application/json")
    assert taken.json()["state"] == "in_force"
    again = browser.post(f"{here}take/", {"outcome": "decided"}, content_type="application/json")
    assert again.status_code == 409
    refused = {"title": "Buses", "affects_residents": True, "outcome": "decided"}
    assert browser.post(f"{API}decisions/", refused, content_type="application/json").status_code == 409
    phone = signed_in_as(partner)
    assert phone.get(here).json()["positions"] == [{"member_id": str(member.pk), "position": 2, "note": "Not yet"}]
    assert phone.get(f"{API}decisions/").json()["count"] == 1
    assert phone.post(f"{API}decisions/", asked, content_type="application/json").status_code == 403


def test_api_plans_meetings_and_takes_answers(partnership, partner, admin, browser, signed_in_as):
    asked = {
        "title": "Table", "purpose": "Cases", "starts_at": "2099-05-20T14:00:00Z", "ends_at": "2099-05-20T15:00:00Z"
    }  # fmt: skip
    assert browser.post(f"{API}meetings/", asked, content_type="application/json").status_code == 201
    wrong = asked | {"ends_at": asked["starts_at"]}
    assert browser.post(f"{API}meetings/", wrong, content_type="application/json").status_code == 400
    meeting = call_meeting(partnership, admin)
    here = f"{API}meetings/{meeting.number}/"
    browser.post(f"{here}agenda/", {"title": "The van"}, content_type="application/json")
    phone = signed_in_as(partner)
    assert [item["title"] for item in phone.get(f"{here}agenda/").json()["items"]] == ["The van"]
    assert phone.get(f"{API}meetings/").json()["count"] == 1
    assert phone.get(here).json()["title"] == "Steering group"
    said = phone.post(f"{here}answer/", {"answer": "yes"}, content_type="application/json")
    assert said.json()["answer"] == "yes"
    assert browser.post(f"{here}answer/", {"answer": "yes"}, content_type="application/json").status_code == 404
    Meeting.objects.filter(pk=meeting.pk).update(state="cancelled")
    assert phone.post(f"{here}answer/", {"answer": "no"}, content_type="application/json").status_code == 409


def test_api_approves_exactly_the_text_that_was_read(partnership, partner, admin, signed_in_as):
    meeting = hold_meeting(partnership, admin)
    make_item(meeting)
    here = f"{API}meetings/{meeting.number}/minutes/"
    phone = signed_in_as(partner)
    assert phone.get(here).status_code == 404
    circulate_minutes(meeting=meeting, by=admin)
    found = phone.get(here).json()
    assert (found["approved"], found["silent"]) == (0, 1)
    other = phone.post(f"{here}answer/", {"text_sha256": "0" * 64}, content_type="application/json")
    assert other.status_code == 409
    said = phone.post(f"{here}answer/", {"text_sha256": found["text_sha256"]}, content_type="application/json")
    assert said.json()["answer"] == "approved"
    assert Minutes.objects.get().frozen_at


def test_who_sees_a_taken_decision_is_chosen_on_its_page(partnership, member, partner, admin, browser, signed_in_as):
    decision = decide(partnership, admin, affects_residents=True, public_note="Later buses")
    here, phone = url_of(decision), signed_in_as(partner)
    assert browser.post(f"{here}shown/", {"visibility": "4"}).status_code == 422
    assert phone.post(f"{here}shown/", {"visibility": "1"}).status_code == 403
    browser.post(f"{here}shown/", {"visibility": "1"})
    assert Decision.objects.get().visibility == Visibility.COORDINATION
    assert phone.get(here).status_code == 404
    assert browser.get(here).status_code == 200


def test_page_of_a_decision_names_its_meeting_only_to_who_sees_that(
    partnership, member, partner, admin, browser, signed_in_as
):
    meeting = call_meeting(partnership, admin, title="Closed circle", visibility=Visibility.COORDINATION)
    here = url_of(decide(partnership, admin, meeting=meeting, visibility=Visibility.PARTNERS))
    assert b"Closed circle" in browser.get(here).content
    page = signed_in_as(partner).get(here)
    assert page.status_code == 200
    assert b"Closed circle" not in page.content


def test_api_rewords_reviews_tells_shows_and_revokes(partnership, member, partner, browser, signed_in_as):
    def post(path, client=browser, method="post", **body):
        return getattr(client, method)(f"{API}decisions/{path}", body, content_type="application/json")

    year = timezone.localdate().year
    here = f"{year}/1/"
    assert "visibility" in post("", title="Share the van", visibility=4).json()["errors"]
    assert post("", title="Share the van", visibility=1).json()["visibility"] == 1
    positions = [{"member_id": str(member.pk), "position": 2, "note": "Too dear"}]
    changed = post(
        here, method="patch", title="Share two vans", visibility=2, is_meant=True, positions=positions
    ).json()
    assert (changed["title"], changed["visibility"], changed["positions"][0]["note"]) == (
        "Share two vans", 2, "Too dear",
    )  # fmt: skip
    group = str(member.organisation_id)
    named = post(here, method="patch", subject="money", affected_sectors=["health"], affected_ids=[group]).json()
    assert (named["subject"], {(one["sector"], one["stakeholder_id"]) for one in named["audience"]}) == (
        "money", {("health", None), ("", group)},
    )  # fmt: skip
    assert post(here, method="patch", affected_ids=[str(member.pk)]).status_code == 409
    assert len(post(here, method="patch", title="Share two vans").json()["audience"]) == 2
    assert post(f"{here}told/", on="2026-05-10").status_code == 409
    assert post(f"{here}review/").status_code == 409
    post(f"{here}take/", outcome="decided")
    assert post(here, method="patch", title="Other").status_code == 409
    told = post(f"{here}told/", on="2026-05-10", sectors=["health"]).json()
    assert (told["communicated_on"], [one["sector"] for one in told["audience"] if one["told_on"]]) == (
        "2026-05-10", ["health"],
    )  # fmt: skip
    reviewed = post(f"{here}review/", review_on="2099-01-01").json()
    assert (reviewed["state"], reviewed["review_on"]) == ("reviewed", "2099-01-01")
    assert "visibility" in post(f"{here}shown/", visibility=4).json()["errors"]
    assert post(f"{here}shown/", visibility=1).json()["visibility"] == 1
    phone = signed_in_as(partner)
    for step in ("revoke/", "review/", "told/", "shown/"):
        answer = post(f"{here}{step}", client=phone, on="2026-05-10", visibility=2)
        assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
    assert post(f"{here}revoke/").json()["state"] == "revoked"
    assert "counts" in post(f"{here}revoke/").json()["detail"]
