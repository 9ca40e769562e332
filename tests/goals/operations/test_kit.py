import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.access.visibility import Visibility
from core.rules.workdays import workdays_after
from goals.models import Deliverable, DeliverableRole, Goal, Milestone, Need, Risk
from goals.operations.deliverable import plan_deliverable, set_deliverable_tasks
from goals.operations.goal import confirm_examples, draft_goal
from goals.operations.goal_task import set_goal_tasks
from goals.operations.kit import apply_goal_kit
from goals.operations.need import add_need
from goals.operations.risk import add_risk
from goals.operations.why import set_goal_reasons
from goals.queries.checks import checks_of
from goals.queries.kit_capture import capture_goals
from goals.rules.facts import sentence_of
from goals.rules.sentence import is_complete
from goals.rules.smart import failures
from metrics.models import Indicator
from metrics.rules.cut import usual_groups
from partnerships.kit_sections import built_in
from partnerships.kits.kit import ChosenKit
from partnerships.kits.registry import KITS
from partnerships.models import Partnership, Task
from partnerships.operations.kit import bring_in_new, save_kit, start_partnership_from_kit
from partnerships.operations.partnership import change_partnership
from partnerships.operations.task import propose_task
from partnerships.queries.kit import chosen_kit, kit_changes
from partnerships.rules.kit import day_of
from tests.factories.breakdown import make_cut
from tests.factories.metrics import make_indicator
from tests.factories.partnerships import make_member, make_partnership

START = date(2026, 1, 1)


@pytest.mark.parametrize("code", ["BS", "NG", "CU"])
def test_kit_brings_its_goals_and_indicators_in_both_languages(space, code):
    partnership = make_partnership(mode=Partnership.Mode.FULL, starts_on=START)
    apply_goal_kit(partnership, built_in(KITS[code]), None)
    assert Goal.objects.count() == 3
    assert Indicator.objects.filter(code__startswith=f"{code}-I").count() == 8
    assert set(Indicator.objects.filter(code__startswith="P-").values_list("code", flat=True)) == {"P-1", "P-2", "P-3"}
    for record in (*Goal.objects.all(), *Milestone.objects.all()):
        assert record.title_en
        assert record.title_it
    for goal in Goal.objects.select_related("indicator"):
        assert goal.state == Goal.State.DRAFT
        assert is_complete(sentence_of(goal, goal.indicator))


@pytest.mark.parametrize("code", ["BS", "NG", "CU"])
def test_goal_of_a_kit_cannot_be_proposed_before_its_examples_are_confirmed(space, code):
    apply_goal_kit(make_partnership(starts_on=START), built_in(KITS[code]), None)
    for goal in Goal.objects.all():
        assert "target_value" in goal.examples
        assert "P1" in {check.code for check in failures(checks_of(goal, today=START))}


@pytest.mark.parametrize("code", ["BS", "NG", "CU"])
def test_goal_of_a_kit_passes_what_a_template_can_know(space, code):
    apply_goal_kit(make_partnership(mode=Partnership.Mode.FULL, starts_on=START), built_in(KITS[code]), None)
    for goal in Goal.objects.all():
        assert {check.code for check in failures(checks_of(goal, today=START))} == {"P1", "S4", "A2", "A4", "R1", "R2"}


def test_sentences_of_a_kit_read_well_in_both_languages(space):
    apply_goal_kit(make_partnership(starts_on=START), built_in(KITS["NG"]), None)
    goal = Goal.objects.select_related("indicator").get(number=1)
    sentence = sentence_of(goal, goal.indicator)
    assert sentence.text_en == (
        "By 1 January 2027, reduce the median days from first request to first help for residents aged 65 and over or carers "
        "who ask for help in the neighbourhood from 45 to 20 (starting value of 1 January 2026)."
    )
    assert sentence.text_it == (
        "Entro il 1° gennaio 2027, ridurre da 45 a 20 i giorni mediani dalla richiesta al primo aiuto per residenti di 65 anni e più "
        "o familiari che chiedono aiuto nel quartiere (valore di partenza: 1° gennaio 2026)."
    )


