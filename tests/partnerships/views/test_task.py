import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import OutboxMail
from partnerships.models import Task, TaskCheck
from tests.factories.partnerships import (
    make_member,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
    make_task,
)

HERE = "/s/borgo/partnerships/own"
# What the pages cost, and four of the test's own: a savepoint and the tenant set around the request.
LIST_QUERIES = 8 + 2
MINE_QUERIES = 8 + 2
DETAIL_QUERIES = 13 + 2
# Space with session, person, task, right to commit, lock; task, word, audit written; two savepoints besides.
WORD_QUERIES = 6 + 7


@pytest.fixture
def own(space):
    return make_partnership("own")


@pytest.fixture
def member(own):
    return make_member(own)


@pytest.fixture
def make_stranger(space):
    return make_partner(make_member(make_partnership("elsewhere"), "Far away"), "far@away.example")


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_rows(
    own, member, coordinator, signed_in_as, django_assert_num_queries, count
):
    for number in range(count):
        make_task(
            own,
            f"Task {number}",
            member=member,
            person=make_representative(member, make_person(email=f"{number}@riva.example")),
        )
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(LIST_QUERIES):
        answer = browser.get(f"{HERE}/tasks/")
    assert answer.content.decode().count("Task ") == count


@pytest.mark.parametrize("count", [1, 3])
def test_own_tasks_cost_the_same_queries_for_one_and_three_rows(
    own, member, signed_in_as, django_assert_num_queries, count
):
    partner = make_partner(member)
    for number in range(count):
        make_task(own, f"Task {number}", member=member)
    browser = signed_in_as(partner)
    with django_assert_num_queries(MINE_QUERIES):
        answer = browser.get("/s/borgo/tasks/")
    assert answer.content.decode().count("Task ") == count


@pytest.mark.parametrize("count", [1, 3])
def test_detail_costs_the_same_queries_for_one_and_three_words(
    own, member, signed_in_as, django_assert_num_queries, count
):
    partner = make_partner(member)
    task = make_task(own, "T", member=member, state="accepted")
    browser = signed_in_as(partner)
    for number in range(count):
        browser.post(f"{HERE}/tasks/1/update/", {"state": "in_progress", "note": f"Word {number}"})
    with django_assert_num_queries(DETAIL_QUERIES):
        answer = browser.get(f"{HERE}/tasks/{task.number}/")
    assert answer.content.decode().count("Word ") == count


@pytest.mark.parametrize("count", [1, 3])
def test_word_costs_the_same_queries_whatever_the_task_has(own, member, signed_in_as, django_assert_num_queries, count):
    partner = make_partner(member)
    task = make_task(own, "T", member=member, state="in_progress")
    for number in range(count):
        TaskCheck.objects.create(task=task, text=f"Step {number}", position=number)
    browser = signed_in_as(partner)
    word = {"state": "in_progress", "progress_percent": "50", "note": "Half"}
    with django_assert_num_queries(WORD_QUERIES):
        browser.post(f"{HERE}/tasks/1/update/", word)
    # A second tap says nothing new, another word does (INP-10).
    for sent in (word, {**word, "note": "Still half"}):
        browser.post(f"{HERE}/tasks/1/update/", sent)
    task.refresh_from_db()
    assert (task.progress_percent, task.updates.count()) == (50, 2)


def test_steps_stay_as_they_are_when_the_page_did_not_show_them(own, member, signed_in_as):
    task = make_task(own, "T", member=member, state="in_progress")
    step = TaskCheck.objects.create(task=task, text="Ask", position=1, is_done=True)
    browser = signed_in_as(make_partner(member))
    browser.post(f"{HERE}/tasks/1/update/", {"state": "in_progress", "note": "Without steps"})
    step.refresh_from_db()
    assert step.is_done
    browser.post(f"{HERE}/tasks/1/update/", {"state": "in_progress", "note": "None made", "checks_shown": "1"})
    step.refresh_from_db()
    assert not step.is_done


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"late", "asked", "done", "own"}),
        ("?overdue=1", {"late"}),
        ("?state=open", {"late", "asked", "own"}),
        ("?state=done", {"done"}),
        ("?member={member}", {"late", "asked", "done"}),
        ("?q=ask", {"asked"}),
        ("?state=nonsense&member=nonsense", {"late", "asked", "done", "own"}),
    ],
)
def test_list_is_narrowed(own, member, coordinator, signed_in_as, query, shown):
    make_task(own, "late", member=member, state="accepted", due_on=date(2020, 1, 1))
    make_task(own, "asked", member=member, due_on=date(2020, 1, 1))
    make_task(own, "done", member=member, state="done")
    make_task(own, "own", due_on=None)
    page = signed_in_as(coordinator).get(f"{HERE}/tasks/{query.format(member=member.pk)}").content.decode()
    assert {title for title in ("late", "asked", "done", "own") if f">{title}</a>" in page} == shown


