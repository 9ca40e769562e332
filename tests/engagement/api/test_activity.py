from datetime import timedelta

import pytest
from django.utils import timezone

from core.access.roles import Role
from engagement.models import EngagementActivity
from tests.factories.activities import announce, begin, come, make_hours, make_shift, make_signup, plan, publish
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership, make_theme
from tests.factories.goals import make_goal
from tests.factories.partnerships import make_member, make_person, make_representative

API = "/s/borgo/api/v1/partnerships/orti/activities/"
WORK = "/s/borgo/api/v1/partnerships/orti/volunteering/"
JSON = {"content_type": "application/json"}


@pytest.fixture
def orti(space):
    return make_public_partnership()


@pytest.fixture
def browser(coordinator, signed_in_as):
    """The coordinator's program."""
    return signed_in_as(coordinator)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_statements_for_one_and_three_rows(orti, browser, statements, count):
    for _number in range(count):
        plan(orti)
    with statements() as found:
        answer = browser.get(API)
    assert len(answer.json()["results"]) == count
    assert len(found) == 5


def test_whole_life_by_program_with_the_same_rules(orti, browser):
    starts = timezone.now() + timedelta(days=20)
    sent = {
        "title": "Walk", "question": "Where?", "level": 2, "what_is_open": "Lamps", "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=2)).isoformat(), "goal": make_goal(orti).number,
    }  # fmt: skip
    assert browser.post(API, {**sent, "goal": 99}, **JSON).status_code == 400
    made = browser.post(API, sent, **JSON)
    assert made.status_code == 201
    assert made.json()["promise"] == "We ask, we answer every theme, and we say what we did with it."
    one = f"{API}1/"
    assert browser.patch(one, {"place": "School"}, **JSON).json()["place"] == "School"
    assert browser.post(f"{one}announce/").json()["state"] == "announced"
    assert browser.post(f"{one}announce/").status_code == 409
    assert browser.post(f"{one}held/", {"head_count": 3}, **JSON).status_code == 409
    begin(EngagementActivity.objects.get())
    assert browser.post(f"{one}held/", {"head_count": 30}, **JSON).json()["head_count"] == 30
    assert browser.post(f"{one}summary/", {"summary": "x", "names_checked": False}, **JSON).status_code == 409
    assert browser.post(f"{one}summary/", {"summary": "x", "names_checked": True}, **JSON).status_code == 200
    assert browser.post(f"{one}words/", {"words": "x", "has_consent": False}, **JSON).status_code == 409
    assert browser.post(f"{one}words/", {"words": "x", "has_consent": True}, **JSON).status_code == 201
    (words,) = browser.get(f"{one}words/").json()
    assert words["words"] == "x"
    assert [browser.delete(f"{one}words/{words['id']}/").status_code for _ in range(2)] == [204, 404]
    assert browser.post(f"{one}close/").status_code == 409
    theme = make_theme(orti, outcome="partly", answer_en="Some", published_on=timezone.localdate())
    assert browser.post(f"{one}answers/", {}, **JSON).status_code == 400
    assert browser.post(f"{one}answers/", {"theme_id": str(make_theme(orti).pk)}, **JSON).status_code == 404
    assert browser.post(f"{one}answers/", {"theme_id": str(theme.pk)}, **JSON).status_code == 201
    assert browser.get(f"{one}answers/").json() == {"themes": [str(theme.pk)], "decisions": []}
    assert browser.post(f"{one}close/").json()["state"] == "closed_loop"