def kit_days(goal):
    milestones = [
        day for pair in Milestone.objects.filter(goal=goal).values_list("due_on", "first_due_on") for day in pair
    ]
    indicator = Indicator.objects.get(pk=goal.indicator_id)
    baseline = indicator.baseline_on or indicator.baseline_due_on
    return [goal.starts_on, goal.ends_on, goal.next_review_on, baseline, *milestones]


def test_dates_of_a_kit_follow_another_start_while_they_are_examples(space, coordinator):
    partnership = start_partnership_from_kit(kit=built_in(KITS["BS"]), name="Own", starts_on=START, by=coordinator)
    before = kit_days(Goal.objects.get(number=1))
    own, proposed, confirmed = Goal.objects.get(number=1), Goal.objects.get(number=2), Goal.objects.get(number=3)
    own.milestones.update(due_on=date(2026, 5, 5))
    Goal.objects.filter(pk=proposed.pk).update(state=Goal.State.PROPOSED)
    confirm_examples(goal=confirmed, by=coordinator)
    change_partnership(partnership=partnership, by=coordinator, starts_on=START + timedelta(days=60))
    after = kit_days(Goal.objects.get(number=1))
    assert after[:4] == [day + timedelta(days=60) for day in before[:4]]
    assert set(own.milestones.values_list("due_on", flat=True)) == {date(2026, 5, 5)}
    for goal in (proposed, confirmed):
        stays = Goal.objects.get(pk=goal.pk)
        assert (stays.starts_on, stays.ends_on) == (goal.starts_on, goal.ends_on)


def test_dates_of_a_kit_count_from_the_start_once_there_is_one(space, coordinator):
    partnership = start_partnership_from_kit(kit=built_in(KITS["NG"]), name="Own", by=coordinator)
    today, start = timezone.localdate(), timezone.localdate() + timedelta(days=90)
    before = {goal.pk: kit_days(goal) for goal in Goal.objects.all()}
    change_partnership(partnership=partnership, by=coordinator, starts_on=start)
    assert {goal.pk: kit_days(goal) for goal in Goal.objects.all()} == {
        key: [day + (start - today) for day in days] for key, days in before.items()
    }


def test_light_partnership_gets_only_the_indicators_its_goals_need(space):
    apply_goal_kit(make_partnership(starts_on=START), built_in(KITS["BS"]), None)
    assert set(Indicator.objects.values_list("code", flat=True)) == {"BS-I1", "BS-I2", "BS-I3"}


def test_kit_applied_twice_adds_nothing(space):
    partnership = make_partnership(starts_on=START)
    for _ in range(2):
        apply_goal_kit(partnership, built_in(KITS["CU"]), None)
    assert (Goal.objects.count(), Indicator.objects.count()) == (3, 3)


def test_kit_from_scratch_brings_no_goals(space):
    apply_goal_kit(make_partnership(), built_in(KITS[""]), None)
    assert not Goal.objects.exists()


def test_baseline_of_a_kit_says_that_it_is_an_example(space):
    apply_goal_kit(make_partnership(starts_on=START), built_in(KITS["BS"]), None)
    assert "Example" in Indicator.objects.get(code="BS-I1").baseline_source


def test_confirmed_baseline_is_no_example_any_more(space, coordinator):
    apply_goal_kit(make_partnership(starts_on=START), built_in(KITS["BS"]), None)
    confirm_examples(goal=Goal.objects.get(number=1), by=coordinator)
    assert Indicator.objects.get(code="BS-I1").baseline_source == ""
    assert "Example" in Indicator.objects.get(code="BS-I3").baseline_source