def test_list_as_csv(own, member, coordinator, signed_in_as):
    make_task(own, "Find a room", member=member, due_on=date(2026, 6, 30))
    text = signed_in_as(coordinator).get(f"{HERE}/tasks/?format=csv").content.decode("utf-8-sig")
    assert "Find a room,Own,Officine Riva,2026-06-30" in text


def test_own_tasks_are_those_of_my_organisation_only(own, member, signed_in_as):
    partner = make_partner(member)
    make_task(own, "mine", member=member)
    make_task(own, "theirs", member=make_member(own, "Other"))
    page = signed_in_as(partner).get("/s/borgo/tasks/").content.decode()
    assert ("mine" in page, "theirs" in page) == (True, False)


def test_coordinator_finds_the_overdue_tasks_the_start_page_counts(own, member, coordinator, signed_in_as):
    make_task(own, "late one", member=member, state="accepted", due_on=date(2026, 1, 5))
    make_task(own, "not promised", member=member, due_on=date(2026, 1, 5))
    page = signed_in_as(coordinator).get("/s/borgo/tasks/?state=overdue").content.decode()
    assert ("late one" in page, "not promised" in page) == (True, False)


def test_task_kept_in_coordination_is_not_there_for_partners(own, member, signed_in_as):
    task = make_task(own, "secret", visibility=1)
    browser = signed_in_as(make_partner(member))
    assert browser.get(f"{HERE}/tasks/{task.number}/").status_code == 404
    assert b"secret" not in browser.get(f"{HERE}/tasks/").content


def test_coordinator_proposes_to_a_person_who_gets_a_link(own, member, coordinator, signed_in_as):
    person = make_representative(member)
    fields = {"title": "Find a room", "who": f"m:{member.pk}/{person.pk}", "due_on": "2026-06-30", "send_link": "on"}
    answer = signed_in_as(coordinator).post(f"{HERE}/tasks/new/", fields)
    task = Task.objects.get()
    assert answer["Location"] == f"{HERE}/tasks/1/"
    assert (task.member, task.person, task.state) == (member, person, "proposed")
    assert OutboxMail.objects.get().to == person.email


def test_person_of_another_partnership_cannot_be_chosen(own, coordinator, signed_in_as):
    other = make_member(make_partnership("other"), "Other")
    answer = signed_in_as(coordinator).post(f"{HERE}/tasks/new/", {"title": "T", "who": f"m:{other.pk}"})
    assert answer.status_code == 422
    assert not Task.objects.exists()


def test_light_partnership_offers_people_by_themselves(own, coordinator, signed_in_as):
    person = make_person("Carla Volontaria")
    browser = signed_in_as(coordinator)
    assert b"Carla Volontaria" in browser.get(f"{HERE}/tasks/new/").content
    browser.post(f"{HERE}/tasks/new/", {"title": "Bring chairs", "who": f"p:{person.pk}"})
    assert (Task.objects.get().person, Task.objects.get().state) == (person, "proposed")


def test_partner_accepts_on_the_page(own, member, signed_in_as):
    make_task(own, "T", member=member)
    browser = signed_in_as(make_partner(member))
    assert b"We accept it" in browser.get(f"{HERE}/tasks/1/").content
    assert browser.post(f"{HERE}/tasks/1/update/", {"state": "accepted"}).status_code == 302
    assert Task.objects.get().state == "accepted"


def test_partner_cannot_touch_another_organisations_task(own, member, signed_in_as):
    make_task(own, "T", member=make_member(own, "Other"))
    browser = signed_in_as(make_partner(member))
    assert b"We accept it" not in browser.get(f"{HERE}/tasks/1/").content
    assert browser.post(f"{HERE}/tasks/1/update/", {"state": "accepted"}).status_code == 404
    assert Task.objects.get().state == "proposed"


