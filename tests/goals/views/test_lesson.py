"""Lessons: written down, checked by another, shared and applied; pages, API, and where they are asked for."""

import re

import pytest
from django.core.exceptions import ValidationError

from core.access.visibility import Visibility
from core.models import AuditEvent
from goals.models import Lesson
from goals.operations.lesson import (
    LessonRefusedError,
    apply_lesson,
    change_lesson,
    check_lesson,
    share_lesson,
    write_lesson,
)
from goals.operations.trend_review import fill_trend_review, move_trend_review, start_trend_review
from goals.rules.lesson import tags_in
from partnerships.models import Partnership
from tests.factories.goals import TODAY, make_goal
from tests.factories.partnerships import make_member, make_partner, make_partnership

HERE = "/s/borgo/partnerships/own/lessons/"
API = "/s/borgo/api/v1/partnerships/own/lessons/"
ALL = "/s/borgo/lessons/"
# Three statements of the page, and six that enter and leave the tenant.
LIST_QUERIES = 9
TOLD = {"title": "Ask firms in autumn", "happened": "In May nobody answered", "advice": "Call before November"}


@pytest.fixture
def partnership(space, time_machine):
    time_machine.move_to("2026-02-01")
    return make_partnership("own", mode=Partnership.Mode.FULL, visibility=Visibility.PUBLIC)


@pytest.fixture
def partner(partnership):
    return make_partner(make_member(partnership, state="member"), "p@borgo.example")


@pytest.fixture
def lesson(partnership, coordinator):
    return write_lesson(partnership=partnership, by=coordinator, tags=["Firms", "calendar"], **TOLD)


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def shared(lesson, coordinator, admin, visibility=Visibility.PUBLIC):
    check_lesson(lesson=lesson, by=admin, today=TODAY)
    return share_lesson(lesson=lesson, visibility=visibility, by=coordinator)


def test_partner_writes_a_lesson_and_another_one_checks_it(partnership, partner, coordinator, signed_in_as):
    sent = {**TOLD, "is_failure": "on", "visibility": "2", "tags": "Firms, firms,  May "}
    answer = signed_in_as(partner).post(f"{HERE}new/", sent)
    assert answer.headers["Location"] == f"{HERE}1/"
    lesson = Lesson.objects.get()
    assert (lesson.is_failure, lesson.tags, lesson.state) == (True, ["firms", "may"], "captured")
    assert "who did not write it" in signed_in_as(partner).get(f"{HERE}1/").content.decode()
    signed_in_as(partner).post(f"{HERE}1/check/")
    lesson.refresh_from_db()
    assert lesson.state == "captured"
    signed_in_as(coordinator).post(f"{HERE}1/check/")
    lesson.refresh_from_db()
    assert (lesson.state, lesson.checked_by, lesson.checked_on) == ("checked", coordinator, TODAY)


def test_light_partnership_lets_the_author_check_and_says_so(lesson, partnership, coordinator, browser):
    with pytest.raises(LessonRefusedError):
        check_lesson(lesson=lesson, by=coordinator, today=TODAY)
    Partnership.objects.filter(pk=partnership.pk).update(mode="light")
    page = browser.get(f"{HERE}1/").content.decode()
    assert "who did not write it" in page
    assert "It is true and useful" in page
    assert check_lesson(lesson=lesson, by=coordinator, today=TODAY).state == "checked"


def test_lesson_goes_through_its_life_in_order(lesson, coordinator, admin):
    with pytest.raises(LessonRefusedError):
        share_lesson(lesson=lesson, visibility=Visibility.PUBLIC, by=coordinator)
    with pytest.raises(LessonRefusedError):
        apply_lesson(lesson=lesson, where="Borgo", by=coordinator)
    assert shared(lesson, coordinator, admin).visibility == Visibility.PUBLIC
    with pytest.raises(LessonRefusedError):
        change_lesson(lesson=lesson, by=coordinator, title="Else")
    with pytest.raises(LessonRefusedError):
        check_lesson(lesson=lesson, by=admin, today=TODAY)
    with pytest.raises(ValidationError):
        apply_lesson(lesson=lesson, where=" ", by=coordinator)
    apply_lesson(lesson=lesson, where="Borgo", by=coordinator)
    assert apply_lesson(lesson=lesson, where="Riva", by=coordinator).applied_where == "Borgo; Riva"


