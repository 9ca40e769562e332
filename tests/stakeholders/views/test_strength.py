"""What organisations are good at: written beside what they can bring, and the same in the API."""

import pytest

from stakeholders.models import Strength
from tests.factories.stakeholders import make_person, make_stakeholder


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def at(stakeholder, rest="", *, api=False):
    return f"/s/borgo/{'api/v1/' if api else ''}stakeholders/{stakeholder.pk}/strengths/{rest}"


SENT = {"skill": "legal", "willing": "lead", "hours_month": "4", "level": "3", "evidence": "Ten years of it"}


def test_strength_is_written_confirmed_changed_and_removed(space, browser):
    firm = make_stakeholder("Studio Bianchi")
    browser.post(at(firm, "new/"), SENT)
    strength = Strength.objects.get()
    assert (strength.skill, strength.willing, strength.hours_month, strength.level) == ("legal", "lead", 4, 3)
    page = browser.get(f"/s/borgo/stakeholders/{firm.pk}/assets/").content.decode()
    assert "4 hours a month" in page
    browser.post(at(firm, f"{strength.pk}/confirm/"))
    assert Strength.objects.get().confirmed_on
    browser.post(at(firm, f"{strength.pk}/"), SENT | {"hours_month": "8"})
    assert (Strength.objects.get().hours_month, Strength.objects.get().confirmed_on) == (8, None)
    browser.post(at(firm, f"{strength.pk}/remove/"))
    assert not Strength.objects.exists()


@pytest.mark.parametrize("wrong", [{"skill": "magic"}, {"hours_month": "-1"}, {"available_until": "2020-01-01", "available_from": "2021-01-01"}])  # fmt: skip
def test_what_cannot_be_is_told_and_not_written(space, browser, wrong):
    firm = make_stakeholder("Studio Bianchi")
    assert browser.post(at(firm, "new/"), SENT | wrong).status_code == 422
    sent = {"skill": "legal", **wrong}
    assert browser.post(at(firm, api=True), sent, content_type="application/json").status_code == 400
    assert not Strength.objects.exists()


def test_same_skill_twice_and_a_persons_skill_are_refused(space, browser):
    firm = make_stakeholder("Studio Bianchi")
    browser.post(at(firm, "new/"), SENT)
    answer = browser.post(at(firm, "new/"), SENT)
    assert answer.status_code == 422
    assert "written down already" in answer.content.decode()
    person = make_person("Anna Bianchi")
    assert browser.post(at(person, "new/"), SENT).status_code == 422
    assert "Strengths" not in browser.get(f"/s/borgo/stakeholders/{person.pk}/assets/").content.decode()


def test_api_offers_the_same(space, browser):
    firm = make_stakeholder("Studio Bianchi")
    made = browser.post(at(firm, api=True), {"skill": "legal"}, content_type="application/json").json()
    assert made["hours_month"] is None
    one = at(firm, f"{made['id']}/", api=True)
    assert browser.patch(one, {"hours_month": 3}, content_type="application/json").json()["hours_month"] == 3
    assert browser.post(f"{one}confirm/").json()["confirmed_on"]
    assert browser.get(at(firm, api=True)).json()["results"][0]["skill"] == "legal"
    assert browser.delete(one).status_code == 204
