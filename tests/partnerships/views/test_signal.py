"""Early signs as pages and in the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.access.roles import Role
from core.access.visibility import Visibility
from core.queries.viewer import viewer_for
from partnerships.models import Partnership, Signal, Task
from partnerships.operations.signal import dismiss_signal
from partnerships.queries.signal import raised_signals
from tests.factories.core import make_user
from tests.factories.partnerships import make_agreement, make_member, make_partner, make_partnership, make_task

HERE = "/s/borgo/partnerships/own/signals/"
API = "/s/borgo/api/v1/partnerships/own/signals/"


@pytest.fixture
def partnership(space, coordinator):
    return make_partnership("own", mode="full", coordinator=coordinator)


@pytest.fixture
def member(partnership):
    return make_member(partnership, "Scuola", state="member")


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def sign(partnership, code="deputy_missing", **fields):
    return Signal.objects.create(partnership=partnership, code=code, raised_on=timezone.localdate(), **fields)


def missed(partnership, member, meetings=3):
    return sign(partnership, "member_absent", about_id=member.pk, facts={"meetings": meetings})


def text(answer):
    return " ".join(answer.content.decode().split())


def test_page_says_what_was_found_how_and_what_helps(partnership, member, coordinator, browser):
    missed(partnership, member)
    page = text(browser.get(HERE))
    assert "Scuola was missed at the last 3 meetings." in page
    assert "Nobody who speaks for a member was at the last three meetings it was asked to." in page
    assert "Have whoever knows them best call them." in page
    coordinator.language = "it"
    coordinator.save()
    assert "Scuola è mancato alle ultime 3 riunioni." in text(browser.get(HERE))


def test_empty_page_says_what_belongs_there(partnership, browser):
    assert "Nothing to see now" in text(browser.get(HERE))


def test_look_again_raises_and_clears(partnership, browser):
    Partnership.objects.update(state="active")
    assert "1 new, 0 over" in text(browser.post(f"{HERE}look/", follow=True))
    Partnership.objects.update(coordinator=None)
    page = text(browser.post(f"{HERE}look/", follow=True))
    assert "0 new, 1 over" in page
    assert "1 is over" in page


def test_seen_action_with_task_and_dismissal(partnership, member, browser):
    signal = missed(partnership, member)
    here = f"{HERE}{signal.pk}/step/"
    browser.post(here, {"step": "seen"})
    assert Signal.objects.get().state == "seen"
    answer = browser.post(here, {"step": "choose", "action": " "})
    assert answer.status_code == 422
    form = {"step": "choose", "action": "Call them", "as_task": "on", "member": str(member.pk), "due_on": "2099-01-01"}
    page = text(browser.post(here, form, follow=True))
    assert (Signal.objects.get().task, Task.objects.get().member) == (Task.objects.get(), member)
    assert "Task 1: Proposed" in page
    assert browser.post(here, {"step": "dismiss", "reason": ""}).status_code == 422
    page = text(browser.post(here, {"step": "dismiss", "reason": "They are on leave"}, follow=True))
    assert "1 put aside" in page
    assert "They are on leave" in page
    assert browser.post(here, {"step": "sing"}).status_code == 400
    assert "put aside or over" in text(browser.post(here, {"step": "dismiss", "reason": "Again"}, follow=True))
    assert "put aside or over" in text(browser.post(here, {"step": "choose", "action": ""}, follow=True))


def test_light_page_shows_three_and_folds_the_rest(partnership, browser):
    Partnership.objects.update(mode="light")
    members = [make_member(partnership, f"School {number}", state="member") for number in range(5)]
    for member in members:
        missed(partnership, member)
    page = text(browser.get(HERE))
    assert "2 more signs" in page
    assert "Communication ·" not in page
    Partnership.objects.update(mode="full")
    assert "more sign" not in text(browser.get(HERE))


def test_new_signs_come_first_then_the_most_pressing(partnership, member, browser):
    sign(partnership, "residents_waiting", state="seen", facts={"overdue": 2, "due": 4, "percent": 50})
    missed(partnership, member)
    sign(partnership)
    page = text(browser.get(HERE))
    places = [page.index(words) for words in ("Nobody stands in", "was missed", "2 of 4 messages")]
    assert places == sorted(places)


def test_partner_sees_and_changes_nothing(partnership, member, signed_in_as):
    signal = missed(partnership, member)
    phone = signed_in_as(make_partner(member))
    page = text(phone.get(HERE))
    assert "was missed" in page
    assert "Put it aside" not in page
    assert phone.post(f"{HERE}{signal.pk}/step/", {"step": "seen"}).status_code == 403
    assert phone.post(f"{HERE}look/").status_code == 403
    assert phone.post(f"{API}look/").status_code == 403
    assert phone.post(f"{API}{signal.pk}/step/", {"step": "seen"}, content_type="application/json").status_code == 403
    stranger = make_partner(make_member(make_partnership("other"), "Stranger"), "s@stranger.example")
    assert signed_in_as(stranger).get(HERE).status_code == 404
    assert signed_in_as(stranger).get(API).status_code == 404


def test_signs_on_money_are_only_for_who_sees_money(partnership, member, browser, signed_in_as):
    sign(partnership, "funding_concentrated", facts={"sources": 1, "largest": 100})
    partner = signed_in_as(make_partner(member))
    evaluator = signed_in_as(make_user("eva@borgo.example", "Eva", role=Role.EVALUATOR))
    treasurer = signed_in_as(make_user("tom@borgo.example", "Tom", role=Role.TREASURER, scope=partnership.scope))
    for who, sees in ((partner, False), (evaluator, False), (treasurer, True), (browser, True)):
        assert ("from one source" in text(who.get(HERE))) is sees
        assert bool(who.get(API).json()["results"]) is sees
    elsewhere = make_partnership("other")
    far = make_user("far@borgo.example", "Far", role=Role.TREASURER, scope=elsewhere.scope)
    assert signed_in_as(far).get(HERE).status_code == 404


def test_sign_about_what_is_out_of_sight_is_not_shown(partnership, member, browser, signed_in_as):
    version = make_agreement(partnership, "Secret")
    version.state = "in_force"
    version.save()
    facts = {"days": 3, "on": "2026-12-01"}
    shown = sign(partnership, "agreement_ending", about_id=version.agreement_id, facts=facts)
    partner = signed_in_as(make_partner(member))
    assert "ends on" in text(partner.get(HERE))
    # Hidden after the last look, before the next.
    version.agreement.visibility = Visibility.COORDINATION
    version.agreement.save()
    assert "ends on" not in text(partner.get(HERE))
    assert partner.get(API).json()["results"] == []
    assert "ends on" in text(browser.get(HERE))
    Signal.objects.filter(pk=shown.pk).update(visibility=Visibility.COORDINATION)
    assert partner.get(API).json()["count"] == 0


def test_overview_names_three_and_leads_there(partnership, member, browser):
    missed(partnership, member)
    page = text(browser.get("/s/borgo/partnerships/own/channels/"))
    assert "was missed" in page
    assert f'href="{HERE}"' in page


def test_start_page_counts_new_signs_and_leads_to_them(partnership, member, coordinator, browser):
    missed(partnership, member)
    sign(partnership)
    for _number in range(3):
        make_task(partnership)
    sign(partnership, "rhythm_missed", facts={"days": 40}, state="seen")
    found = raised_signals(viewer_for(coordinator))
    assert (found.number, found.slug) == (2, "own")
    page = text(browser.get("/s/borgo/"))
    assert "2 new early signs" in page
    assert f'href="{HERE}"' in page
    sign(make_partnership("other"))
    assert (raised_signals(viewer_for(coordinator)).number, raised_signals(viewer_for(coordinator)).slug) == (3, "")
    assert raised_signals(viewer_for(make_partner(member))).number == 0


def test_api_lists_looks_and_acts_like_the_page(partnership, member, coordinator, browser):
    signal = missed(partnership, member)
    (found,) = browser.get(API).json()["results"]
    assert found["sentence"] == "Scuola was missed at the last 3 meetings."
    assert (found["about"], found["facts"], found["state"]) == ("Scuola", {"meetings": 3}, "raised")

    def step(**fields):
        return browser.post(f"{API}{signal.pk}/step/", fields, content_type="application/json")

    assert step(step="seen").json()["state"] == "seen"
    assert step(step="seen").status_code == 409
    assert step(step="choose", action="").status_code == 409
    chosen = step(step="choose", action="Call them", as_task=True, member_id=str(member.pk)).json()
    assert (chosen["state"], chosen["task_number"]) == ("action_chosen", 1)
    assert step(step="dismiss", reason="On leave").json()["dismissal_reason"] == "On leave"
    assert [one["id"] for one in browser.get(f"{API}?show=dismissed").json()["results"]] == [str(signal.pk)]
    assert browser.get(f"{API}?show=loud").status_code == 400
    Partnership.objects.update(state="active")
    looked = browser.post(f"{API}look/").json()
    assert looked == {"raised": 1, "raised_again": 0, "cleared": 1}
    assert len(browser.get(f"{API}?show=cleared").json()["results"]) == 1


def test_history_reaches_back_a_year(partnership, browser):
    today = timezone.localdate()
    old = sign(partnership, state="cleared", cleared_on=today - timedelta(days=367))
    assert "is over" not in text(browser.get(HERE))
    Signal.objects.filter(pk=old.pk).update(cleared_on=today - timedelta(days=366))
    assert "1 is over" in text(browser.get(HERE))


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_for_one_and_three(partnership, coordinator, browser, count, django_assert_num_queries):
    for number in range(count):
        member = make_member(partnership, f"School {number}", state="member")
        missed(partnership, member)
        aside = sign(partnership, "member_quiet", about_id=member.pk, facts={"days": 70})
        dismiss_signal(signal=aside, reason="On leave", by=coordinator)
        sign(partnership, "rhythm_missed", facts={"days": 70}, state="cleared", cleared_on=timezone.localdate())
    with django_assert_num_queries(PAGE_QUERIES):
        assert browser.get(HERE).status_code == 200


PAGE_QUERIES = 14