def test_nobody_outside_reads_a_lesson_before_it_is_shared(partnership, coordinator, admin):
    lesson = write_lesson(partnership=partnership, by=coordinator, visibility=Visibility.PUBLIC, **TOLD)
    assert lesson.visibility == Visibility.PARTNERS
    partnership.visibility = Visibility.FUNDERS
    partnership.save()
    assert shared(lesson, coordinator, admin).visibility == Visibility.FUNDERS


def test_lessons_of_all_partnerships_show_what_each_may_read(
    lesson, partner, browser, signed_in_as, coordinator, admin
):
    other = make_partnership("other", visibility=Visibility.PUBLIC)
    hidden = write_lesson(partnership=other, by=coordinator, **{**TOLD, "title": "Not yet shared"})
    shown = write_lesson(partnership=other, by=coordinator, **{**TOLD, "title": "For everybody"})
    shared(shown, coordinator, admin)
    assert all(one.title in browser.get(ALL).content.decode() for one in (lesson, hidden, shown))
    page = signed_in_as(partner).get(ALL).content.decode()
    assert lesson.title in page
    assert shown.title in page
    assert hidden.title not in page
    assert signed_in_as(partner).get("/s/borgo/partnerships/other/lessons/1/").status_code == 404
    assert [one["title"] for one in signed_in_as(partner).get("/s/borgo/api/v1/lessons/").json()["results"]] == [
        "For everybody",
        lesson.title,
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=november", {"Ask firms in autumn"}),
        ("q=nobody+benches", {"More benches"}),
        ("q=nobody+trees", set()),
        ("q=calendar", {"Ask firms in autumn"}),
        ("tag=firms", {"Ask firms in autumn"}),
        ("failures=1", {"More benches"}),
        ("state=captured", {"Ask firms in autumn", "More benches"}),
        ("state=applied", set()),
        ("", {"Ask firms in autumn", "More benches"}),
    ],
)
def test_list_is_searched_and_narrowed_by_page_and_api(lesson, partnership, coordinator, browser, query, found):
    bench = {"title": "More benches", "happened": "Nobody sat", "advice": "Ask first"}
    write_lesson(partnership=partnership, by=coordinator, is_failure=True, **bench)
    page = browser.get(f"{HERE}?{query}").content.decode()
    assert {title for title in ("Ask firms in autumn", "More benches") if title in page} == found
    assert {one["title"] for one in browser.get(f"{API}?{query}").json()["results"]} == found


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_rows(
    partnership, coordinator, browser, django_assert_num_queries, count
):
    for _number in range(count):
        write_lesson(partnership=partnership, by=coordinator, **TOLD)
    with django_assert_num_queries(LIST_QUERIES):
        page = browser.get(HERE).content.decode()
    assert page.count('class="t-main"') == count


def test_lesson_from_a_review_is_asked_for_gently_until_one_tells_what_failed(partnership, coordinator, browser):
    review = start_trend_review(partnership=partnership, by=None, goal=make_goal(partnership))
    here = "/s/borgo/partnerships/own/trend-reviews/1/"
    assert "What did not work?" not in browser.get(here).content.decode()
    fill_trend_review(review=review, by=coordinator, wanted="x", likely_future="y")
    move_trend_review(review=review, to="held", by=coordinator, today=TODAY)
    page = browser.get(here).content.decode()
    assert "What did not work?" in page
    assert f"{HERE}new/?review=1&amp;failure=1" in page
    assert "checked>" in browser.get(f"{HERE}new/?review=1&failure=1").content.decode()
    browser.post(f"{HERE}new/?review=1", {**TOLD, "visibility": "2"})
    assert Lesson.objects.get().review == review
    assert "What did not work?" in browser.get(here).content.decode()
    browser.post(f"{HERE}new/?review=1", {**TOLD, "title": "It failed", "is_failure": "on", "visibility": "2"})
    page = browser.get(here).content.decode()
    assert "What did not work?" not in page
    assert "It failed" in page


