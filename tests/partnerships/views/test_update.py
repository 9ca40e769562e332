"""Updates and the communication plan."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from core.access.roles import Role
from core.access.visibility import Visibility
from core.models import OutboxMail
from partnerships.models import CommunicationLine, Partnership, Update, UpdateStop
from partnerships.operations.communication import update_from_data, write_update
from partnerships.queries.communication import missed_rhythm_of
from tests.factories.core import make_user
from tests.factories.goals import make_goal
from tests.factories.partnerships import (
    make_member,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
    make_task,
)

HERE = "/s/borgo/partnerships/own/"
API = "/s/borgo/api/v1/partnerships/own/updates/"
WORDS = {"title": "Autumn", "not_going_well": "The van broke", "visibility": Visibility.PARTNERS.value}


@pytest.fixture
def partnership(space):
    return make_partnership("own", mode=Partnership.Mode.FULL, visibility=Visibility.PUBLIC)


@pytest.fixture
def member(partnership):
    return make_member(partnership, "Scuola", state="member")


@pytest.fixture
def anna(member):
    return make_representative(member, make_person("Anna Neri", "anna@scuola.example"))


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


@pytest.fixture
def second(space, signed_in_as):
    return signed_in_as(make_user("second@borgo.example", "Second", role=Role.COORDINATOR))


def step(browser, name, number=1):
    return browser.post(f"{HERE}updates/{number}/step/", {"step": name}, follow=True).content.decode()


def test_update_is_written_approved_by_another_published_and_mailed_once(partnership, anna, member, browser, second):
    silent = make_person("Ugo Blu", "ugo@scuola.example", do_not_contact=True)
    make_representative(member, silent)
    browser.post(f"{HERE}updates/new/", WORDS)
    assert "Somebody else has to approve it first" in step(browser, "publish")
    assert "Somebody else has to read" in step(browser, "approve")
    step(second, "approve")
    assert "mailed to 1 person" in step(browser, "publish")
    assert [mail.to for mail in OutboxMail.objects.all()] == ["anna@scuola.example"]
    assert "The van broke" in OutboxMail.objects.get().text
    assert "published already" in step(browser, "publish")
    assert OutboxMail.objects.count() == 1
    for note in ("It was the bus", "It was neither"):
        browser.post(f"{HERE}updates/1/correct/", {"note": note})
    step(browser, "withdraw")
    told = [(mail.to, mail.subject, mail.text) for mail in OutboxMail.objects.order_by("pk")[1:]]
    assert {to for to, _subject, _text in told} == {OutboxMail.objects.first().to}
    assert [subject for _to, subject, _text in told] == [
        "Own: corrected: Autumn", "Own: corrected: Autumn", "Own: withdrawn: Autumn"
    ]  # fmt: skip
    assert ["It was the bus" in told[0][2], "It was the bus" in told[1][2], "do not rely" in told[2][2]] == [
        True, False, True
    ]  # fmt: skip


def test_what_is_not_going_well_has_to_be_said(partnership, browser):
    assert browser.post(f"{HERE}updates/new/", {**WORDS, "not_going_well": " "}).status_code == 422
    sent = {**WORDS, "not_going_well": ""}
    assert browser.post(API, sent, content_type="application/json").status_code == 400
    assert not Update.objects.exists()


def test_reworded_after_approval_it_has_to_be_approved_again(partnership, browser, second):
    browser.post(f"{HERE}updates/new/", WORDS)
    step(second, "approve")
    browser.post(f"{HERE}updates/1/edit/", {**WORDS, "title": "Winter"})
    assert (Update.objects.get().state, Update.objects.get().title) == ("draft", "Winter")


def test_partners_read_what_was_told_and_neither_drafts_nor_withdrawn_words(
    partnership, member, browser, second, signed_in_as
):
    partner = signed_in_as(make_partner(member))
    browser.post(f"{HERE}updates/new/", WORDS)
    assert partner.get(f"{HERE}updates/1/").status_code == 404
    assert partner.get(f"{API}1/").status_code == 404
    step(second, "approve")
    step(browser, "publish")
    assert "The van broke" in partner.get(f"{HERE}updates/1/").content.decode()
    browser.post(f"{HERE}updates/1/correct/", {"note": "It was the bus"})
    browser.post(f"{HERE}updates/1/correct/", {"note": "It was neither"})
    page = partner.get(f"{HERE}updates/1/").content.decode()
    assert 0 < page.index("It was neither") < page.index("It was the bus")
    assert partner.get(f"{API}1/").json()["earlier_corrections"][0]["note"] == "It was the bus"
    step(browser, "withdraw")
    assert partner.get(f"{API}1/").json()["earlier_corrections"] == []
    gone = partner.get(f"{HERE}updates/1/").content.decode()
    assert "was withdrawn" in gone
    assert "The van broke" not in gone
    assert partner.get(f"{API}1/").json()["not_going_well"] == ""
    assert browser.post(f"{HERE}updates/1/edit/", WORDS).status_code == 422
    assert partner.post(f"{HERE}updates/1/step/", {"step": "publish"}).status_code == 403


def test_mails_are_stopped_in_one_click_and_a_look_changes_nothing(partnership, anna, browser, client, second):
    browser.post(f"{HERE}updates/new/", WORDS)
    step(second, "approve")
    step(browser, "publish")
    path = re.search(r"/\w/borgo/updates/[\w-]+/", OutboxMail.objects.get().unsubscribe_url)[0]
    client.get(path)
    assert not UpdateStop.objects.exists()
    client.post(path, {"List-Unsubscribe": "One-Click"})
    assert UpdateStop.objects.get().person == anna
    browser.post(f"{HERE}updates/new/", WORDS)
    step(second, "approve", 2)
    assert "mailed to 0 people" in step(browser, "publish", 2)
    client.post(path, {"again": "1"})
    assert not UpdateStop.objects.exists()


def test_update_begins_with_the_facts_its_readers_may_know(partnership, member, browser):
    today = timezone.localdate()
    for title, level in (("Paint the hall", Visibility.PARTNERS), ("Talk to the bank", Visibility.COORDINATION)):
        done = make_task(partnership, title, state="done", member=member)
        done.finished_on, done.visibility = today - timedelta(days=3), level
        done.save()
    task = make_task(partnership, "Mend the roof", state="accepted", member=member)
    task.due_on, task.first_agreed_due_on = today + timedelta(days=9), today - timedelta(days=20)
    task.save()
    make_goal(partnership)
    found = update_from_data(partnership=partnership, level=Visibility.PARTNERS, today=today)
    assert "Paint the hall" in found["went_well"]
    assert "bank" not in found["went_well"]
    assert "Mend the roof" in found["not_going_well"]
    assert "Mend the roof" in found["next_dates"]
    assert "Paint the hall" in browser.get(f"{HERE}updates/new/?from=data").content.decode()


def test_silence_longer_than_agreed_is_told_to_coordination_only(
    partnership, member, coordinator, browser, signed_in_as
):
    today = timezone.localdate()
    Partnership.objects.update(state="active", rhythm="quarterly", starts_on=today - timedelta(days=100))
    Partnership.objects.update(created_at=timezone.now() - timedelta(days=100))
    partnership.refresh_from_db()
    assert missed_rhythm_of(partnership, today=today) is None
    browser.post(f"{HERE}communication/new/", {"who": "Parents", "audience": 2, "purpose": "News", "rhythm": "monthly"})
    assert missed_rhythm_of(partnership, today=today).days == 100
    assert "longer than agreed" in browser.get(f"{HERE}updates/").content.decode()
    partner = signed_in_as(make_partner(member))
    assert "longer than agreed" not in partner.get(f"{HERE}updates/").content.decode()
    update = write_update(partnership=partnership, by=coordinator, **WORDS)
    Update.objects.filter(pk=update.pk).update(state="published", published_on=today - timedelta(days=40))
    assert missed_rhythm_of(partnership, today=today) is None


def test_what_is_told_to_some_ends_the_silence_towards_these_only(partnership, coordinator, browser):
    today = timezone.localdate()
    Partnership.objects.update(state="active", rhythm="", starts_on=today - timedelta(days=100))
    Partnership.objects.update(created_at=timezone.now() - timedelta(days=100))
    for who, audience in (("Parents", 2), ("Foundation", 3), ("Town", 4)):
        line = {"who": who, "audience": audience, "purpose": "News", "rhythm": "monthly"}
        browser.post(f"{HERE}communication/new/", line)

    def tell(audience, days):
        update = write_update(partnership=partnership, by=coordinator, **{**WORDS, "visibility": audience})
        Update.objects.filter(pk=update.pk).update(state="published", published_on=today - timedelta(days=days))
        missed = missed_rhythm_of(Partnership.objects.get(), today=today)
        return missed and (missed.audience, missed.days)

    assert tell(2, 10) == ("Funders", 100)
    assert tell(3, 20) == ("Everyone", 100)
    # What everybody reads funders and partners read as well.
    assert tell(4, 5) is None
    assert "nothing was told" not in browser.get(f"{HERE}updates/").content.decode()


def test_plan_is_kept_by_coordination_and_read_by_partners(partnership, member, browser, signed_in_as):
    line = {"who": "Parents", "audience": 2, "purpose": "News", "owner": str(member.pk), "feedback_route": "By phone"}
    assert browser.post(f"{HERE}communication/new/", {**line, "who": ""}).status_code == 422
    browser.post(f"{HERE}communication/new/", line)
    kept = CommunicationLine.objects.get()
    assert kept.owner == member
    browser.post(f"{HERE}communication/{kept.pk}/edit/", {**line, "who": "Grandparents", "owner": ""})
    partner = signed_in_as(make_partner(member))
    assert "Grandparents" in partner.get(f"{HERE}communication/").content.decode()
    assert partner.post(f"{HERE}communication/{kept.pk}/remove/").status_code == 403
    browser.post(f"{HERE}communication/{kept.pk}/remove/")
    assert not CommunicationLine.objects.exists()


def test_api_writes_and_steps_with_the_same_rules(partnership, browser, second):
    assert browser.post(API, WORDS, content_type="application/json").status_code == 201
    at = f"{API}1/step/"
    assert browser.post(at, {"step": "approve"}, content_type="application/json").status_code == 409
    assert second.post(at, {"step": "approve"}, content_type="application/json").json()["state"] == "approved"
    assert browser.post(at, {"step": "publish"}, content_type="application/json").json()["state"] == "published"
    assert browser.post(at, {"step": "correct"}, content_type="application/json").status_code == 400
    assert browser.patch(f"{API}1/", {"title": "No"}, content_type="application/json").status_code == 409
    plan = "/s/borgo/api/v1/partnerships/own/communication/"
    sent = {"audience": 2, "who": "Parents", "purpose": "News"}
    assert browser.post(plan, sent, content_type="application/json").status_code == 201
    assert browser.get(plan).json()["results"][0]["who"] == "Parents"
