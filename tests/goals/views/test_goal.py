import re
from datetime import date
from decimal import Decimal

import pytest

from core.access.roles import Role
from core.access.visibility import Visibility
from core.tenancy.keys import new_id
from goals import panels
from goals.models import Goal
from goals.operations.goal import change_goal
from goals.operations.goal_task import set_goal_tasks
from partnerships.gates import gate_states
from partnerships.models import Partnership, Task
from partnerships.operations.decision import record_decision
from tests.factories.core import make_user
from tests.factories.goals import TODAY, make_adopted_goal, make_complete_goal, make_goal, make_percentage
from tests.factories.metrics import Q1, Q2, make_indicator, make_measurement
from tests.factories.partnerships import make_partnership

LIST = "/s/borgo/partnerships/own/goals/"
# Nine and twenty-one statements of the page, and six that enter and leave the tenant.
LIST_QUERIES = 13
DETAIL_QUERIES = 23


@pytest.fixture
def partnership(space):
    return make_partnership("own", mode=Partnership.Mode.FULL)


@pytest.fixture
def partner(partnership):
    return make_user("partner@borgo.example", role=Role.PARTNER_LEAD, scope=partnership.scope)


@pytest.fixture
def at_work(time_machine):
    time_machine.move_to("2026-07-10")


def typed(**changed):
    known = {
        "title_en": "Good placements", "population_en": "students", "place_en": "Borgo", "direction": "increase", "indicator": "new",
        "indicator_name": "Students placed", "indicator_unit": "percent", "indicator_frequency": "quarterly", "baseline": "40 of 180",
        "baseline_on": "2025-12-31", "target_value": "60 %", "starts_on": "2026-01-01", "ends_on": "2026-12-31",
        "why_realistic": "Three schools did it in one year.", "equity_note": "Travel refund.", "visibility": "2",
    }  # fmt: skip
    return {**known, **changed}


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_rows(
    partnership, coordinator, signed_in_as, django_assert_num_queries, count, at_work
):
    for number in range(count):
        goal = make_adopted_goal(
            partnership,
            coordinator,
            indicator=make_indicator(
                partnership,
                f"N-{number}",
                definition_en="x",
                source_en="y",
                baseline_value=Decimal(1),
                baseline_on=date(2025, 12, 31),
            ),
        )
        make_measurement(goal.indicator, 5)
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(LIST_QUERIES):
        answer = browser.get(LIST)
    assert answer.content.decode().count(f'href="{LIST}') == count + 4


@pytest.mark.parametrize("count", [1, 3])
def test_detail_costs_the_same_queries_whatever_hangs_on_the_goal(
    partnership, coordinator, signed_in_as, django_assert_num_queries, count, at_work
):
    goal = make_adopted_goal(partnership, coordinator)
    tasks = [Task.objects.create(partnership=partnership, number=number, title=f"T{number}") for number in range(count)]
    set_goal_tasks(goal=goal, tasks=tasks, by=coordinator)
    for month in range(1, count + 1):
        parts = {"numerator": Decimal(50), "denominator": Decimal(180)}
        make_measurement(goal.indicator, period=(date(2026, month, 1), date(2026, month, 28)), **parts)
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(DETAIL_QUERIES):
        assert browser.get(f"{LIST}1/").status_code == 200


def test_empty_list_offers_the_first_step(partnership, coordinator, signed_in_as):
    assert f'href="{LIST}new/"' in signed_in_as(coordinator).get(LIST).content.decode()


def test_partner_sees_no_trace_of_what_is_kept_in_coordination(partnership, partner, signed_in_as):
    make_goal(partnership, title_en="Secret aim", visibility=Visibility.COORDINATION)
    browser = signed_in_as(partner)
    for address in (LIST, f"{LIST}?format=csv"):
        assert b"Secret aim" not in browser.get(address).content
    assert browser.get(f"{LIST}1/").status_code == 404


def test_goal_whose_indicator_is_kept_in_coordination_is_kept_too(partnership, partner, signed_in_as):
    make_goal(
        partnership, title_en="Open aim", indicator=make_indicator(partnership, visibility=Visibility.COORDINATION)
    )
    browser = signed_in_as(partner)
    assert b"Open aim" not in browser.get(LIST).content
    assert browser.get(f"{LIST}1/").status_code == 404


def test_partner_reads_a_goal_and_may_not_write_it(partnership, partner, signed_in_as):
    make_goal(partnership)
    browser = signed_in_as(partner)
    assert browser.get(f"{LIST}1/").status_code == 200
    for act in ("edit/", "move/", "adopt/", "close/", "confirm/", "tasks/", "milestones/new/"):
        assert browser.post(f"{LIST}1/{act}", {"to": "proposed"}).status_code == 403, act
    assert browser.post(f"{LIST}new/", typed()).status_code == 403
    assert browser.post(f"{LIST}check/", typed()).status_code == 403


