import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream

from core.models import AccessLink, Membership
from partnerships.models import Task
from partnerships.operations.task_plan import plan_task
from tests.factories.partnerships import make_member, make_partner, make_partnership, make_task

HERE = "/s/borgo/partnerships/own"
BOARD_QUERIES = 9 + 2
TIMELINE_QUERIES = 9 + 2


@pytest.fixture
def own(space):
    return make_partnership("own")


@pytest.fixture
def member(own):
    return make_member(own)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("way", "queries"), [("board", BOARD_QUERIES), ("timeline", TIMELINE_QUERIES)])
def test_ways_cost_the_same_queries_for_one_and_three_tasks(
    own, signed_in_as, django_assert_num_queries, count, way, queries
):
    partner = make_partner(make_member(own, "Mine"))
    for number in range(count):
        make_task(own, f"Task {number}", member=make_member(own, f"M{number}"), state="accepted")
    browser = signed_in_as(partner)
    with django_assert_num_queries(queries):
        answer = browser.get(f"{HERE}/tasks/{way}/")
    assert len(set(re.findall(r"Task \d", answer.content.decode()))) == count


def test_card_offers_only_what_the_viewer_may_say(own, member, coordinator, signed_in_as):
    make_task(own, "asked", member=member)
    make_task(own, "theirs", member=make_member(own, "Other"), state="accepted")
    page = signed_in_as(make_partner(member)).get(f"{HERE}/tasks/board/").content.decode()
    moves = {number: re.findall(r'<option value="(\w+)"', part) for number, part in _cards(page)}
    assert moves == {"1": ["accepted"], "2": []}
    page = signed_in_as(coordinator).get(f"{HERE}/tasks/board/").content.decode()
    assert {number: re.findall(r'<option value="(\w+)"', part) for number, part in _cards(page)} == {"1": [], "2": []}


def _cards(page):
    return re.findall(r'id="task-(\d+)" aria(.*?)</article>', page, re.DOTALL)


def test_move_is_a_word_about_the_task(own, member, signed_in_as):
    task = make_task(own, member=member, state="accepted")
    answer = signed_in_as(make_partner(member)).post(f"{HERE}/tasks/1/move/", {"state": "in_progress"})
    assert answer["Location"] == f"{HERE}/tasks/board/#task-1"
    assert [word.state for word in task.updates.all()] == ["in_progress"]


@pytest.mark.parametrize(
    ("state", "to"), [("proposed", "declined"), ("accepted", "proposed"), ("accepted", "x"), ("accepted", "done")]
)
def test_move_that_needs_words_or_evidence_changes_nothing_and_leads_to_the_task(own, member, signed_in_as, state, to):
    task = make_task(own, member=member, state=state, needs_evidence=True)
    answer = signed_in_as(make_partner(member)).post(f"{HERE}/tasks/1/move/", {"state": to})
    task.refresh_from_db()
    assert (answer["Location"], task.state) == (f"{HERE}/tasks/1/", state)


def test_what_is_stuck_is_not_moved_without_a_word(own, coordinator, signed_in_as):
    task = make_task(own, state="in_progress")
    browser = signed_in_as(coordinator)
    answer = browser.post(f"{HERE}/tasks/1/move/", {"state": "blocked"})
    assert answer["Location"] == f"{HERE}/tasks/1/?state=blocked#say"
    page = browser.get(answer["Location"]).content.decode()
    assert "Say what holds it up" in page
    assert re.search(r'<input[^>]*value="blocked"[^>]*checked', page)
    task.refresh_from_db()
    assert task.state == "in_progress"


def test_nobody_moves_for_a_partner(own, member, coordinator, signed_in_as):
    task = make_task(own, member=member)
    assert signed_in_as(coordinator).post(f"{HERE}/tasks/1/move/", {"state": "accepted"}).status_code == 302
    other = make_partner(make_member(own, "Other"), "o@other.example")
    assert signed_in_as(other).post(f"{HERE}/tasks/1/move/", {"state": "accepted"}).status_code == 404
    task.refresh_from_db()
    assert task.state == "proposed"