def test_coordinator_is_not_offered_to_accept_for_a_partner_and_cannot(own, member, coordinator, signed_in_as):
    make_task(own, "T", member=member)
    browser = signed_in_as(coordinator)
    assert b"We accept it" not in browser.get(f"{HERE}/tasks/1/").content
    assert browser.post(f"{HERE}/tasks/1/update/", {"state": "accepted"}).status_code == 422
    assert Task.objects.get().state == "proposed"


def test_another_date_is_answered_with_a_word_and_a_third_day(own, member, coordinator, signed_in_as):
    make_task(own, "T", member=member)
    partner, desk = signed_in_as(make_partner(member)), signed_in_as(coordinator)
    other = {"state": "counter_proposed", "due_on": "2098-02-01", "note": "The van is at the garage"}
    partner.post(f"{HERE}/tasks/1/update/", other)
    assert "<blockquote>The van is at the garage</blockquote>" in desk.get(f"{HERE}/tasks/1/").content.decode()
    past = {"answer": "keep", "due_on": "2020-01-01", "note": "Sooner, please"}
    refused = desk.post(f"{HERE}/tasks/1/date/", past)
    assert refused.status_code == 422
    assert "Sooner, please</textarea>" in refused.content.decode()
    assert "This date has passed." in refused.content.decode()
    desk.post(f"{HERE}/tasks/1/date/", past | {"due_on": "2098-01-15"})
    assert (Task.objects.get().state, Task.objects.get().due_on) == ("proposed", date(2098, 1, 15))
    partner.post(f"{HERE}/tasks/1/update/", other)
    api = "/s/borgo/api/v1/partnerships/own/tasks/1/date/"

    def answer(browser, **body):
        return browser.post(api, body, content_type="application/json")

    assert answer(partner, agrees=True).status_code == 403
    assert "due_on" in answer(desk, agrees=False, due_on="2020-01-01").json()["errors"]
    assert answer(desk, agrees=True).json()["due_on"] == "2098-02-01"
    assert answer(desk, agrees=True).status_code == 409
    assert OutboxMail.objects.filter(kind="task_answer").count() == 2


def test_declining_without_a_reason_comes_back_with_the_field(own, member, signed_in_as):
    make_task(own, "T", member=member)
    answer = signed_in_as(make_partner(member)).post(f"{HERE}/tasks/1/update/", {"state": "declined"})
    assert answer.status_code == 422
    assert b"why not" in answer.content


def test_other_date_is_answered_by_the_coordinator(own, member, coordinator, signed_in_as):
    make_task(own, "T", member=member)
    signed_in_as(make_partner(member)).post(
        f"{HERE}/tasks/1/update/", {"state": "counter_proposed", "due_on": "2099-01-01"}
    )
    browser = signed_in_as(coordinator)
    assert b"1 January 2099" in browser.get(f"{HERE}/tasks/1/").content
    browser.post(f"{HERE}/tasks/1/date/", {"answer": "agree"})
    assert (Task.objects.get().state, Task.objects.get().due_on) == ("accepted", date(2099, 1, 1))


@pytest.mark.parametrize("page", ["new/", "1/edit/", "1/cancel/", "1/link/", "1/date/"])
def test_partner_does_not_run_the_tasks(own, member, signed_in_as, page):
    make_task(own, "T", member=member)
    assert signed_in_as(make_partner(member)).post(f"{HERE}/tasks/{page}", {"reason": "x"}).status_code == 403


def test_edit_keeps_what_was_asked_and_asks_again(own, member, coordinator, signed_in_as):
    make_task(own, "T", member=member, result_expected="A key in hand")
    browser = signed_in_as(coordinator)
    page = browser.get(f"{HERE}/tasks/1/edit/").content.decode()
    assert "A key in hand" in page
    browser.post(f"{HERE}/tasks/1/edit/", {"title": "T2", "who": f"m:{member.pk}"})
    assert Task.objects.get().title == "T2"


def test_cancelled_with_reason_from_the_page(own, coordinator, signed_in_as):
    make_task(own, "T")
    browser = signed_in_as(coordinator)
    assert browser.post(f"{HERE}/tasks/1/cancel/", {"reason": ""}).status_code == 422
    assert browser.post(f"{HERE}/tasks/1/cancel/", {"reason": "Not needed"}).status_code == 302
    assert Task.objects.get().state == "cancelled"