def test_goal_of_another_partnership_and_one_that_is_none_answer_alike(partnership, signed_in_as):
    make_goal(partnership)
    stranger = signed_in_as(
        make_user("stranger@borgo.example", role=Role.PARTNER_LEAD, scope=make_partnership("other").scope)
    )
    assert stranger.get(f"{LIST}1/").status_code == 404
    assert stranger.get(f"{LIST}99999999999999999999/").status_code == 404


def test_goal_is_written_with_its_indicator_in_one_form(partnership, coordinator, signed_in_as):
    answer = signed_in_as(coordinator).post(f"{LIST}new/", typed())
    assert answer.status_code == 302, answer.content.decode()
    goal = Goal.objects.select_related("indicator").get()
    assert (goal.target_value, goal.indicator.baseline_value, goal.indicator.name_en) == (
        60,
        Decimal("22.2222"),
        "Students placed",
    )


def test_goal_takes_an_indicator_that_is_there(partnership, coordinator, signed_in_as):
    indicator = make_indicator(partnership)
    signed_in_as(coordinator).post(f"{LIST}new/", typed(indicator=str(indicator.pk)))
    assert Goal.objects.get().indicator == indicator


def test_indicator_of_another_partnership_cannot_be_chosen(partnership, coordinator, signed_in_as):
    elsewhere = make_indicator(make_partnership("elsewhere"))
    answer = signed_in_as(coordinator).post(f"{LIST}new/", typed(indicator=str(elsewhere.pk)))
    assert answer.status_code == 422
    assert b"not in the list any more" in answer.content


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"title_en": ""}, "Give it a title"),
        ({"baseline": "22 %"}, "two numbers behind the percentage"),
        ({"baseline_on": ""}, "the day the starting value was true"),
        ({"ends_on": "2025-12-31"}, "The end must be after the start"),
        ({"target_value": "many"}, "is not a number"),
        ({"target_value": "140"}, "between 0 and 100"),
    ],
)
def test_invalid_goal_comes_back_with_what_was_typed(partnership, coordinator, signed_in_as, changed, message):
    answer = signed_in_as(coordinator).post(f"{LIST}new/", typed(equity_note="Kept words", **changed))
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert b"Kept words" in answer.content
    assert not Goal.objects.exists()


def test_live_checks_show_the_sentence_and_what_is_missing_and_write_nothing(
    partnership, coordinator, signed_in_as, at_work
):
    browser = signed_in_as(coordinator)
    page = browser.post(f"{LIST}check/", typed(equity_note="", target_value="x")).content.decode().replace("\xa0", " ")
    assert (
        "By 31 December 2026, increase the share of students placed in Borgo from 22 % to … (starting value of 31 December 2025)."
        in page
    )
    assert "It does not say who could be left out." in page
    assert "It does not say which value shall be reached." in page
    # Each question of the form gets what it still asks, where there is no room beside it.
    (fair,) = re.findall(r'id="smart-R" hx-swap-oob="true">(.*?)</div>', page, re.DOTALL)
    assert "It does not say who could be left out." in fair
    assert 'href="#id_equity_note"' in fair
    assert not Goal.objects.exists()


def test_form_without_script_shows_the_checks_and_saves_nothing(partnership, coordinator, signed_in_as, at_work):
    goal = make_complete_goal(partnership)
    browser = signed_in_as(coordinator)
    assert "Complete: nothing is missing" in browser.get(f"{LIST}1/edit/").content.decode()
    for path, said in ((f"{LIST}new/", "still missing"), (f"{LIST}1/edit/", "still missing")):
        page = browser.post(path, typed(equity_note="", only_check="1"))
        assert (page.status_code, said in page.content.decode()) == (200, True), path
    goal.refresh_from_db()
    assert (goal.equity_note, Goal.objects.count()) == ("Places are kept for students with low means.", 1)


def test_each_check_leads_to_where_it_is_mended(partnership, coordinator, signed_in_as, at_work):
    goal = make_goal(partnership, indicator=make_indicator(partnership, baseline_value=None, baseline_on=None))
    page = signed_in_as(coordinator).get(f"{LIST}1/").content.decode()
    for way in ("edit/#id_population_", "edit/#id_owner_member", "why/", "milestones/new/"):
        assert f'<a href="{LIST}1/{way}' in page, way
    assert f'<a href="/s/borgo/partnerships/own/risks/new/?goal={goal.number}">' in page
    assert f"/indicators/{goal.indicator.code}/edit/" in page


