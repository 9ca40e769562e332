"""The risk register: written, answered, looked at again; on pages, in the API, on an agenda and when somebody leaves."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.access.visibility import Visibility
from core.models import AuditEvent
from goals.models import Goal, Risk
from goals.operations.risk import RiskRefusedError, add_risk, change_risk, move_risk
from goals.queries.risk import goals_with_answered_risk
from partnerships.agenda import suggestions_for
from partnerships.exits import holds_of
from partnerships.handovers import held_by, registered_handovers
from partnerships.models import ExitStep, Partnership
from tests.factories.goals import make_goal
from tests.factories.meetings import make_meeting
from tests.factories.partnerships import (
    make_member,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
)

HERE = "/s/borgo/partnerships/own/risks/"
API = "/s/borgo/api/v1/partnerships/own/risks/"
JSON = "application/json"
LIST_QUERIES = 11


@pytest.fixture
def partnership(space):
    return make_partnership("own", mode=Partnership.Mode.FULL)


@pytest.fixture
def school(partnership):
    return make_member(partnership, "Scuola", state="member")


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def risk_of(partnership, event="The room is not ours after June", **fields):
    return add_risk(partnership=partnership, by=None, event=event, **fields)


def sent(**more):
    return {"event": "The room is not ours after June", "likelihood": "4", "impact": "4", **more}


def test_a_risk_is_written_with_who_keeps_an_eye_on_it(partnership, school, browser):
    person = make_representative(school)
    goal = make_goal(partnership)
    answer = browser.post(
        f"{HERE}new/?goal=1",
        sent(
            owner_member=str(school.pk), owner_person=str(person.pk), goal=str(goal.pk), response="reduce",
            actions="Ask the parish", cause="The lease ends", effect="No meetings", review_on="2026-05-01",
        ),
    )  # fmt: skip
    assert answer.headers["Location"] == f"{HERE}1/"
    page = browser.get(f"{HERE}1/").content.decode()
    for words in (
        "Very high",
        "Likely",
        "16 of 25",
        "Ask the parish",
        "The lease ends",
        "Anna Riva · Scuola",
        "Reduce it",
    ):
        assert words in page
    shown = browser.get("/s/borgo/partnerships/own/goals/1/").content.decode()
    assert "The room is not ours" in shown
    told = browser.get(f"{API}1/").json()
    assert (told["score"], told["height"], told["goal"]) == (16, "very_high", 1)
    assert AuditEvent.objects.get(verb="risk.added").changes == {"likelihood": 4, "impact": 4}


def test_values_off_the_scale_are_refused_in_each_way(partnership, browser):
    assert browser.post(f"{HERE}new/", sent(likelihood="6")).status_code == 422
    assert browser.post(f"{HERE}new/", sent(event="")).status_code == 422
    assert browser.post(API, sent(impact=0), content_type=JSON).status_code == 400
    with pytest.raises(ValidationError):
        risk_of(partnership, likelihood=6)
    assert not Risk.objects.exists()


def test_an_owner_is_a_member_and_a_person_who_speaks_for_it(partnership, school, browser):
    stranger = make_representative(
        make_member(partnership, "Officine", state="member"), make_person("Ugo", "u@o.example")
    )
    with pytest.raises(ValidationError, match="does not speak"):
        risk_of(partnership, owner_member=school, owner_person=stranger)
    with pytest.raises(ValidationError, match="Choose the organisation"):
        risk_of(partnership, owner_person=stranger)
    with pytest.raises(ValidationError, match="not in the partnership"):
        risk_of(partnership, owner_member=make_member(make_partnership("other"), "Altri", state="member"))
    with pytest.raises(ValidationError, match="no longer"):
        risk_of(partnership, owner_member=make_member(partnership, "Partita", state="former"))
    page = browser.post(f"{HERE}new/", sent(owner_member=str(school.pk), owner_person=str(stranger.pk)))
    assert "does not speak for the organisation" in page.content.decode()
    wrong = {"event": "x", "owner_member_id": str(school.pk), "owner_person_id": str(stranger.pk)}
    assert browser.post(API, wrong, content_type=JSON).status_code == 400


def test_a_risk_of_another_partnerships_goal_is_refused(partnership, browser):
    elsewhere = make_goal(make_partnership("other"))
    with pytest.raises(ValidationError, match="another partnership"):
        risk_of(partnership, goal=elsewhere)
    assert browser.post(API, {"event": "x", "goal": 1}, content_type=JSON).status_code == 400


def test_an_owner_who_left_does_not_stop_the_risk_from_being_looked_at(partnership, school, coordinator):
    person = make_representative(school)
    risk = risk_of(partnership, owner_member=school, owner_person=person)
    type(school).objects.filter(pk=school.pk).update(state="former")
    assert change_risk(risk=risk, by=coordinator, impact=5).impact == 5


def test_a_risk_goes_through_its_life_and_needs_a_response_to_be_dealt_with(partnership, browser, coordinator):
    risk = risk_of(partnership)
    refused = browser.post(f"{API}1/move/", {"to": "treated"}, content_type=JSON)
    assert refused.status_code == 409
    assert "how you answer it" in refused.json()["detail"]
    page = browser.post(f"{HERE}1/move/", {"to": "treated"}, follow=True).content.decode()
    assert "how you answer it" in page
    change_risk(risk=risk, by=coordinator, response="share", actions="The council pays half")
    assert browser.post(f"{API}1/move/", {"to": "treated"}, content_type=JSON).json()["state"] == "treated"
    assert change_risk(risk=risk, by=coordinator, actions="").state == "open"
    browser.post(f"{HERE}1/move/", {"to": "occurred"})
    risk.refresh_from_db()
    assert risk.state == "occurred"
    with pytest.raises(RiskRefusedError):
        move_risk(risk=risk, to="closed", by=coordinator)


def test_the_highest_risk_stands_first_and_the_list_is_narrowed_and_downloaded(partnership, browser):
    yesterday = timezone.localdate() - timedelta(days=1)
    goal = make_goal(partnership)
    risk_of(partnership, "Rain", likelihood=5, impact=2)
    risk_of(partnership, "Money ends", likelihood=4, impact=5, goal=goal, review_on=yesterday)
    risk_of(partnership, "Key person ill", likelihood=3, impact=3)
    Risk.objects.filter(event="Rain").update(state="closed")
    page = browser.get(HERE).content.decode()
    assert page.index("Money ends") < page.index("Rain") < page.index("Key person ill")
    assert "Very high" in page
    for query, found in (
        ("q=ill", {"Key person ill"}),
        ("state=closed", {"Rain"}),
        ("state=live", {"Money ends", "Key person ill"}),
        ("goal=1", {"Money ends"}),
        ("overdue=1", {"Money ends"}),
    ):
        page = browser.get(f"{HERE}?{query}").content.decode()
        assert {event for event in ("Money ends", "Key person ill", "Rain") if event in page} == found
    assert "No risk matches" in browser.get(f"{HERE}?state=occurred").content.decode()
    lines = browser.get(f"{HERE}?format=csv").content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("2,Money ends,Good placements,4,5,20,Very high")
    assert [row["event"] for row in browser.get(f"{API}?state=open").json()["results"]] == [
        "Money ends",
        "Key person ill",
    ]
    assert browser.get(f"{API}?state=x").status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_much_for_many_as_for_one(partnership, school, browser, django_assert_num_queries, count):
    goal = make_goal(partnership)
    for number in range(count):
        risk_of(partnership, f"Risk {number}", goal=goal, owner_member=school)
    with django_assert_num_queries(LIST_QUERIES):
        browser.get(HERE)


def test_risks_and_goals_out_of_sight_are_not_there_for_a_partner(partnership, school, signed_in_as):
    goal = make_goal(partnership, title_en="Secret aim", visibility=Visibility.COORDINATION)
    risk_of(partnership, "A plain risk", goal=goal)
    risk_of(partnership, "A secret risk", visibility=Visibility.COORDINATION)
    partner = signed_in_as(make_partner(school, "lead@scuola.example"))
    for address in (HERE, f"{HERE}1/", f"{HERE}?format=csv", API):
        page = partner.get(address).content.decode()
        assert "A plain risk" in page
        assert "ecret" not in page
    assert partner.get(f"{HERE}2/").status_code == partner.get(f"{API}2/").status_code == 404
    assert partner.get(f"{HERE}1/edit/").status_code == partner.get(f"{HERE}new/").status_code == 403
    assert partner.post(API, {"event": "x"}, content_type=JSON).status_code == 403
    assert partner.get(f"{API}1/").json()["goal"] is None


def test_a_risk_is_never_more_visible_than_its_partnership(partnership):
    assert risk_of(partnership, visibility=Visibility.PUBLIC).visibility == Visibility.PARTNERS


def test_a_goal_has_a_risk_with_response_once_one_is_answered(partnership, coordinator):
    goal = make_goal(partnership)
    risk = risk_of(partnership, goal=goal)
    assert goal.pk not in goals_with_answered_risk([goal])
    change_risk(risk=risk, by=coordinator, response="reduce")
    assert goal.pk not in goals_with_answered_risk([goal])
    change_risk(risk=risk, by=coordinator, actions="Ask the parish")
    assert goal.pk in goals_with_answered_risk([goal])
    assert not goals_with_answered_risk([make_goal(partnership)])
    assert not goals_with_answered_risk([Goal(partnership=partnership)])


def test_late_reviews_are_offered_for_the_next_meeting_the_highest_first(partnership, school, coordinator):
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    risk_of(partnership, "Rain", likelihood=1, impact=2, review_on=yesterday)
    risk_of(partnership, "Money ends", likelihood=4, impact=5, review_on=yesterday, owner_member=school)
    risk_of(partnership, "Not yet", review_on=today)
    over = risk_of(partnership, "Over", review_on=yesterday)
    move_risk(risk=over, to="closed", by=coordinator)
    risk_of(make_partnership("other"), "Elsewhere", review_on=yesterday)
    meeting = make_meeting(partnership)
    found = [one for one in suggestions_for(meeting, today=today) if one.code.startswith("risk:")]
    assert [one.title for one in found] == ["Money ends", "Rain"]
    assert found[0].member_id == school.pk
    assert found[0].url == f"{HERE}2/"


def test_who_leaves_sees_the_risks_it_holds_and_hands_them_over(partnership, school, coordinator):
    giver, taker = make_representative(school), make_representative(school, make_person("Lea Po", "lea@po.example"))
    risk = risk_of(partnership, owner_member=school, owner_person=giver)
    done = risk_of(partnership, "Over", owner_member=school, owner_person=giver)
    move_risk(risk=done, to="closed", by=coordinator)
    held = [hold for hold in holds_of(school, ExitStep.Kind.TASKS) if hold.stops]
    assert [hold.text for hold in held] == ["The room is not ours after June"]
    assert ("Risks looked after", 2) in held_by(school, giver)
    handover = next(one for one in registered_handovers() if one.code == "risks")
    assert handover.move(school, giver, taker) == 2
    risk.refresh_from_db()
    assert risk.owner_person == taker
