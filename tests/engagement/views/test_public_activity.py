import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from ical.calendar_stream import IcsCalendarStream

from core.models import OutboxMail
from engagement.models import ActivityRegistration, CardCount, EngagementActivity
from engagement.operations.activity import cancel_activity
from engagement.operations.activity_day import choose_communities
from engagement.operations.activity_registration import cancel_registration
from engagement.rules.stamp import new_stamp
from tests.factories.activities import announce, begin, come, make_registration, plan
from tests.factories.engagement import make_public_partnership, use_up
from tests.factories.partnerships import make_partnership
from tests.factories.representation import make_profile

PAGE = "/p/borgo/orti/activities/1/"
LINK = re.compile(r"http://[^/]+(/l/borgo/activity/[\w-]+/)")
State = ActivityRegistration.State


@pytest.fixture
def activity(space, coordinator):
    return announce(
        make_public_partnership(), coordinator, capacity=2, title='Park </script> "day"', languages="Arabic",
        has_childcare=True, online_link="https://meet.example/secret",
    )  # fmt: skip


@pytest.fixture
def filled(activity):
    """A form as a person sends it a minute after opening the page."""
    return {
        "name": "Rosa",
        "email": "Rosa@Example.org",
        "people": "2",
        "is_old_enough": "on",
        "consent": "on",
        "stamp": new_stamp(activity.pk, now=datetime.now(tz=UTC) - timedelta(minutes=1)),
    }


def test_page_says_promise_open_fixed_access_and_where_to_register(activity, client, settings):
    answer = client.get(PAGE)
    html = answer.content.decode()
    assert "We ask, we answer every theme, and we say what we did with it." in html
    assert "Places of benches and lamps" in html
    assert "Somebody looks after children." in html
    assert "2 places are free." in html
    assert "meet.example" not in html
    assert len(answer.content) < 30_000
    assert list(answer.cookies) == []
    italian = client.get(PAGE, {"lang": "it"}).content.decode()
    assert "Chiediamo, rispondiamo a ogni tema e diciamo che cosa ne abbiamo fatto." in italian


def test_event_is_readable_for_programs_and_ends_no_script(activity, client):
    html = client.get(PAGE).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1]
    event = json.loads(found)
    assert (event["@type"], event["name"]) == ("Event", 'Park </script> "day"')
    assert event["location"][0]["name"] == "Library"
    assert event["eventStatus"].endswith("EventScheduled")


def test_calendar_file_is_read_by_a_strict_reader(activity, client):
    answer = client.get(f"{PAGE}calendar/download/")
    (event,) = IcsCalendarStream.calendar_from_ics(answer.content.decode()).events
    assert event.summary == 'Park </script> "day"'
    assert event.dtstart == activity.starts_at.replace(microsecond=0)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"


def test_what_is_not_announced_or_not_public_does_not_exist(activity, coordinator, client):
    plan(activity.partnership)
    announce(make_partnership("chiusa"), coordinator)
    for path in ("orti/activities/2/", "chiusa/activities/1/", "orti/activities/9/", "nobody/activities/1/"):
        for page in ("", "register/", "calendar/download/", "card/"):
            assert client.get(f"/p/borgo/{path}{page}").status_code == 404


def test_partnerships_page_lists_what_people_can_come_to(activity, client):
    assert PAGE in client.get("/p/borgo/orti/").content.decode()
    begin(activity)
    assert PAGE not in client.get("/p/borgo/orti/").content.decode()


def test_register_page_costs_few_statements_and_sets_no_cookie_but_its_own(activity, client, statements, settings):
    with statements() as found:
        answer = client.get(f"{PAGE}register/")
    assert len(found) == 3
    assert list(answer.cookies) == [settings.CSRF_COOKIE_NAME]
    html = answer.content.decode()
    assert "Who is responsible" in html
    assert " checked" not in html.split("id_consent")[1][:80]
    assert len(answer.content) < 30_000