def test_live_checks_of_a_saved_goal_leave_it_as_it_is(partnership, coordinator, signed_in_as, at_work):
    goal = make_complete_goal(partnership)
    page = signed_in_as(coordinator).post(f"{LIST}1/check/", typed(target_value="50")).content.decode()
    assert "50\xa0%" in page
    goal.refresh_from_db()
    assert goal.target_value == 60


def test_goal_of_a_light_partnership_walks_from_draft_to_closed(space, coordinator, signed_in_as, at_work):
    partnership = make_partnership("own")
    goal = make_complete_goal(partnership)
    browser = signed_in_as(coordinator)
    for act, body, state in [
        ("move/", {"to": "proposed"}, "proposed"),
        ("adopt/", {"decision": ""}, "adopted"),
        ("move/", {"to": "active"}, "active"),
        ("close/", {"to": "achieved", "measurement": "none", "statement": "Nobody counted at the end"}, "achieved"),
    ]:
        assert browser.post(f"{LIST}1/{act}", body).status_code == 302
        goal.refresh_from_db()
        assert goal.state == state
        assert browser.get(f"{LIST}1/").status_code == 200


def test_incomplete_goal_is_not_offered_for_proposing(partnership, coordinator, signed_in_as, at_work):
    make_complete_goal(partnership, equity_note="")
    browser = signed_in_as(coordinator)
    page = browser.get(f"{LIST}1/").content.decode()
    assert "Propose the goal" not in page
    assert "One thing is still missing" in page
    browser.post(f"{LIST}1/move/", {"to": "proposed"})
    assert Goal.objects.get().state == "draft"


def test_adopting_asks_first_and_a_get_changes_nothing(partnership, coordinator, signed_in_as, at_work):
    make_complete_goal(partnership)
    browser = signed_in_as(coordinator)
    browser.post(f"{LIST}1/move/", {"to": "proposed"})
    assert b"Adopt this goal?" in browser.get(f"{LIST}1/adopt/").content
    assert Goal.objects.get().state == "proposed"


def test_standing_is_a_word_with_its_reason_in_the_language_of_the_page(
    partnership, coordinator, signed_in_as, at_work
):
    goal = make_adopted_goal(partnership, coordinator)
    make_measurement(goal.indicator, period=Q1, numerator=Decimal(50), denominator=Decimal(180))
    make_measurement(goal.indicator, period=Q2, numerator=Decimal(54), denominator=Decimal(180))
    browser = signed_in_as(coordinator)
    page = browser.get(f"{LIST}1/").content.decode().replace("\xa0", " ")
    assert "At risk" in page or "Off track" in page
    assert "Latest value: 30 % (30 June 2026). Expected by then: 41 %." in page
    coordinator.language = "it"
    coordinator.save()
    assert "Ultimo valore: 30 % (30 giugno 2026). Previsto a quella data: 41 %." in browser.get(
        LIST
    ).content.decode().replace("\xa0", " ")


def test_first_target_stays_in_sight_when_another_indicator_measures_the_goal(
    space, coordinator, signed_in_as, at_work
):
    partnership = make_partnership("own")
    goal = make_adopted_goal(partnership, coordinator)
    other = make_percentage(partnership, "kept")
    change_goal(
        goal=goal, by=coordinator, today=TODAY, reason="The school counts otherwise", indicator=other, target_value=40
    )
    # A second goal of the same indicator has a first target of its own.
    make_adopted_goal(partnership, coordinator, indicator=other, target_value=Decimal(35))
    page = signed_in_as(coordinator).get(LIST).content.decode().replace("\xa0", " ")
    assert re.findall(r"first: ([^<]*)<", page) == [f"60 % ({goal.indicator.code})"]


def test_adopted_target_changes_with_a_reason_and_the_first_stays_visible(
    partnership, coordinator, signed_in_as, at_work
):
    goal = make_adopted_goal(partnership, coordinator)
    browser = signed_in_as(coordinator)
    body = typed(
        indicator=str(goal.indicator_id),
        indicator_name="",
        title_it="Buone esperienze",
        population_it="studenti",
        place_it="Borgo",
        target_value="50",
        next_review_on="2026-09-01",
        owner_member=str(goal.owner_member_id),
    )
    assert b"why the commitment changes" in browser.post(f"{LIST}1/edit/", body).content
    goal = change_goal(
        goal=goal,
        by=coordinator,
        today=TODAY,
        reason="Two firms closed in April",
        decision=record_decision(partnership=partnership, by=coordinator, title="Lower", outcome="decided"),
        target_value=Decimal(50),
    )
    page = browser.get(f"{LIST}1/").content.decode()
    assert "First target" in page
    assert "Two firms closed in April" in page
    assert "Decision 2026/1" in page
    assert "first: 60" in browser.get(LIST).content.decode()
    shown = browser.get("/s/borgo/api/v1/partnerships/own/goals/1/").json()
    assert (shown["original_target"], Decimal(shown["target_value"])) == ("60", 50)
    changed = browser.get(f"{LIST}1/versions/").content.decode()
    assert "<del>" in changed
    assert "First target" in changed
    assert "The two wordings are the same" in browser.get(f"{LIST}1/versions/?old=1&new=1").content.decode()


