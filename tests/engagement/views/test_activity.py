import uuid
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from core.access.roles import Role
from core.models import OutboxMail
from core.queries.tenant import tenant_at_work
from engagement.models import ActivityRegistration, CardCount, EngagementActivity, RegistrationNeed
from engagement.operations.activity import hold_activity
from engagement.operations.activity_day import (
    choose_communities,
    count_card,
    forget_access_needs,
    remind_registered,
)
from engagement.operations.activity_retention import due_registrations, forget_registrations
from engagement.queries.activity_registration import card_sheets
from engagement.rules.activity_day import shows_cards
from engagement.rules.door_code import door_code_of
from tests.factories.activities import announce, begin, come, make_registration, plan
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership, make_theme
from tests.factories.representation import make_profile

LIST = "/s/borgo/partnerships/orti/activities/"
State = EngagementActivity.State
FORM = {
    "title": "Walk through the park",
    "kind": "walk",
    "question": "Where is it dark?",
    "level": "3",
    "what_is_open": "Lamps",
    "what_is_fixed": "",
    "day": "2027-06-01",
    "begins": "17:00",
    "ends": "19:00",
    "hours_to_accept": "48",
    "step_free": "yes",
    "takes_registrations": "on",
    "budget": "120.50",
}


@pytest.fixture
def orti(space):
    return make_public_partnership()


@pytest.fixture
def browser(coordinator, signed_in_as):
    """The coordinator at work."""
    return signed_in_as(coordinator)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_statements_for_one_and_three_rows(orti, browser, statements, count):
    for _number in range(count):
        plan(orti)
    with statements() as found:
        answer = browser.get(LIST)
    assert answer.content.decode().count('scope="row"') == count
    assert len(found) == 4


def test_partner_reads_what_was_announced_and_changes_nothing(orti, coordinator, signed_in_as):
    planned, announced = plan(orti, title="DRAFT"), announce(orti, coordinator, title="Told")
    browser = signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_MEMBER, scope=orti.scope))
    html = browser.get(LIST).content
    assert b"Told" in html
    assert b"DRAFT" not in html
    assert browser.get(f"{LIST}{announced.number}/").status_code == 200
    assert browser.get(f"{LIST}{planned.number}/").status_code == 404
    for action in ("edit", "announce", "held", "summary", "words", "answer", "close", "cancel", "cards"):
        assert browser.post(f"{LIST}{announced.number}/{action}/", FORM).status_code == 403
    for page in ("registrations", "door"):
        assert browser.get(f"{LIST}{announced.number}/{page}/").status_code == 403


def test_activity_of_the_neighbour_is_the_same_404_as_none(orti, browser, in_neighbour):
    in_neighbour(lambda: plan(make_public_partnership("altro"), title="CANARY"))
    for slug, number in (("altro", 1), ("orti", 1), ("nobody", 9)):
        for page in ("", "edit/", "registrations/", "door/", "cards/"):
            assert browser.get(f"/s/borgo/partnerships/{slug}/activities/{number}/{page}").status_code == 404


def test_activity_is_planned_changed_and_keeps_what_was_typed_when_refused(orti, browser):
    bad = browser.post(f"{LIST}new/", {**FORM, "ends": "16:00", "languages": "Arabic"})
    assert bad.status_code == 422
    assert b'value="Arabic"' in bad.content
    answer = browser.post(f"{LIST}new/", FORM)
    activity = EngagementActivity.objects.get()
    assert answer["Location"] == f"{LIST}{activity.number}/"
    assert (activity.level, activity.budget_cents, activity.step_free) == (3, 12050, "yes")
    assert timezone.localtime(activity.starts_at, ZoneInfo("Europe/Rome")).hour == 17
    form = browser.get(f"{LIST}1/edit/").content.decode()
    assert 'value="2027-06-01"' in form
    assert 'value="120.5"' in form
    browser.post(f"{LIST}1/edit/", {**FORM, "title": "Walk at night", "day": "", "begins": "", "ends": ""})
    activity.refresh_from_db()
    assert (activity.title, activity.starts_at) == ("Walk at night", None)
    half = browser.post(f"{LIST}1/edit/", {**FORM, "ends": ""})
    assert half.status_code == 422