def test_registering_by_mail_then_cancelling_with_the_link(activity, filled, client):
    answer = client.post(f"{PAGE}register/", filled)
    assert answer.status_code == 200
    assert b"Look into your mail" in answer.content
    registration = ActivityRegistration.objects.get()
    assert (registration.email, registration.people, registration.state) == ("rosa@example.org", 2, State.GOING)
    path = LINK.search(OutboxMail.objects.get().text)[1]
    page = client.get(path)
    assert b"You have a place" in page.content
    assert b"meet.example/secret" in page.content
    registration.refresh_from_db()
    assert registration.state == State.GOING
    client.post(path, {"cancel": "1"})
    registration.refresh_from_db()
    assert (registration.state, registration.name) == (State.CANCELLED, "")
    assert client.post(path, {"cancel": "1"}).status_code == 422


def test_form_says_what_is_missing_and_loses_nothing(activity, filled, client):
    for wrong in ({"name": ""}, {"email": "", "phone": ""}, {"consent": ""}, {"is_old_enough": ""}, {"people": "99"}):
        answer = client.post(f"{PAGE}register/", {**filled, "access_needs": "RAMP", **wrong})
        assert answer.status_code == 422
        assert b"RAMP" in answer.content
    robot = client.post(f"{PAGE}register/", {**filled, "website": "http://spam.example"})
    assert robot.status_code == 422
    assert client.post(f"{PAGE}register/", {**filled, "name": "a\x00b"}).status_code == 422
    assert not ActivityRegistration.objects.exists()


def test_full_activity_offers_the_waiting_list_and_the_link_takes_the_place(activity, filled, client):
    first = make_registration(activity, people=2)
    assert b"waiting list" in client.get(PAGE).content
    client.post(f"{PAGE}register/", {**filled, "email": "", "phone": "055 1"})
    waiting = ActivityRegistration.objects.get(name="Rosa")
    assert waiting.state == State.WAITING
    cancel_registration(registration=first)
    waiting.refresh_from_db()
    assert waiting.state == State.OFFERED


def test_offered_place_is_taken_by_post_alone(activity, client):
    first, second = make_registration(activity, people=2), make_registration(activity)
    cancel_registration(registration=first)
    path = LINK.search(OutboxMail.objects.get(to=second.email, subject__startswith="A place is free").text)[1]
    for verb in (client.get, client.head):
        assert verb(path).status_code == 200
    second.refresh_from_db()
    assert second.state == State.OFFERED
    assert b"code for the door" not in client.get(path).content
    client.post(path, {"accept": "1"})
    assert b"code for the door" in client.get(path).content
    second.refresh_from_db()
    assert second.state == State.GOING


def test_unknown_and_foreign_tokens_open_nothing(activity, client):
    assert client.get("/l/borgo/activity/nothing-like-this/").status_code == 404
    come(activity)
    path = LINK.search(OutboxMail.objects.get().text)[1]
    assert client.get(path.replace("/activity/", "/feedback/stop/")).status_code == 404
    assert client.get(path.replace("/borgo/", "/riverside/")).status_code == 404


def test_called_off_page_says_why_and_takes_nobody(activity, coordinator, client):
    cancel_activity(activity=activity, reason="The hall is flooded", by=coordinator)
    html = client.get(PAGE).content.decode()
    assert "The hall is flooded" in html
    assert "EventCancelled" in html
    assert client.get(f"{PAGE}register/").status_code == 410


def test_many_from_one_network_wait_and_lose_nothing(activity, filled, client):
    EngagementActivity.objects.filter(pk=activity.pk).update(capacity=None)
    use_up("registration")
    answer = client.post(f"{PAGE}register/", {**filled, "name": "KEPT", "email": "late@x.example"})
    assert answer.status_code == 429
    assert b"KEPT" in answer.content


def test_card_keeps_nothing_but_a_count(activity, coordinator, client):
    assert client.get(f"{PAGE}card/").status_code == 404
    choose_communities(activity=activity, age=make_profile(), area=None, by=coordinator)
    assert client.get(f"{PAGE}card/").status_code == 410
    begin(activity)
    stamp = new_stamp(activity.pk, now=datetime.now(tz=UTC) - timedelta(minutes=1))
    assert client.post(f"{PAGE}card/", {"stamp": stamp}).status_code == 422
    assert client.post(f"{PAGE}card/", {"stamp": stamp, "age_band": "77"}).status_code == 422
    answer = client.post(f"{PAGE}card/", {"stamp": stamp, "age_band": "2"})
    assert b"Your card is counted" in answer.content
    assert list(CardCount.objects.order_by("position").values_list("count", flat=True)) == [0, 1, 0, 0]