def test_own_kit_carries_goals_and_indicators_as_examples_again(space, coordinator):
    first, second = (
        make_partnership("first", starts_on=START, mode="full"),
        make_partnership("second", starts_on=START, mode="full"),
    )
    apply_goal_kit(first, built_in(KITS["BS"]), None)
    items = capture_goals(first)
    apply_goal_kit(second, ChosenKit("own-1", 1, "Ours", "", content={"goals": json.loads(json.dumps(items))}), None)
    names = ("title_en", "title_it", "direction", "population_it", "place_en", "target_value", "ends_on", "state")
    of = [
        list(Goal.objects.filter(partnership=made).order_by("number").values_list(*names)) for made in (first, second)
    ]
    assert of[0] == of[1]
    codes = [
        set(Indicator.objects.filter(partnership=made).values_list("code", "unit", "name_it"))
        for made in (first, second)
    ]
    assert codes[0] == codes[1]
    assert all("target_value" in goal.examples for goal in Goal.objects.filter(partnership=second))
    assert (
        Milestone.objects.filter(goal__partnership=second).count()
        == Milestone.objects.filter(goal__partnership=first).count()
    )


@pytest.mark.parametrize("code", ["BS", "NG", "CU"])
def test_kit_brings_a_need_and_risks_that_nobody_checked_yet(space, admin, code):
    made = start_partnership_from_kit(kit=built_in(KITS[code]), name="Scuola", mode="full", by=admin)
    need = Need.objects.get(partnership=made)
    assert need.statement_en
    assert need.statement_it
    assert need.affected_en
    assert (need.evidence, need.visibility) == ("", Visibility.COORDINATION)
    risks = Risk.objects.filter(partnership=made)
    assert risks.count() == 4
    assert set(risks.values_list("state", "response", "visibility")) == {("open", "", Visibility.COORDINATION)}
    assert all(risks.values_list("actions", flat=True))
    for goal in Goal.objects.filter(partnership=made):
        assert {"A4", "R1", "P1"} <= {check.code for check in failures(checks_of(goal, today=START))}


def _worked_in(partnership, admin):
    """A partnership with everything a kit of its own should keep."""
    member = make_member(partnership, "Scuola Rossi", role="Head of school")
    first = propose_task(
        partnership=partnership, title="Ask the firms", by=admin, is_draft=True, due_on=date(2026, 3, 2)
    )
    second = propose_task(
        partnership=partnership, title="Visit the firms", by=admin, member=member, effort_hours=12, needs_evidence=True,
        result_expected="Ten firms visited", checklist=["Call", "Go"], waits_for=[first], due_on=date(2026, 5, 4),
    )  # fmt: skip
    indicator = make_indicator(
        partnership,
        "X-1",
        name_en="Firms",
        unit="count",
        method_en="Counted by hand",
        deduplication_en="By name",
        deduplication_it="Per nome",
        lag_days=10,
    )
    make_cut(indicator, "gender")
    need = add_need(partnership=partnership, by=admin, statement_en="Few places", affected_en="students")
    goal = draft_goal(
        partnership=partnership, by=admin, title_en="More firms", indicator=indicator, target_value=Decimal(20),
        ends_on=date(2026, 12, 1), resources_needed="A car", sdg_targets=["4.4"],
    )  # fmt: skip
    set_goal_reasons(goal=goal, needs=[need], outcome=None, by=admin)
    set_goal_tasks(goal=goal, tasks=[second], by=admin)
    add_risk(partnership=partnership, by=admin, event="A firm leaves", actions="A reserve list", likelihood=4, impact=2)
    result = plan_deliverable(
        partnership=partnership, by=admin, title="List of firms", description="Kept by the school", goal=goal,
        due_on=date(2026, 6, 1), parts={member.pk: {"A", "R"}},
    )  # fmt: skip
    set_deliverable_tasks(deliverable=result, tasks=[second], by=admin)