def test_whole_life_is_walked_from_the_page(orti, coordinator, browser, client):
    plan(orti)
    page = f"{LIST}1/"
    assert b"Announce it" in browser.get(page).content
    browser.post(f"{page}announce/")
    activity = EngagementActivity.objects.get()
    assert activity.state == State.ANNOUNCED
    begin(activity)
    browser.post(f"{page}held/", {"head_count": "40"})
    assert browser.post(f"{page}summary/", {"summary": "Light"}).status_code == 422
    browser.post(f"{page}summary/", {"summary": "Light <b>now</b>", "names_checked": "on"})
    assert browser.post(f"{page}words/", {"words": "So dark"}).status_code == 422
    browser.post(f"{page}words/", {"words": "So dark", "has_consent": "on"})
    theme = make_theme(orti, outcome="not_possible", answer_en="No", published_on=timezone.localdate())
    draft = make_theme(orti, "DRAFT")
    assert browser.post(f"{page}answer/", {"theme": str(draft.pk)}).status_code == 422
    browser.post(f"{page}answer/", {"theme": str(theme.pk)})
    html = client.get("/p/borgo/orti/activities/1/").content.decode()
    assert "Light &lt;b&gt;now&lt;/b&gt;" in html
    assert "So dark" in html
    assert "40 people came" in html
    assert "The park is dark" in html
    quote = activity.quotes.get()
    browser.post(f"{page}words/{quote.pk}/remove/")
    assert "So dark" not in client.get("/p/borgo/orti/activities/1/").content.decode()
    browser.post(f"{page}close/")
    activity.refresh_from_db()
    assert activity.state == State.CLOSED


def test_loop_stays_open_on_the_page_without_an_answer(orti, coordinator, browser):
    activity = announce(orti, coordinator)
    EngagementActivity.objects.filter(pk=activity.pk).update(state=State.ANSWERED)
    answer = browser.post(f"{LIST}1/close/", follow=True)
    assert b"Name the published answer" in answer.content
    activity.refresh_from_db()
    assert activity.state == State.ANSWERED


def test_hostile_input_is_refused_or_shown_as_typed(orti, browser):
    assert browser.post(f"{LIST}new/", {**FORM, "title": "a\x00b"}).status_code == 422
    assert browser.post(f"{LIST}new/", {**FORM, "question": "x" * 400}).status_code == 422
    assert browser.post(f"{LIST}new/", {**FORM, "capacity": "-1"}).status_code == 422
    assert browser.post(f"{LIST}new/", {**FORM, "budget": "1e999"}).status_code == 422
    browser.post(f"{LIST}new/", {**FORM, "title": "<script>{{x}}</script>"})
    assert b"&lt;script&gt;{{x}}&lt;/script&gt;" in browser.get(LIST).content


@pytest.fixture
def today(orti, coordinator):
    """An activity that began an hour ago, with one of two who came."""
    activity = announce(orti, coordinator, capacity=10)
    come(activity, name="Rosa Bianchi", people=3, access_needs="A place in front")
    come(activity, name="Ahmed Saïdi")
    return begin(activity)


def test_door_finds_by_code_and_part_of_a_name_and_a_slip_is_undone(today, browser):
    rosa, ahmed = today.registrations.order_by("position")
    door = f"{LIST}1/door/"
    assert b"0 of 4 are in" in browser.get(door).content
    by_code = browser.get(door, {"search": door_code_of(ahmed.pk).lower()}).content.decode()
    assert "Ahmed" in by_code
    assert "Rosa" not in by_code
    assert "Ahmed" in browser.get(door, {"search": "saidi"}).content.decode()
    assert b"Nobody is on the list" in browser.get(door, {"search": "ZZZ"}).content
    browser.post(f"{LIST}1/registrations/{rosa.pk}/in/", {"people": "2"})
    assert b"2 of 4 are in" in browser.get(door).content
    browser.post(f"{LIST}1/registrations/{rosa.pk}/in/", {"people": "99"})
    rosa.refresh_from_db()
    assert rosa.people_came == 2
    browser.post(f"{LIST}1/registrations/{rosa.pk}/out/")
    rosa.refresh_from_db()
    assert rosa.people_came is None
    assert b"A place in front" in browser.get(f"{LIST}1/registrations/").content


def test_door_is_closed_long_before_and_to_who_only_waits(orti, coordinator, browser):
    activity = announce(orti, coordinator, capacity=1)
    going, waiting = make_registration(activity), make_registration(activity)
    browser.post(f"{LIST}1/registrations/{going.pk}/in/", {"people": "1"})
    begin(activity)
    browser.post(f"{LIST}1/registrations/{waiting.pk}/in/", {"people": "1"})
    assert not ActivityRegistration.objects.filter(people_came__isnull=False).exists()


def test_staff_accept_and_cancel_for_somebody_who_called(orti, coordinator, browser):
    activity = announce(orti, coordinator, capacity=1)
    first, second = make_registration(activity), make_registration(activity, email="", phone="055 1")
    browser.post(f"{LIST}1/registrations/{first.pk}/cancel/")
    assert b"Call: a place is free" in browser.get(f"{LIST}1/registrations/").content
    browser.post(f"{LIST}1/registrations/{second.pk}/accept/")
    second.refresh_from_db()
    assert second.state == ActivityRegistration.State.GOING