def test_people_are_listed_and_checked_in_for_those_who_prepare_it_alone(orti, coordinator, browser, signed_in_as):
    activity = announce(orti, coordinator, capacity=1)
    come(activity, access_needs="Ramp")
    come(activity)
    first, second = browser.get(f"{API}1/registrations/").json()
    assert (first["access_needs"], second["state"]) == ("Ramp", "waiting")
    assert browser.post(f"{API}1/registrations/{second['id']}/accept/").status_code == 409
    begin(activity)
    presence = f"{API}1/registrations/{first['id']}/presence/"
    assert browser.put(presence, {"people": 1}, **JSON).json()["people_came"] == 1
    assert browser.put(presence, {"people": None}, **JSON).json()["people_came"] is None
    assert browser.post(f"{API}1/registrations/{first['id']}/cancel/").status_code == 409
    assert browser.get(f"{API}1/cards/").json() == []
    partner = signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=orti.scope))
    assert partner.get(f"{API}1/").status_code == 200
    assert partner.get(f"{API}1/registrations/").status_code == 403
    assert partner.patch(f"{API}1/", {"title": "x"}, **JSON).status_code == 403
    assert browser.post(f"{API}1/cancel/", {"reason": "Storm"}, **JSON).json()["state"] == "cancelled"


def test_volunteer_work_by_program(orti, coordinator, browser):
    member, person = make_member(orti, "Library"), make_person()
    make_representative(member, person)
    sent = {"title": "Reading", "purpose": "Stories", "host_id": str(member.pk), "supervisor_id": str(person.pk)}
    assert browser.post(WORK, {**sent, "host_id": str(person.pk)}, **JSON).status_code == 400
    assert browser.post(WORK, sent, **JSON).status_code == 201
    assert browser.post(f"{WORK}1/publish/").status_code == 409
    assert browser.patch(f"{WORK}1/", {"is_insured": True}, **JSON).json()["is_insured"] is True
    assert browser.post(f"{WORK}1/publish/").json()["state"] == "published"
    starts = timezone.now() + timedelta(days=3)
    moment = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=2)).isoformat()}
    assert browser.post(f"{WORK}1/shifts/", moment, **JSON).status_code == 201
    (shift,) = browser.get(f"{WORK}1/shifts/").json()
    assert shift["taken"] == 0
    off = f"{WORK}1/shifts/{shift['id']}/cancel/"
    assert browser.post(off, {"reason": ""}, **JSON).status_code == 400
    assert browser.post(off, {"reason": "Storm"}, **JSON).json()["cancelled_reason"] == "Storm"
    for step, state in (("pause", "paused"), ("publish", "published"), ("close", "closed"), ("archive", "archived")):
        assert browser.post(f"{WORK}1/{step}/").json()["state"] == state


def test_roster_and_hours_by_program(orti, coordinator, browser):
    work = publish(orti, coordinator)
    signup, other = (make_signup(make_shift(work, coordinator)) for _number in range(2))
    one = f"{WORK}1/roster/{signup.pk}/"
    assert browser.post(f"{one}accept/").json()["state"] == "accepted"
    assert browser.post(f"{one}decline/").status_code == 409
    assert browser.post(f"{WORK}1/roster/{other.pk}/decline/").json()["state"] == "declined"
    assert browser.put(f"{one}presence/", {"presence": "checked_in"}, **JSON).json()["state"] == "checked_in"
    assert browser.put(f"{one}presence/", {"presence": "attended"}, **JSON).json()["state"] == "attended"
    assert browser.post(f"{one}cancel/").status_code == 409
    assert [row["name"] for row in browser.get(f"{WORK}1/roster/").json()] == [signup.volunteer.name]
    hours = [make_hours(signup.volunteer, work) for _number in range(2)]
    assert len(browser.get(f"{WORK}1/hours/").json()) == 2
    assert browser.post(f"{WORK}1/hours/{hours[0].pk}/query/", {"note": "Why?"}, **JSON).json()["state"] == "queried"
    assert browser.post(f"{WORK}1/hours/{hours[0].pk}/confirm/").json()["state"] == "verified"
    assert browser.post(f"{WORK}1/hours/{hours[1].pk}/reject/").json()["state"] == "rejected"
    assert browser.get(f"{WORK}1/hours/").json() == []