def test_timeline_draws_and_tells_the_same_as_a_table(own, member, coordinator, signed_in_as):
    today = timezone.localdate()
    first = make_task(own, "Room", member=member, state="accepted", due_on=today + timedelta(days=20))
    second = make_task(own, "Party", member=member, state="accepted", due_on=today + timedelta(days=5))
    make_task(own, "Some day", due_on=None)
    plan_task(task=second, by=coordinator, waits_for=[first])
    page = signed_in_as(coordinator).get(f"{HERE}/tasks/timeline/").content.decode()
    assert page.count("<svg") >= 2
    assert "after Room · 15 days late as things stand" in page
    assert f'<a href="{HERE}/tasks/2/">Party</a>' in page
    assert "1 open task has no date." in page


def test_timeline_without_dates_says_what_belongs_there(own, coordinator, signed_in_as):
    assert "No task has a date yet" in signed_in_as(coordinator).get(f"{HERE}/tasks/timeline/").content.decode()


def test_partnership_calendar_satisfies_a_strict_reader(own, member, coordinator, signed_in_as):
    make_task(own, "Room", member=member, state="accepted", due_on=date(2099, 6, 30))
    make_task(own, "Over", member=member, state="done")
    answer = signed_in_as(coordinator).get(f"{HERE}/tasks/calendar/download/")
    assert answer["Content-Type"].startswith("text/calendar")
    events = IcsCalendarStream.calendar_from_ics(answer.content.decode()).events
    assert [(event.summary, event.dtstart) for event in events] == [("Room · Own", date(2099, 6, 30))]


def test_own_calendar_shows_own_tasks_until_it_is_ended(own, member, signed_in_as, client):
    partner = make_partner(member)
    make_task(own, "mine", member=member)
    make_task(own, "theirs", member=make_member(own, "Other"))
    browser = signed_in_as(partner)
    assert AccessLink.objects.count() == 0
    browser.get("/s/borgo/calendar/")
    assert AccessLink.objects.count() == 0
    page = browser.post("/s/borgo/calendar/").content.decode()
    path = re.search(r"/l/borgo/calendar/[^/]+/", page)[0]
    assert path not in browser.get("/s/borgo/calendar/").content.decode()
    events = IcsCalendarStream.calendar_from_ics(client.get(path).content.decode()).events
    assert [event.summary for event in events] == ["mine · Own"]
    second = re.search(r"/l/borgo/calendar/[^/]+/", browser.post("/s/borgo/calendar/").content.decode())[0]
    assert (client.get(path).status_code, client.get(second).status_code) == (410, 200)
    browser.post("/s/borgo/calendar/end/")
    assert client.get(second).status_code == 410


def test_own_calendar_of_somebody_who_left_is_gone(own, member, signed_in_as, client):
    partner = make_partner(member)
    page = signed_in_as(partner).post("/s/borgo/calendar/").content.decode()
    path = re.search(r"/l/borgo/calendar/[^/]+/", page)[0]
    Membership.objects.filter(user=partner).update(is_active=False)
    assert client.get(path).status_code == 404
    assert client.get("/l/borgo/calendar/unknown/").status_code == 404


def test_own_tasks_are_narrowed_by_partnership_and_words(own, member, signed_in_as):
    other = make_member(make_partnership("other"), "Riva too")
    partner = make_partner(member)
    for title in ("find room", "buy bread"):
        make_task(own, title, member=member)
    Task.objects.filter(title="buy bread").update(state="accepted")
    make_task(other.partnership, "find tent", member=other)
    browser = signed_in_as(partner)
    shown = {}
    for query in ("?q=find", "?partnership=own", "?partnership=nowhere", "?q=bread&state=accepted"):
        page = browser.get(f"/s/borgo/tasks/{query}").content.decode()
        shown[query] = [title for title in ("find room", "buy bread", "find tent") if f">{title}</a>" in page]
    assert shown == {
        "?q=find": ["find room"],
        "?partnership=own": ["find room", "buy bread"],
        "?partnership=nowhere": [],
        "?q=bread&state=accepted": ["buy bread"],
    }
