from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.access.roles import Role
from core.access.visibility import Visibility
from goals.models import Milestone
from goals.operations.milestone import add_milestone
from partnerships.models import Partnership
from tests.factories.core import make_user
from tests.factories.goals import make_adopted_goal, make_complete_goal, make_goal
from tests.factories.metrics import make_indicator, make_measurement
from tests.factories.partnerships import make_member, make_partnership, make_representative

LIST = "/s/borgo/partnerships/own/goals/"
TIMELINE_QUERIES = 12


@pytest.fixture
def partnership(space, time_machine):
    time_machine.move_to("2026-07-10")
    return make_partnership("own", mode=Partnership.Mode.FULL)


@pytest.fixture
def milestone(partnership):
    return add_milestone(goal=make_goal(partnership), due_on=date(2026, 8, 1), by=None, title_en="Ten hosts")


@pytest.fixture
def partner(partnership):
    return make_user("partner@borgo.example", role=Role.PARTNER_LEAD, scope=partnership.scope)


@pytest.mark.parametrize("count", [1, 3])
def test_timeline_costs_the_same_queries_for_one_and_three_goals(
    partnership, coordinator, signed_in_as, django_assert_num_queries, count
):
    for number in range(count):
        indicator = make_indicator(
            partnership, f"N-{number}", baseline_value=Decimal(1), baseline_on=date(2025, 12, 31)
        )
        make_complete_goal(partnership, indicator=indicator)
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(TIMELINE_QUERIES):
        page = browser.get(f"{LIST}timeline/").content.decode()
    assert page.count("Step 3</a>") == count
    assert f"{count} milestone" in page


def test_timeline_shows_a_page_of_goals_and_counts_all(partnership, coordinator, signed_in_as):
    for number in range(27):
        goal = make_goal(partnership, title_en=f"Aim {number}.", starts_on=date(2026, 1, 1), ends_on=date(2099, 1, 1))
        add_milestone(goal=goal, due_on=date(2026, 3, 15 if number else 14), by=None, title_en=f"Step {number}.")
    late = make_goal(partnership, title_en="First aim", ends_on=date(2099, 1, 1))
    add_milestone(goal=late, due_on=date(2025, 3, 15), by=None, title_en="Late step")
    make_goal(partnership, title_en="Without end")
    browser = signed_in_as(coordinator)
    first = browser.get(f"{LIST}timeline/").content.decode()
    assert first.index("First aim</a>") < first.index("Aim 0.</a>")
    assert first.count('id="goal-') == 25
    assert "1 goal has no end yet" in first
    assert "28 milestones of 28 are late" in first
    second = browser.get(f"{LIST}timeline/", {"page": 2}).content.decode()
    assert second.count('id="goal-') == 3
    assert "Aim 26." in second
    assert "First aim" not in second


def test_timeline_without_dates_says_so(partnership, coordinator, signed_in_as):
    make_goal(partnership)
    assert "No goal has an end yet" in signed_in_as(coordinator).get(f"{LIST}timeline/").content.decode()


def test_timeline_shows_a_partner_nothing_of_coordination(partnership, partner, signed_in_as):
    make_complete_goal(partnership, title_en="Secret aim", visibility=Visibility.COORDINATION)
    assert b"Secret aim" not in signed_in_as(partner).get(f"{LIST}timeline/").content


def test_milestone_gets_an_owner_and_shows_both_dates(partnership, milestone, coordinator, signed_in_as):
    member = make_member(partnership)
    person = make_representative(member)
    browser = signed_in_as(coordinator)
    browser.post(
        f"{LIST}1/milestones/{milestone.pk}/edit/",
        {"title_en": "Ten hosts", "due_on": "2026-09-01", "owner": f"{member.pk}:{person.pk}", "kind": "process"},
    )
    page = browser.get(f"{LIST}1/milestones/{milestone.pk}/").content.decode()
    for words in ("Anna Riva", "Officine Riva", "1 August 2026", "1 September 2026", "Something has begun or ended"):
        assert words in page


def test_file_that_shows_it_is_downloaded_by_whoever_sees_the_goal(milestone, coordinator, partner, signed_in_as):
    address = f"{LIST}1/milestones/{milestone.pk}/"
    upload = SimpleUploadedFile("list.txt", b"Ten names")
    signed_in_as(coordinator).post(f"{address}reach/", {"reached_on": "2026-07-01", "upload": upload})
    answer = signed_in_as(partner).get(f"{address}file/")
    assert b"".join(answer.streaming_content) if answer.streaming else answer.content == b"Ten names"
    stranger = make_user("s@borgo.example", role=Role.PARTNER_LEAD, scope=make_partnership("other").scope)
    assert signed_in_as(stranger).get(f"{address}file/").status_code == 404


def test_milestone_is_dropped_with_a_reason_that_stays_in_sight(milestone, coordinator, partner, signed_in_as):
    address = f"{LIST}1/milestones/{milestone.pk}/drop/"
    assert signed_in_as(partner).post(address, {"reason": "The hall was sold."}).status_code == 403
    browser = signed_in_as(coordinator)
    assert browser.post(address, {"reason": "no"}).status_code == 422
    assert browser.post(address, {"reason": "The hall was sold."}).status_code == 302
    assert "The hall was sold." in browser.get(f"{LIST}1/").content.decode()
    assert Milestone.objects.get().dropped_on == date(2026, 7, 10)


def test_value_expected_by_a_milestone_is_what_the_goal_is_judged_against(partnership, coordinator, signed_in_as):
    goal = make_adopted_goal(partnership, coordinator)
    numbers = {"numerator": Decimal(25), "denominator": Decimal(100)}
    make_measurement(goal.indicator, period=(date(2026, 4, 1), date(2026, 6, 30)), **numbers)
    browser, here = signed_in_as(coordinator), f"{LIST}{goal.number}/"
    assert "Off track" in browser.get(here).content.decode()
    sent = {"title_en": "Slowly first", "due_on": "2026-09-30", "expected_value": "25.5"}
    assert browser.post(f"{here}milestones/new/", {**sent, "expected_value": "120"}).status_code == 422
    assert browser.post(f"{here}milestones/new/", sent).status_code == 302
    page = browser.get(here).content.decode()
    assert "On track" in page
    # The way is drawn, and stands in the table beside the value.
    assert page.count("Expected on the way") == 3
    milestone = Milestone.objects.get(title_en="Slowly first")
    assert "25.5" in browser.get(f"{here}milestones/{milestone.pk}/").content.decode()
    api = f"/s/borgo/api/v1/partnerships/own/goals/{goal.number}/milestones/{milestone.pk}/"
    assert browser.patch(api, {"expected_value": None}, content_type="application/json").status_code == 200
    page = browser.get(here).content.decode()
    assert ("Off track" in page, "Expected on the way" in page) == (True, False)


def test_goal_that_establishes_something_stands_by_its_milestones(partnership, coordinator, signed_in_as):
    goal = make_adopted_goal(partnership, coordinator, direction="establish")
    browser, here = signed_in_as(coordinator), f"{LIST}{goal.number}/"
    assert "0 of 2 milestones are reached. Due by now: 1." in browser.get(here).content.decode()
    goal.milestones.filter(title_en="Step 3").update(reached_on=date(2026, 3, 10))
    page = browser.get(here).content.decode()
    assert "1 of 2 milestones is reached. Due by now: 1." in page
    assert "On track" in page
