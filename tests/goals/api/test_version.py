from datetime import date
from decimal import Decimal

import pytest

from goals.models import Goal, Milestone
from partnerships.models import Partnership
from partnerships.operations.decision import record_decision
from tests.factories.core import make_user
from tests.factories.goals import make_adopted_goal
from tests.factories.metrics import make_indicator, make_measurement
from tests.factories.partnerships import make_member, make_partnership, make_person, make_representative

LIST = "/s/borgo/api/v1/partnerships/own/goals/"
WHY = {"target_value": "50", "reason": "Two firms closed in April"}


@pytest.fixture
def partnership(space, time_machine):
    time_machine.move_to("2026-07-10")
    return make_partnership("own", mode=Partnership.Mode.FULL)


@pytest.fixture
def goal(partnership, coordinator):
    return make_adopted_goal(partnership, coordinator)


@pytest.fixture
def decision(partnership, coordinator):
    return record_decision(partnership=partnership, by=coordinator, title="A lower target", outcome="decided")


@pytest.fixture
def browser(goal, coordinator, signed_in_as):
    return signed_in_as(coordinator)


def send(browser, path="", method="post", **body):
    return getattr(browser, method)(f"{LIST}1/{path}", body, content_type="application/json")


def test_new_version_rests_on_a_decision_and_tells_what_changed(browser, decision):
    assert send(browser, method="patch", **WHY).status_code == 400
    assert send(browser, method="patch", **WHY, decision_id="0190b6a0-0000-7000-8000-000000000000").status_code == 400
    changed = send(browser, method="patch", **WHY, decision_id=str(decision.pk)).json()
    assert (changed["version_number"], changed["target_value"]) == (2, "50.0000")
    newest, first = browser.get(f"{LIST}1/versions/").json()["results"]
    assert (newest["reason"], newest["decision_id"], first["decision_id"]) == (WHY["reason"], str(decision.pk), None)
    pieces = browser.get(f"{LIST}1/versions/1/2/").json()["segments"]
    assert [piece["text"] for piece in pieces if piece["kind"] != "same"] == ["60", "50"]
    assert browser.get(f"{LIST}1/versions/1/9/").status_code == 404


def test_words_of_explanation_change_without_a_version(browser):
    assert send(browser, method="patch", equity_note="Travel is paid.").json()["version_number"] == 1


def test_indicator_of_another_partnership_is_unknown(browser, decision):
    make_indicator(make_partnership("elsewhere"), "THERE")
    assert send(browser, method="patch", indicator="THERE", decision_id=str(decision.pk)).status_code == 400


def test_review_is_written_and_read(browser, decision):
    said = {"reviewed_on": "2026-07-10", "choice": "adjust_activity", "cause": "The tutor was ill until June."}
    assert send(browser, "reviews/", **{**said, "cause": ""}).status_code == 400
    written = send(browser, "reviews/", **said, decision_id=str(decision.pk))
    assert (written.status_code, written.json()["next_review_on"]) == (201, "2027-01-10")
    (read,) = browser.get(f"{LIST}1/reviews/").json()["results"]
    assert (read["cause"], read["decision_id"]) == (said["cause"], str(decision.pk))


def test_target_of_a_goal_off_track_twice_is_a_conflict_until_it_is_reviewed(browser, goal, decision):
    for period, count in (((date(2026, 1, 1), date(2026, 3, 31)), 41), ((date(2026, 4, 1), date(2026, 6, 30)), 42)):
        make_measurement(goal.indicator, period=period, numerator=Decimal(count), denominator=Decimal(180))
    change = {**WHY, "decision_id": str(decision.pk)}
    refused = send(browser, method="patch", **change)
    assert refused.status_code == 409
    assert "Review it first" in refused.json()["detail"]
    said = {"reviewed_on": "2026-07-10", "choice": "adjust_target", "cause": "The tutor was ill until June."}
    send(browser, "reviews/", **said)
    assert send(browser, method="patch", **change).status_code == 200


def test_goal_moves_on_and_is_closed_with_its_last_value(browser, goal):
    assert send(browser, "move/", to="active").json()["state"] == "active"
    assert send(browser, "move/", to="draft").status_code == 409
    last = make_measurement(goal.indicator, numerator=Decimal(110), denominator=Decimal(180))
    other = make_measurement(make_indicator(goal.partnership, "OTHER"), 5)
    ending = {"to": "achieved", "statement": "61 % in June, verified"}
    assert send(browser, "close/", **ending, measurement_id=str(other.pk)).status_code == 400
    assert send(browser, "close/", **ending, measurement_id=str(last.pk)).json()["state"] == "achieved"
    assert browser.get(f"{LIST}1/versions/").json()["results"][0]["final_measurement_id"] == str(last.pk)


def test_partner_changes_nothing_by_api(goal, partnership, signed_in_as):
    partner = signed_in_as(make_user("p@borgo.example", role="partner_lead", scope=partnership.scope))
    for path, method, body in (
        ("", "patch", WHY),
        ("reviews/", "post", {"reviewed_on": "2026-07-10", "choice": "keep"}),
        ("move/", "post", {"to": "active"}),
        ("close/", "post", {"to": "achieved", "statement": "61 % in June"}),
    ):
        assert send(partner, path, method, **body).status_code == 403, path
    assert Goal.objects.get().state == "adopted"


def test_milestone_is_changed_reached_and_dropped_by_api(browser, goal, partnership):
    person = make_person()
    member = make_member(partnership, "Officine Riva")
    make_representative(member, person)
    first, second = Milestone.objects.filter(goal=goal).order_by("due_on")
    owner = {"owner_member_id": str(member.pk), "owner_person_id": str(person.pk)}
    changed = send(browser, f"milestones/{first.pk}/", "patch", due_on="2026-08-15", kind="funding", **owner).json()
    assert (changed["first_due_on"], changed["due_on"], changed["state"], changed["owner_person_id"]) == (
        "2026-03-15",
        "2026-08-15",
        "planned",
        str(person.pk),
    )
    stranger = {"owner_member_id": str(make_member(make_partnership("else"), "Elsewhere").pk)}
    assert send(browser, f"milestones/{first.pk}/", "patch", **stranger).status_code == 400
    assert send(browser, f"milestones/{first.pk}/reach/", reached_on="2026-07-01").status_code == 400
    reached = send(browser, f"milestones/{first.pk}/reach/", reached_on="2026-07-01", evidence="List").json()
    assert reached["state"] == "reached"
    assert send(browser, f"milestones/{first.pk}/drop/", reason="The hall was sold.").status_code == 409
    dropped = send(browser, f"milestones/{second.pk}/drop/", reason="The hall was sold.").json()
    assert (dropped["state"], dropped["dropped_reason"]) == ("dropped", "The hall was sold.")
    assert browser.get(f"{LIST}1/milestones/{first.pk}/file/").status_code == 404
