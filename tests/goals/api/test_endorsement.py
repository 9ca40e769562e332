import pytest

from goals.models import EndorsementAnswer
from goals.operations.goal import move_goal
from partnerships.models import Partnership
from tests.factories.goals import ASKED, answer_all, make_complete_goal, make_group, make_voice
from tests.factories.partnerships import make_member, make_partner, make_partnership

LIST = "/s/borgo/api/v1/partnerships/own/goals/"


@pytest.fixture
def partnership(space, time_machine):
    time_machine.move_to("2026-01-12")
    return make_partnership("own", mode=Partnership.Mode.FULL)


@pytest.fixture
def lead(partnership):
    return make_partner(make_member(partnership, "Officine Riva", state="member"))


@pytest.fixture
def goal(partnership, lead, coordinator):
    goal = make_complete_goal(partnership)
    move_goal(goal=goal, to="proposed", by=coordinator, today=ASKED)
    return goal


def send(browser, path, **body):
    return browser.post(f"{LIST}{path}", body, content_type="application/json")


def test_partners_are_asked_answer_and_the_goal_is_adopted(goal, lead, coordinator, signed_in_as, time_machine):
    browser = signed_in_as(coordinator)
    assert send(browser, "1/adopt/").status_code == 409
    assert send(browser, "1/ask/").json()["state"] == "in_endorsement"
    partner = signed_in_as(lead)
    member = lead_member(goal)
    assert send(partner, "1/endorsement/", member_id=str(member.pk), position=1).status_code == 400
    answered = send(partner, "1/endorsement/", member_id=str(member.pk), position=4, comment="Fine").json()
    (found,) = answered["rounds"]
    stand = next(one for one in found["stands"] if one["member_id"] == str(member.pk))
    assert (stand["answer"]["position"], stand["earlier"]) == (4, [])
    assert {one["code"] for one in answered["findings"]} == {"R-G8-days", "R-G8-share", "R-G8-voice"}
    answer_others(goal)
    make_voice(goal)
    time_machine.move_to("2026-02-02")
    browser = signed_in_as(coordinator)
    assert send(browser, "1/adopt/").json()["state"] == "adopted"


def lead_member(goal):
    return goal.partnership.members.get(organisation__name="Officine Riva")


def answer_others(goal):
    EndorsementAnswer.objects.all().delete()
    answer_all(goal)


def test_other_organisations_and_coordination_cannot_answer(goal, lead, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    send(browser, "1/ask/")
    member = lead_member(goal)
    assert send(browser, "1/endorsement/", member_id=str(member.pk), position=5).status_code == 403
    other = goal.owner_member
    assert send(signed_in_as(lead), "1/endorsement/", member_id=str(other.pk), position=5).status_code == 403


def test_answer_is_a_conflict_while_nobody_is_asked(goal, lead, signed_in_as):
    answer = send(signed_in_as(lead), "1/endorsement/", member_id=str(lead_member(goal).pk), position=5)
    assert answer.status_code == 409


def test_voice_is_written_down(goal, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    send(browser, "1/ask/")
    said = {
        "group_id": str(make_group().pk), "position": 3, "said_by": "Fatima", "heard_on": "2026-01-12",
        "heard_how": "phone",
    }  # fmt: skip
    assert send(browser, "1/endorsement/voices/", **{**said, "said_by": ""}).status_code == 400
    shown = send(browser, "1/endorsement/voices/", **said).json()
    voice = next(one for one in shown["rounds"][0]["stands"] if one["group_id"])
    assert (voice["answer"]["name"], voice["answer"]["how"]) == ("Fatima", "By phone")
    (row,) = browser.get(f"{LIST}endorsements/").json()
    assert [one["position"] for one in row["stands"]].count(None) == 2