@pytest.mark.parametrize("count", [1, 3])
def test_lists_of_people_cost_the_same_statements_for_one_and_three(orti, coordinator, browser, statements, count):
    activity = announce(orti, coordinator)
    for _number in range(count):
        come(activity, access_needs="Ramp")
    with statements() as found:
        answer = browser.get(f"{LIST}1/registrations/")
    assert answer.content.decode().count("Ramp") == count
    assert len(found) == 8
    with statements() as found:
        browser.get(f"{LIST}1/door/")
    assert len(found) == 7


def test_day_before_everybody_who_comes_is_reminded_once(orti, coordinator):
    activity = announce(orti, coordinator, capacity=1)
    come(activity)
    come(activity)
    OutboxMail.objects.all().delete()
    day = timezone.localdate(activity.starts_at)
    assert remind_registered(today=day - timedelta(days=2)) == 0
    assert remind_registered(today=day - timedelta(days=1)) == 1
    assert remind_registered(today=day - timedelta(days=1)) == 0
    assert "Tomorrow" in OutboxMail.objects.get().subject


def test_needs_go_the_day_after_and_contacts_some_time_after_closing(today):
    # The space's own day: late in the evening another one than in UTC.
    day = timezone.localdate(today.ends_at, ZoneInfo(tenant_at_work().time_zone))
    assert forget_access_needs(today=day) == 0
    assert RegistrationNeed.objects.count() == 1
    assert forget_access_needs(today=day + timedelta(days=1)) == 1
    assert due_registrations(day) == 0
    EngagementActivity.objects.filter(pk=today.pk).update(state=State.CLOSED, closed_on=day)
    assert due_registrations(day - timedelta(days=1)) == 0
    assert forget_registrations(day) == 2
    assert forget_registrations(day) == 0
    assert not ActivityRegistration.objects.exclude(name="", email="", phone="").exists()
    assert not OutboxMail.objects.exclude(to="").exists()


def test_cards_are_counts_alone_and_told_from_twenty_on_once_closed(today, coordinator, browser, client):
    profile = make_profile()
    browser.post(f"{LIST}1/cards/", {"age": str(profile.pk), "area": ""})
    assert CardCount.objects.count() == 4
    for number in range(19):
        count_card(activity=today, said={"age_band": 1 + number % 2}, sent_from=f"10.0.{number}.0/24")
    assert card_sheets(today)[0].rows == ()
    count_card(activity=today, said={"age_band": 4}, sent_from="10.1.0.0/24")
    (sheet,) = card_sheets(today)
    assert (sheet.cards, [row.label for row in sheet.rows]) == (20, ["Under 30", "30-64", "65 and over"])
    held = hold_activity(activity=today, head_count=30, by=coordinator)
    assert not shows_cards(held, now=timezone.now())
    assert b"Under 30" not in browser.get(f"{LIST}1/").content
    assert shows_cards(held, now=timezone.now() + timedelta(days=3))
    EngagementActivity.objects.filter(pk=today.pk).update(state=State.SUMMARISED)
    html = browser.get(f"{LIST}1/").content.decode()
    assert "Under 30" in html
    assert "65 and over" in html
    assert browser.post(f"{LIST}1/cards/", {"age": "", "area": ""}).status_code == 422


def test_small_counts_on_cards_are_not_told(today, coordinator):
    choose_communities(activity=today, age=make_profile(), area=None, by=coordinator)
    CardCount.objects.filter(position=1).update(count=18)
    CardCount.objects.filter(position=2).update(count=2)
    words = {row.label: row.words for row in card_sheets(today)[0].rows}
    assert "2 of 20" not in " ".join(words.values())


def test_activity_stands_in_the_partnerships_calendar(orti, coordinator, browser):
    announce(orti, coordinator, title="Park day")
    plan(orti, title="Not told")
    text = browser.get("/s/borgo/partnerships/orti/tasks/calendar/download/").content.decode()
    assert "SUMMARY:Park day" in text
    assert "Not told" not in text


def test_registration_of_another_activity_is_the_same_404_as_none(orti, coordinator, browser, in_neighbour):
    announce(orti, coordinator)
    elsewhere = make_registration(announce(orti, coordinator))
    foreign = in_neighbour(
        lambda: make_registration(
            announce(make_public_partnership("x"), make_user("z@x.example", role=Role.COORDINATOR))
        )
    )
    for one in (elsewhere.pk, foreign.pk, uuid.uuid4()):
        for action in ("accept", "cancel", "in", "out"):
            assert browser.post(f"{LIST}1/registrations/{one}/{action}/", {"people": "1"}).status_code == 404