def test_examples_are_confirmed_with_one_button(partnership, coordinator, signed_in_as):
    make_goal(partnership, examples=["target_value"])
    browser = signed_in_as(coordinator)
    assert b"These figures are ours" in browser.get(f"{LIST}1/").content
    browser.post(f"{LIST}1/confirm/")
    assert Goal.objects.get().examples == []


def test_tasks_are_chosen_and_shown_with_their_state(partnership, coordinator, signed_in_as):
    goal = make_goal(partnership)
    task = Task.objects.create(partnership=partnership, number=1, title="Visit the firms")
    elsewhere = Task.objects.create(partnership=make_partnership("elsewhere"), number=1, title="Elsewhere")
    browser = signed_in_as(coordinator)
    for other in (str(elsewhere.pk), "nonsense"):
        answer = browser.post(f"{LIST}1/tasks/", {"task": [str(task.pk), other]}, follow=True)
        assert b"not in the list any more" in answer.content
    assert not goal.task_links.exists()
    browser.post(f"{LIST}1/tasks/", {"task": [str(task.pk)]})
    assert [link.task for link in goal.task_links.all()] == [task]
    assert b"Visit the firms" in browser.get(f"{LIST}1/").content


def test_task_kept_in_coordination_is_not_shown_to_a_partner(partnership, partner, coordinator, signed_in_as):
    goal = make_goal(partnership)
    task = Task.objects.create(
        partnership=partnership, number=1, title="Secret task", visibility=Visibility.COORDINATION
    )
    set_goal_tasks(goal=goal, tasks=[task], by=coordinator)
    assert b"Secret task" not in signed_in_as(partner).get(f"{LIST}1/").content


def test_milestone_is_added_moved_and_reached(partnership, coordinator, signed_in_as, at_work):
    goal = make_goal(partnership)
    browser = signed_in_as(coordinator)
    browser.post(f"{LIST}1/milestones/new/", {"title_en": "Ten hosts", "due_on": "2026-08-01"})
    milestone = goal.milestones.get()
    browser.post(f"{LIST}1/milestones/{milestone.pk}/edit/", {"title_en": "Ten hosts", "due_on": "2026-09-01"})
    assert b"First agreed: 1 August 2026." in browser.get(f"{LIST}1/").content
    assert (
        browser.post(
            f"{LIST}1/milestones/{milestone.pk}/reach/", {"reached_on": "2026-07-01", "evidence": ""}
        ).status_code
        == 422
    )
    browser.post(
        f"{LIST}1/milestones/{milestone.pk}/reach/", {"reached_on": "2026-07-01", "evidence": "List of 1 July"}
    )
    assert b"Reached on 1 July 2026" in browser.get(f"{LIST}1/").content


def test_milestone_of_another_goal_and_one_that_is_none_answer_alike(partnership, coordinator, signed_in_as):
    make_goal(partnership)
    other = make_complete_goal(make_partnership("elsewhere"))
    browser = signed_in_as(coordinator)
    for key in (other.milestones.first().pk, new_id()):
        assert browser.get(f"{LIST}1/milestones/{key}/edit/").status_code == 404


def test_panels_of_higher_apps_are_loaded_by_their_address(partnership, coordinator, signed_in_as, monkeypatch):
    monkeypatch.setattr(panels, "_panels", {})
    panels.register_panel("goal_tasks", 10)
    make_goal(partnership)
    assert f'hx-get="{LIST}1/tasks/"' in signed_in_as(coordinator).get(f"{LIST}1/").content.decode()


def test_gate_to_active_opens_with_an_adopted_goal(partnership, coordinator, at_work):
    partnership.state = Partnership.State.FORMING
    partnership.save()

    def is_open():
        return next(gate.is_open for gate in gate_states(partnership, Partnership.State.ACTIVE) if gate.code == "goal")

    make_complete_goal(partnership)
    assert not is_open()
    make_adopted_goal(partnership, coordinator)
    assert is_open()
