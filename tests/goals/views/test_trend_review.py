"""A number is talked through in six steps: pages, API, and the tasks that follow."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.access.roles import Role
from core.models import AuditEvent
from goals.models import GoalTask, TrendReview, TrendReviewTask
from goals.operations.trend_review import (
    TrendReviewRefusedError,
    agree_on_task,
    check_trend_review,
    fill_trend_review,
    move_trend_review,
    start_trend_review,
)
from goals.rules.trend_review import Action
from metrics.models import Indicator
from partnerships.models import Partnership, Task
from tests.factories.core import make_user
from tests.factories.goals import TODAY, make_complete_goal, make_goal
from tests.factories.metrics import Q1, make_indicator, make_measurement
from tests.factories.partnerships import make_member, make_partnership

HERE = "/s/borgo/partnerships/own/trend-reviews/"
API = "/s/borgo/api/v1/partnerships/own/trend-reviews/"
# Three statements of the page, and six that enter and leave the tenant.
LIST_QUERIES = 9
LATER = date(2026, 4, 1)
NOVEMBER = (date(2025, 11, 1), date(2025, 11, 30))
JANUARY = (date(2026, 1, 1), date(2026, 1, 31))


@pytest.fixture
def partnership(space, time_machine):
    time_machine.move_to("2026-02-01")
    return make_partnership("own", mode=Partnership.Mode.FULL)


@pytest.fixture
def school(partnership):
    return make_member(partnership, "Scuola", state="member")


@pytest.fixture
def goal(partnership):
    goal = make_complete_goal(partnership)
    for period, part in ((NOVEMBER, 50), (JANUARY, 61)):
        make_measurement(goal.indicator, period=period, numerator=Decimal(part), denominator=Decimal(180))
    return goal


@pytest.fixture
def review(partnership, goal):
    return start_trend_review(partnership=partnership, by=None, goal=goal)


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def written(**changed):
    words = {
        "wanted": "Every student finds a good place", "likely_future": "A third stays without", "pushes": "Old contacts",
        "drags": "Nobody calls small firms", "helpers": "The craft guild", "ideas": "A morning of open doors",
        "free_idea": "Former students call", "check_on": "", "task_title": "", "task_member": "", "task_due_on": "",
    }  # fmt: skip
    return {**words, **changed}


def held(review, by):
    words = dict.fromkeys(("wanted", "likely_future"), "x")
    fill_trend_review(review=review, by=by, **words)
    return move_trend_review(review=review, to="held", by=by, today=TODAY)


def agreed(review, by):
    held(review, by)
    fill_trend_review(review=review, by=by, free_idea="Ask", action=Action("Call", None, LATER))
    return move_trend_review(review=review, to="actions_agreed", by=by, today=TODAY)


def test_review_begins_at_a_goal_and_opens_the_six_steps(goal, browser):
    page = browser.get(f"{HERE}new/?goal={goal.number}").content.decode()
    assert f'value="g:{goal.number}" selected' in page
    answer = browser.post(f"{HERE}new/", {"subject": f"g:{goal.number}"})
    assert answer.headers["Location"] == f"{HERE}1/fill/"
    page = browser.get(f"{HERE}1/fill/").content.decode()
    assert "<svg" in page
    assert "too few to speak of a trend" in page
    assert all(f'id="step-{number}"' in page for number in range(1, 7))


def test_half_a_talk_is_saved_and_comes_back_at_its_step(review, browser):
    answer = browser.post(f"{HERE}1/fill/", written(drags="", helpers="", ideas="", free_idea="", go_on="3"))
    assert answer.headers["Location"] == f"{HERE}1/fill/#step-3"
    review.refresh_from_db()
    assert (review.pushes, review.drags, review.state) == ("Old contacts", "", "open")
    assert "Old contacts" in browser.get(f"{HERE}1/fill/").content.decode()


def test_task_agreed_in_the_talk_is_a_task_of_the_partnership_and_of_the_goal(review, goal, school, browser):
    sent = written(task_title="Call ten firms", task_member=str(school.pk), task_due_on="2026-04-01", go_on="6")
    assert browser.post(f"{HERE}1/fill/", sent).headers["Location"] == f"{HERE}1/fill/#step-6"
    task = Task.objects.get(title="Call ten firms")
    assert (task.member, task.due_on, task.state) == (school, LATER, "proposed")
    assert TrendReviewTask.objects.get().task == task
    assert GoalTask.objects.get().goal == goal
    assert "Call ten firms" in browser.get(f"{HERE}1/").content.decode()


@pytest.mark.parametrize(("sent", "says"), [({"task_title": "Call"}, "needs a day"), ({"task_due_on": "2026-04-01"}, "what shall be done")])  # fmt: skip
def test_task_without_day_or_words_is_refused_and_nothing_is_saved(review, browser, sent, says):
    answer = browser.post(f"{HERE}1/fill/", written(**sent))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    review.refresh_from_db()
    assert review.wanted == ""
    assert not Task.objects.exists()


def test_what_the_number_showed_on_the_day_of_the_talk_is_kept(review, goal, coordinator, browser):
    make_measurement(goal.indicator, period=Q1, numerator=Decimal(170), denominator=Decimal(180))
    moved = held(review, coordinator)
    # A period that is not over has shown nothing yet.
    assert "Two measurements so far" in moved.finding_en
    assert "too few to speak of a trend" in moved.finding_en
    assert "troppo poche" in moved.finding_it
    kept = moved.finding_en
    make_measurement(
        goal.indicator, period=(date(2025, 12, 1), date(2025, 12, 30)), numerator=Decimal(90), denominator=Decimal(180)
    )
    fill_trend_review(review=review, by=coordinator, wanted="y")
    review.refresh_from_db()
    assert review.finding_en == kept


def test_full_partnership_needs_the_steps_a_task_and_a_free_idea(review, coordinator):
    with pytest.raises(TrendReviewRefusedError, match="what you want"):
        move_trend_review(review=review, to="held", by=coordinator, today=TODAY)
    held(review, coordinator)
    with pytest.raises(TrendReviewRefusedError, match="at least one task"):
        move_trend_review(review=review, to="actions_agreed", by=coordinator, today=TODAY)
    agree_on_task(review=review, action=Action("Call", None, LATER), by=coordinator)
    with pytest.raises(TrendReviewRefusedError, match="costs nothing"):
        move_trend_review(review=review, to="actions_agreed", by=coordinator, today=TODAY)
    fill_trend_review(review=review, by=coordinator, free_idea="Ask former students")
    assert move_trend_review(review=review, to="actions_agreed", by=coordinator, today=TODAY).state == "actions_agreed"


def test_light_partnership_is_only_told_but_still_needs_a_task(review, partnership, coordinator, browser):
    Partnership.objects.filter(pk=partnership.pk).update(mode="light")
    assert "where this goes by itself" in browser.get(f"{HERE}1/").content.decode()
    move_trend_review(review=review, to="held", by=coordinator, today=TODAY)
    with pytest.raises(TrendReviewRefusedError, match="at least one task"):
        move_trend_review(review=review, to="actions_agreed", by=coordinator, today=TODAY)
    agree_on_task(review=review, action=Action("Call", None, LATER), by=coordinator)
    assert move_trend_review(review=review, to="actions_agreed", by=coordinator, today=TODAY).state == "actions_agreed"


def test_words_stay_once_the_tasks_are_agreed_and_can_be_opened_again(review, coordinator, browser):
    agreed(review, coordinator)
    with pytest.raises(TrendReviewRefusedError, match="stays as it is"):
        fill_trend_review(review=review, by=coordinator, wanted="Something else")
    assert browser.get(f"{HERE}1/fill/").headers["Location"] == f"{HERE}1/"
    browser.post(f"{HERE}1/move/", {"to": "held"})
    fill_trend_review(review=review, by=coordinator, wanted="Something else")
    assert TrendReview.objects.get().wanted == "Something else"


def test_looking_again_shows_what_became_of_the_tasks_and_needs_a_word(review, coordinator, browser):
    agreed(review, coordinator)
    page = browser.get(f"{HERE}1/check/").content.decode()
    assert "Call" in page
    assert browser.post(f"{HERE}1/check/", {"note": ""}).status_code == 422
    assert browser.post(f"{HERE}1/check/", {"note": "Two of ten said yes"}).status_code == 302
    review.refresh_from_db()
    assert (review.state, review.checked_on, review.check_note) == ("checked", TODAY, "Two of ten said yes")
    with pytest.raises(TrendReviewRefusedError):
        agree_on_task(review=review, action=Action("More", None, LATER), by=coordinator)
    with pytest.raises(TrendReviewRefusedError):
        check_trend_review(review=review, note="again", by=coordinator, today=TODAY)


@pytest.mark.parametrize("to", ["actions_agreed", "checked", "open", "nowhere", ""])
def test_state_that_does_not_follow_is_refused(review, coordinator, to):
    with pytest.raises(TrendReviewRefusedError):
        move_trend_review(review=review, to=to, by=coordinator, today=TODAY)


def test_subject_of_another_partnership_or_none_is_refused(partnership):
    with pytest.raises(ValidationError):
        start_trend_review(partnership=partnership, by=None, goal=make_goal(make_partnership("other")))
    with pytest.raises(ValidationError):
        start_trend_review(partnership=partnership, by=None)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_rows(
    partnership, goal, browser, coordinator, django_assert_num_queries, count
):
    for number in range(count):
        review = start_trend_review(partnership=partnership, by=None, goal=goal)
        for step in range(number + 1):
            agree_on_task(review=review, action=Action(f"T{step}", None, LATER), by=coordinator)
    with django_assert_num_queries(LIST_QUERIES):
        page = browser.get(HERE).content.decode()
    assert page.count('class="t-main"') == count
    assert "1 task, 1 still open" in page


def test_list_of_one_goal_or_indicator_and_as_csv(partnership, goal, review, browser):
    indicator = make_indicator(partnership, "N-1", name_en="Firms called")
    start_trend_review(partnership=partnership, by=None, indicator=indicator)
    assert "Firms called" not in browser.get(f"{HERE}?goal={goal.number}").content.decode()
    page = browser.get(f"{HERE}?indicator=N-1").content.decode()
    assert page.count('class="t-main"') == 1
    assert "Firms called" in browser.get(f"{HERE}?format=csv").content.decode()


def test_partner_reads_and_does_not_write(review, partnership, signed_in_as):
    partner = signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=partnership.scope))
    assert "Fill in" not in partner.get(f"{HERE}1/").content.decode()
    assert partner.get(f"{HERE}1/fill/").status_code == 403
    assert partner.post(f"{HERE}1/move/", {"to": "held"}).status_code == 403
    assert partner.post(f"{API}1/tasks/", {"title": "x", "due_on": "2026-04-01"}).status_code == 403


def test_review_of_a_number_kept_in_coordination_is_not_shown_to_partners(partnership, review, signed_in_as):
    partner = signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=partnership.scope))
    assert partner.get(f"{HERE}1/").status_code == 200
    Indicator.objects.update(visibility=1)
    assert partner.get(f"{HERE}1/").status_code == 404
    assert partner.get(f"{API}1/").status_code == 404


@pytest.mark.parametrize(("mode", "folded"), [("full", False), ("light", True)])
def test_goal_page_leads_to_its_reviews_folded_where_light(review, goal, partnership, browser, mode, folded):
    Partnership.objects.filter(pk=partnership.pk).update(mode=mode)
    panel = f"/s/borgo/partnerships/own/goals/{goal.number}/learning/"
    assert panel in browser.get(f"/s/borgo/partnerships/own/goals/{goal.number}/").content.decode()
    page = browser.get(panel, headers={"HX-Request": "true"}).content.decode()
    assert ("<details" in page) is folded
    assert f"{HERE}1/" in page


def test_whole_review_by_the_api(goal, school, browser):
    def send(path="", verb="post", **body):
        return getattr(browser, verb)(f"{API}{path}", body, content_type="application/json")

    assert send(goal=99).status_code == 400
    assert send().status_code == 400
    made = send(goal=goal.number)
    assert made.status_code == 201, made.content
    assert (made.json()["indicator"], made.json()["state"]) == (goal.indicator.code, "open")
    assert send("1/move/", to="held").status_code == 409
    assert send("1/", "patch", wanted="A place for all", likely_future="None", free_idea="Ask").status_code == 200
    assert send("1/move/", to="held").json()["finding_it"]
    task = {"title": "Call firms", "due_on": "2026-04-01"}
    assert send("1/tasks/", member_id=str(goal.pk), **task).status_code == 400
    assert send("1/tasks/", member_id=str(school.pk), **task).json()["tasks"] == [1]
    assert send("1/check/", note="x").status_code == 409
    assert send("1/move/", to="actions_agreed").json()["state"] == "actions_agreed"
    assert send("1/", "patch", wanted="Else").status_code == 409
    assert send("1/check/", note="Done").json()["check_note"] == "Done"
    assert browser.get(API).json()["results"][0]["checked_on"] == "2026-02-01"


def test_trail_keeps_no_words_of_a_talk(review, coordinator):
    fill_trend_review(review=review, by=coordinator, wanted="Anna Neri is alone", action=Action("Visit", None, LATER))
    trail = str(list(AuditEvent.objects.values_list("changes", flat=True)))
    assert "Anna" not in trail