def test_own_kit_keeps_results_effort_needs_risks_and_what_hangs_together(space, admin):
    first = make_partnership("first", starts_on=START, mode="full")
    _worked_in(first, admin)
    saved = save_kit(partnership=first, name_en="Ours", by=admin)
    start = workdays_after(timezone.localdate(), 20)
    made = start_partnership_from_kit(kit=chosen_kit(saved.code), name="Second", starts_on=start, by=admin)
    visit = Task.objects.get(partnership=made, title="Visit the firms")
    assert (visit.effort_hours, visit.needs_evidence, visit.result_expected) == (12, True, "Ten firms visited")
    assert (visit.member, visit.state, visit.due_on) == (None, "proposed", day_of(start, 123))
    assert [check.text for check in visit.checks.order_by("position")] == ["Call", "Go"]
    assert [link.waits_for.title for link in visit.dependencies.all()] == ["Ask the firms"]
    indicator = Indicator.objects.get(partnership=made, code="X-1")
    assert (indicator.method_en, indicator.lag_days) == ("Counted by hand", 10)
    assert (indicator.deduplication_en, indicator.deduplication_it) == ("By name", "Per nome")
    assert indicator.cuts.get().groups.filter(is_unknown=False).count() == len(usual_groups("gender"))
    goal = Goal.objects.get(partnership=made)
    assert (goal.resources_needed, goal.sdg_targets, goal.state) == ("A car", ["4.4"], "draft")
    assert "target_value" in goal.examples
    assert [link.need.statement_en for link in goal.need_links.all()] == ["Few places"]
    assert [link.task for link in goal.task_links.all()] == [visit]
    risk = Risk.objects.get(partnership=made)
    assert (risk.event, risk.actions, risk.likelihood, risk.impact) == ("A firm leaves", "A reserve list", 4, 2)
    result = Deliverable.objects.get(partnership=made)
    assert (result.title, result.goal, result.due_on) == ("List of firms", goal, day_of(start, 151))
    assert [link.task for link in result.task_links.all()] == [visit]
    assert not result.roles.exists()
    [item] = saved.content["results"]
    names = {role["code"]: role["name_en"] for role in saved.content["roles"]}
    assert (names[item["accountable"]], [names[code] for code in item["responsible"]]) == (
        "Head of school", ["Head of school"],
    )  # fmt: skip
    assert "Scuola Rossi" not in json.dumps(saved.content)
    later = workdays_after(start, 40)
    change_partnership(partnership=made, by=admin, starts_on=later)
    result.refresh_from_db()
    assert result.due_on == day_of(later, 151)
    plays = make_member(made, "Scuola Neri")
    DeliverableRole.objects.create(deliverable=result, member=plays, part="A")
    change_partnership(partnership=made, by=admin, starts_on=start)
    result.refresh_from_db()
    assert result.due_on == day_of(later, 151)


def test_next_version_tells_what_came_and_went_and_adds_it(space, admin):
    first = make_partnership("first", starts_on=START, mode="full")
    with pytest.raises(ValidationError, match="nothing in this partnership yet"):
        save_kit(partnership=first, name_en="Ours", by=admin)
    propose_task(partnership=first, title="Find a room", by=admin)
    old = save_kit(partnership=first, name_en="Ours", by=admin)
    made = start_partnership_from_kit(kit=chosen_kit(old.code), name="Second", by=admin)
    assert kit_changes(made) == []
    _worked_in(first, admin)
    save_kit(partnership=first, name_en="Ours", by=admin, code=old.code)
    told = {(news.label, change.title) for news in kit_changes(made) for change in news.changes}
    assert {
        ("Results and who does what", "List of firms"), ("Risks", "A firm leaves"), ("Community needs", "Few places"),
        ("Tasks with dates", "Visit the firms"), ("Goals and indicators with examples", "More firms"),
    } <= told  # fmt: skip
    bring_in_new(partnership=made, by=admin)
    assert Deliverable.objects.get(partnership=made).goal == Goal.objects.get(partnership=made)
    assert (Need.objects.filter(partnership=made).count(), Risk.objects.filter(partnership=made).count()) == (1, 1)
    bring_in_new(partnership=made, by=admin)
    assert Deliverable.objects.filter(partnership=made).count() == 1