def test_link_is_mailed_from_the_page(own, member, coordinator, signed_in_as):
    make_task(own, "T", member=member, person=make_representative(member))
    signed_in_as(coordinator).post(f"{HERE}/tasks/1/link/")
    assert OutboxMail.objects.count() == 1


def test_task_number_beyond_the_column_is_not_found(own, coordinator, signed_in_as):
    assert signed_in_as(coordinator).get(f"{HERE}/tasks/99999999999999999999/").status_code == 404


def test_light_form_shows_three_fields_and_folds_the_rest(own, coordinator, signed_in_as):
    page = signed_in_as(coordinator).get(f"{HERE}/tasks/new/").content.decode()
    before, folded = page.split("<summary>More</summary>")
    assert 'name="effort_hours"' in folded
    assert 'name="effort_hours"' not in before
    assert "<details>" in before.split('name="due_on"')[1]
    own.mode = "full"
    own.save()
    page = signed_in_as(coordinator).get(f"{HERE}/tasks/new/").content.decode()
    assert "<details open>" in page.split("<summary>More</summary>")[0].split('name="due_on"')[1]


def test_plan_page_refuses_a_circle_at_the_field(own, coordinator, signed_in_as):
    first, second = make_task(own, "First"), make_task(own, "Second")
    browser = signed_in_as(coordinator)
    answer = browser.post(f"{HERE}/tasks/2/plan/", {"waits_for": [str(first.pk)], "checklist": "Ask\n\nCall"})
    assert answer.status_code == 302
    assert "Ask\nCall" in browser.get(f"{HERE}/tasks/2/plan/").content.decode()
    answer = browser.post(f"{HERE}/tasks/1/plan/", {"waits_for": [str(second.pk)]})
    assert answer.status_code == 422
    assert "That would go in a circle" in answer.content.decode()


def test_plan_page_is_coordinations(own, member, signed_in_as):
    make_task(own, member=member)
    assert signed_in_as(make_partner(member)).get(f"{HERE}/tasks/1/plan/").status_code == 403


def test_evidence_with_a_file_is_shown_and_downloaded_by_who_sees_the_task(own, member, signed_in_as, make_stranger):
    browser = signed_in_as(make_partner(member))
    make_task(own, member=member, state="accepted", needs_evidence=True)
    file = SimpleUploadedFile("minutes.txt", b"We met.", content_type="text/plain")
    sent = {"state": "done", "evidence": "https://riva.example/keys", "evidence_file": file}
    assert browser.post(f"{HERE}/tasks/1/update/", sent).status_code == 302
    page = browser.get(f"{HERE}/tasks/1/").content.decode()
    assert 'href="https://riva.example/keys"' in page
    address = re.search(r'href="([^"]+/evidence/[^"]+)"', page)[1]
    answer = browser.get(address)
    assert (answer.content, answer["Content-Disposition"]) == (b"We met.", 'attachment; filename="minutes.txt"')
    assert signed_in_as(make_stranger).get(address).status_code == 404


def test_refused_file_is_told_at_the_field(own, member, signed_in_as):
    browser = signed_in_as(make_partner(member))
    task = make_task(own, member=member, state="accepted")
    file = SimpleUploadedFile("run.exe", b"MZ\x90\x00", content_type="application/x-msdownload")
    answer = browser.post(f"{HERE}/tasks/1/update/", {"state": "done", "evidence_file": file})
    task.refresh_from_db()
    assert (answer.status_code, task.state) == (422, "accepted")
    assert 'id="id_evidence_file_error"' in answer.content.decode()


def test_coordination_confirms_on_the_page(own, member, coordinator, signed_in_as):
    task = make_task(own, member=member, state="done", needs_evidence=True)
    Task.objects.filter(pk=task.pk).update(finished_on=date(2020, 1, 1))
    browser = signed_in_as(coordinator)
    assert "Done, not confirmed" in browser.get(f"{HERE}/tasks/").content.decode()
    assert browser.post(f"{HERE}/tasks/1/confirm/").status_code == 302
    task.refresh_from_db()
    assert task.confirmed_on is not None
    assert "Done, not confirmed" not in browser.get(f"{HERE}/tasks/").content.decode()