def test_closed_goal_asks_for_a_lesson_and_the_leaving_checklist_links_there(partnership, partner, browser):
    goal = make_goal(partnership)
    panel = f"/s/borgo/partnerships/own/goals/{goal.number}/learning/"
    assert "tries it next" not in browser.get(panel).content.decode()
    type(goal).objects.update(state="not_achieved")
    page = browser.get(panel).content.decode()
    assert "tries it next" in page
    assert f"{HERE}new/?goal={goal.number}" in page
    here = f"/s/borgo/partnerships/own/goals/{goal.number}/"
    page = browser.get(here).content.decode()
    assert "The goal is closed: what was learned?" in page
    assert f'href="{HERE}new/?goal={goal.number}"' in page
    goal.versions.create(number=1, fields={}, reason="Two firms closed in spring.")
    form = browser.get(f"{HERE}new/?goal={goal.number}").content.decode()
    assert "Two firms closed in spring.</textarea>" in form
    assert re.search(r'name="is_failure"[^>]*checked', form)
    browser.post(f"{HERE}new/?goal={goal.number}", {**TOLD, "goal": str(goal.pk), "visibility": "2"})
    page = browser.get(here).content.decode()
    assert "One lesson of this goal is written down" in page
    assert "what was learned?" not in page
    member = partnership.members.get()
    leaving = browser.get(f"/s/borgo/partnerships/own/members/{member.pk}/exit/").content.decode()
    assert f"{HERE}new/" in leaving


def test_only_author_and_coordination_reword_a_lesson(lesson, partner, browser, signed_in_as):
    assert signed_in_as(partner).get(f"{HERE}1/edit/").status_code == 403
    assert signed_in_as(partner).patch(f"{API}1/", {"title": "x"}, content_type="application/json").status_code == 403
    assert browser.post(f"{HERE}1/edit/", {**TOLD, "title": "Better", "visibility": "2"}).status_code == 302
    lesson.refresh_from_db()
    assert (lesson.title, lesson.tags) == ("Better", [])


def test_share_and_apply_by_page(lesson, admin, browser):
    check_lesson(lesson=lesson, by=admin, today=TODAY)
    assert browser.post(f"{HERE}1/share/", {}).status_code == 422
    browser.post(f"{HERE}1/share/", {"visibility": "4"})
    assert browser.post(f"{HERE}1/apply/", {"where": ""}).status_code == 422
    browser.post(f"{HERE}1/apply/", {"where": "In Riva"})
    lesson.refresh_from_db()
    assert (lesson.state, lesson.applied_where, lesson.visibility) == ("applied", "In Riva", Visibility.PUBLIC)


def test_whole_life_by_the_api(partnership, coordinator, browser, signed_in_as, admin):
    def send(browser, path="", verb="post", **body):
        return getattr(browser, verb)(f"{API}{path}", body, content_type="application/json")

    goal = make_goal(partnership)
    assert send(browser, title="x").status_code == 400
    assert send(browser, goal=9, **TOLD).status_code == 400
    assert send(browser, review=9, **TOLD).status_code == 400
    made = send(browser, goal=goal.number, tags=["Firms"], **TOLD)
    assert made.status_code == 201, made.content
    assert (made.json()["goal"], made.json()["tags"]) == (goal.number, ["firms"])
    assert send(browser, "1/", "patch", advice="Call in October").json()["advice"] == "Call in October"
    assert send(browser, "1/check/").status_code == 409
    assert send(browser, "1/share/", visibility=2).status_code == 409
    assert send(signed_in_as(admin), "1/check/").json()["state"] == "checked"
    assert send(browser, "1/", "patch", advice="Else").status_code == 409
    assert send(browser, "1/apply/", where="x").status_code == 409
    assert send(browser, "1/share/", visibility=4).json()["visibility"] == 4
    assert send(browser, "1/apply/", where="Riva").json()["applied_where"] == "Riva"


def test_goal_out_of_sight_is_not_named_with_a_lesson(partnership, coordinator, partner, signed_in_as):
    goal = make_goal(partnership, visibility=Visibility.COORDINATION, title_en="Secret aim")
    write_lesson(partnership=partnership, by=coordinator, goal=goal, **TOLD)
    assert "Secret aim" not in signed_in_as(partner).get(f"{HERE}1/").content.decode()
    assert signed_in_as(partner).get(f"{API}1/").json()["goal"] is None


def test_tags_are_small_and_once():
    assert tags_in("Ferie, ferie ,, Scuola  media,") == ["ferie", "scuola media"]
    assert len(tags_in(",".join(str(number) for number in range(20)))) == 8


def test_trail_keeps_no_words_of_a_lesson(lesson):
    trail = str(list(AuditEvent.objects.values_list("changes", flat=True)))
    assert "November" not in trail
