"""Saying thank you."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.models import AccessLink, OutboxMail
from goals.models import Milestone
from partnerships.models import Commitment, Partnership, Recognition
from partnerships.queries.recognition import not_thanked_for_long, suggestions_from_data
from partnerships.rules.recognition import anniversary_of, can_make_public
from tests.factories.goals import make_goal
from tests.factories.partnerships import (
    make_commitment,
    make_member,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
    make_task,
)

HERE = "/s/borgo/partnerships/own/thanks/"
API = "/s/borgo/api/v1/partnerships/own/thanks/"


@pytest.fixture
def partnership(space):
    return make_partnership("own", mode=Partnership.Mode.FULL)


@pytest.fixture
def member(partnership):
    return make_member(partnership, "Scuola", state="member", joined_on=date(2020, 1, 15))


@pytest.fixture
def anna(member):
    return make_representative(member, make_person("Anna Neri", "anna@scuola.example"))


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def thank(browser, to, key="", reason="The hall"):
    return browser.post(f"{HERE}new/", {"to": to, "reason": reason, "text": "Warm and clean.", "key": key}, follow=True)


def mailed_link():
    return re.search(r"/\w/borgo/thanks/[\w-]+/", OutboxMail.objects.latest("id").text)[0]


def test_anniversary_counts_full_years_for_three_weeks():
    assert anniversary_of(date(2024, 11, 20), today=date(2026, 11, 30)) == (2, date(2026, 11, 20))
    assert anniversary_of(date(2024, 12, 20), today=date(2027, 1, 5)) == (2, date(2026, 12, 20))
    assert anniversary_of(date(2024, 2, 29), today=date(2025, 3, 2)) == (1, date(2025, 3, 1))
    for joined_on, today in ((date(2026, 11, 20), date(2026, 11, 30)), (date(2024, 12, 2), date(2026, 11, 30))):
        assert anniversary_of(joined_on, today=today) is None


def test_only_what_was_given_with_consent_becomes_public():
    def allowed(state, consent):
        return can_make_public(Recognition(tenant_id=1, state=state, consent=consent)).allowed

    assert allowed("given", "yes")
    assert not any([allowed("given", ""), allowed("given", "no"), allowed("suggested", "yes")])


def test_data_suggests_promises_kept_milestones_and_years_once(partnership, member, browser):
    today = timezone.localdate()
    member.joined_on = today.replace(year=today.year - 2) - timedelta(days=2)
    member.save()
    kept = make_task(partnership, "Mend the roof", state="done", member=member)
    late = make_task(partnership, "Mow the lawn", state="done", member=member)
    for task, days in ((kept, 1), (late, -1)):
        task.finished_on, task.first_agreed_due_on = today - timedelta(days=5), today - timedelta(days=5 - days)
        task.save()
    goal = make_goal(partnership, owner_member=member)
    Milestone.objects.create(
        goal=goal, title_en="Twenty doors", due_on=today, first_due_on=today, reached_on=today - timedelta(days=1)
    )
    found = [reason.what for reason in suggestions_from_data(partnership, today=today)]
    assert found == [
        "Reached the milestone: Twenty doors",
        "2 years in the partnership",
        "Kept its promise: Mend the roof",
    ]
    page = browser.get(HERE).content.decode()
    assert "Mend the roof" in page
    form = browser.get(f"{HERE}new/?key=task:{kept.pk}").content.decode()
    assert "Kept its promise: Mend the roof" in form
    thank(browser, f"m:{member.pk}", key=f"task:{kept.pk}")
    given = Recognition.objects.get()
    assert (given.source_key, given.evidence_url[-8:]) == (f"task:{kept.pk}", "tasks/1/")
    browser.post(f"{HERE}dismiss/", {"key": f"joined:{member.pk}:2"})
    browser.post(f"{HERE}dismiss/", {"key": "joined:nobody"})
    assert len(suggestions_from_data(partnership, today=today)) == 1


def test_thanks_mails_one_person_who_consents_by_link_before_it_is_public(partnership, member, anna, browser, client):
    make_representative(member, make_person("Ugo Blu", "ugo@scuola.example"), can_commit=False)
    thank(browser, f"m:{member.pk}")
    given = Recognition.objects.get()
    assert [mail.to for mail in OutboxMail.objects.all()] == ["anna@scuola.example"]
    assert "Warm and clean." in OutboxMail.objects.get().text
    browser.post(f"{HERE}{given.pk}/step/", {"step": "publish"})
    given.refresh_from_db()
    assert given.state == "given"
    path = mailed_link()
    client.get(path)
    given.refresh_from_db()
    assert given.consent == ""
    assert "May be shown to everybody" in client.post(path, {"answer": "yes"}).content.decode()
    browser.post(f"{HERE}{given.pk}/step/", {"step": "publish"})
    given.refresh_from_db()
    assert (given.state, given.published_on) == ("published", timezone.localdate())
    client.post(path, {"answer": "yes"})
    given.refresh_from_db()
    assert given.state == "published"
    client.post(path, {"answer": "no"})
    given.refresh_from_db()
    assert (given.consent, given.state, given.published_on) == ("no", "given", None)


def test_expired_link_is_mailed_anew_to_the_same_person(member, anna, browser, client):
    thank(browser, f"p:{anna.pk}")
    path = mailed_link()
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert client.get(path).status_code == 410
    client.post(f"{path}renew/")
    assert client.get(mailed_link()).status_code == 200
    assert OutboxMail.objects.count() == 2


def test_partner_suggests_and_answers_for_its_own_only(partnership, member, browser, signed_in_as):
    other = make_member(partnership, "Comune", state="member")
    partner, stranger = signed_in_as(make_partner(member)), signed_in_as(make_partner(other, "b@x.example"))
    thank(partner, f"m:{other.pk}")
    suggested = Recognition.objects.get()
    assert suggested.state == "suggested"
    assert not OutboxMail.objects.exists()
    assert "The hall" not in stranger.get(HERE).content.decode()
    assert partner.post(f"{HERE}{suggested.pk}/step/", {"step": "give"}).status_code == 403
    browser.post(f"{HERE}{suggested.pk}/step/", {"step": "give"})
    assert "The hall" in stranger.get(HERE).content.decode()
    assert partner.post(f"{HERE}{suggested.pk}/consent/", {"answer": "yes"}).status_code == 404
    stranger.post(f"{HERE}{suggested.pk}/consent/", {"answer": "no"})
    suggested.refresh_from_db()
    assert suggested.consent == "no"


def test_who_got_no_thanks_for_six_months_is_named_by_name(partnership, member, anna, browser):
    make_member(partnership, "Zoo", state="member", joined_on=date(2021, 1, 1))
    make_member(partnership, "Avis", state="member", joined_on=date(2022, 1, 1))
    make_member(partnership, "New", state="member", joined_on=timezone.localdate())
    today = timezone.localdate()
    assert not_thanked_for_long(partnership, today=today) == ["Avis", "Scuola", "Zoo"]
    thank(browser, f"p:{anna.pk}")
    assert not_thanked_for_long(partnership, today=today) == ["Avis", "Zoo"]
    assert not_thanked_for_long(partnership, today=today + timedelta(days=184)) == ["Avis", "New", "Scuola", "Zoo"]


def test_nobody_outside_is_thanked_and_bad_input_is_refused(partnership, member, browser):
    stranger = make_person("Eva Rosa", "eva@x.example")
    assert thank(browser, f"p:{stranger.pk}").status_code == 422
    assert thank(browser, f"m:{member.pk}", reason="").status_code == 422
    assert browser.post(API, {"reason": "x"}, content_type="application/json").status_code == 409
    assert not Recognition.objects.exists()


def test_api_suggests_gives_and_needs_consent(partnership, member, browser, signed_in_as):
    partner = signed_in_as(make_partner(member))
    sent = {"member_id": str(member.pk), "reason": "The hall"}
    made = partner.post(API, sent, content_type="application/json")
    assert made.status_code == 201
    at = f"{API}{made.json()['id']}/step/"
    assert partner.post(at, {"step": "give"}, content_type="application/json").status_code == 403
    assert browser.post(at, {"step": "give"}, content_type="application/json").json()["state"] == "given"
    assert browser.post(at, {"step": "publish"}, content_type="application/json").status_code == 409
    assert [row["to"] for row in partner.get(API).json()["results"]] == ["Scuola"]


def test_overview_card_tells_partners_no_suggestions(partnership, member, browser, signed_in_as):
    partner = signed_in_as(make_partner(member))
    thank(partner, f"m:{member.pk}")
    card = "/s/borgo/partnerships/own/channels/"
    assert "1 reason to say thank you" in browser.get(card).content.decode()
    assert "reason to say" not in partner.get(card).content.decode()
    assert card in partner.get("/s/borgo/partnerships/own/").content.decode()


def test_promise_of_the_ledger_kept_in_time_is_worth_a_thank_you(partnership, member, browser):
    today = timezone.localdate()
    kept = {"state": "kept", "kept_on": today - timedelta(days=2), "due_on": today}
    make_commitment(member, "Lend the van", **kept)
    late = make_commitment(member, "Bring the keys", **kept)
    Commitment.objects.update(first_agreed_on=today)
    Commitment.objects.filter(pk=late.pk).update(first_agreed_on=today - timedelta(days=5))
    make_commitment(member, "Open the hall", due_on=today)
    found = [one for one in suggestions_from_data(partnership, today=today) if one.key.startswith("commitment:")]
    assert [(one.what, one.to) for one in found] == [("Kept its promise: Lend the van", "Scuola")]
    thank(browser, f"m:{member.pk}", key=found[0].key)
    assert not [one for one in suggestions_from_data(partnership, today=today) if one.key == found[0].key]
