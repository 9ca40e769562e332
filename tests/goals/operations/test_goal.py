from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.access.visibility import Visibility
from core.models import AuditEvent
from goals.models import Goal
from goals.operations.goal import (
    GoalRefusedError,
    adopt_goal,
    change_goal,
    close_goal,
    confirm_examples,
    draft_goal,
    move_goal,
)
from goals.operations.goal_task import set_goal_tasks
from goals.operations.milestone import drop_milestone
from metrics.models import Indicator, Target
from partnerships.models import Partnership, Task
from partnerships.operations.decision import record_decision
from tests.factories.goals import (
    TODAY,
    answer_all,
    make_adopted_goal,
    make_asked,
    make_complete_goal,
    make_goal,
    make_percentage,
    make_voice,
)
from tests.factories.metrics import make_indicator, make_measurement
from tests.factories.partnerships import make_partnership


@pytest.fixture
def partnership(space):
    return make_partnership(mode=Partnership.Mode.FULL)


@pytest.fixture
def adopted(partnership, coordinator):
    return make_adopted_goal(partnership, coordinator)


@pytest.fixture
def decision(partnership, coordinator):
    return record_decision(partnership=partnership, by=coordinator, title="A lower target", outcome="decided")


def test_goals_are_numbered_within_their_partnership(partnership):
    make_goal(partnership)
    assert make_goal(partnership).number == 2
    assert make_goal(make_partnership("other")).number == 1


def test_goal_without_a_title_is_refused(partnership):
    with pytest.raises(ValidationError):
        draft_goal(partnership=partnership, by=None)


def test_goal_is_drafted_with_an_indicator_of_its_own(partnership, coordinator):
    goal = draft_goal(
        partnership=partnership, by=coordinator, title_it="Orti", new_indicator={"name_it": "Orti aperti"}
    )
    assert goal.indicator.name_it == "Orti aperti"


def test_refused_indicator_leaves_no_goal_behind(partnership, coordinator):
    with pytest.raises(ValidationError):
        draft_goal(
            partnership=partnership,
            by=coordinator,
            title_it="Orti",
            target_value=Decimal("1.5"),
            new_indicator={"name_it": "Orti aperti"},
        )
    assert not Goal.objects.exists()
    assert not Indicator.objects.exists()


def test_indicator_of_another_partnership_is_refused(partnership):
    with pytest.raises(ValidationError, match="another partnership"):
        make_goal(partnership, indicator=make_indicator(make_partnership("other")))


def test_end_before_start_is_refused(partnership):
    with pytest.raises(ValidationError, match="after the start"):
        make_goal(partnership, starts_on=date(2026, 5, 1), ends_on=date(2026, 4, 1))


def test_goal_is_never_more_visible_than_its_partnership(space):
    partnership = make_partnership(visibility=Visibility.COORDINATION)
    assert make_goal(partnership, visibility=Visibility.PUBLIC).visibility == Visibility.COORDINATION


def test_goal_with_a_failing_check_cannot_be_proposed(partnership, coordinator):
    goal = make_complete_goal(partnership, equity_note="")
    with pytest.raises(GoalRefusedError) as refusal:
        move_goal(goal=goal, to="proposed", by=coordinator, today=TODAY)
    assert [check.code for check in refusal.value.checks] == ["R4"]
    goal.refresh_from_db()
    assert goal.state == Goal.State.DRAFT


def test_draft_cannot_be_adopted(partnership, coordinator):
    with pytest.raises(GoalRefusedError, match="cannot go there"):
        adopt_goal(goal=make_complete_goal(partnership), by=coordinator, today=TODAY)


def test_goal_whose_checks_fail_meanwhile_cannot_be_adopted(partnership, coordinator):
    goal = make_complete_goal(partnership)
    move_goal(goal=goal, to="proposed", by=coordinator, today=TODAY)
    make_asked(goal, coordinator)
    answer_all(goal)
    make_voice(goal)
    # One that was given up is no point on the way any more.
    for milestone in goal.milestones.all():
        drop_milestone(milestone=milestone, reason="The room is gone.", by=coordinator, today=TODAY)
    with pytest.raises(GoalRefusedError) as refusal:
        adopt_goal(goal=goal, by=coordinator, today=TODAY)
    assert [check.code for check in refusal.value.checks] == ["T2"]


def test_adoption_freezes_a_version_and_sets_the_target(adopted):
    version = adopted.versions.get()
    assert (adopted.state, adopted.version_number, version.number) == ("adopted", 1, 1)
    assert version.fields["target_value"] == "60"
    assert version.fields["sentence_it"].startswith(
        "Entro il 31 dicembre 2026, aumentare dal 22\u00a0% al 60\u00a0% la quota di"
    )
    target = Target.objects.get()
    assert (target.value, target.due_on, target.replaced_on) == (60, date(2026, 12, 31), None)
    assert AuditEvent.objects.filter(verb="goal.moved").count() == 3


@pytest.mark.parametrize("to", ["adopted", "achieved", "nonsense"])
def test_adopting_and_closing_have_operations_of_their_own(partnership, coordinator, to):
    goal = make_complete_goal(partnership)
    move_goal(goal=goal, to="proposed", by=coordinator, today=TODAY)
    with pytest.raises(GoalRefusedError):
        move_goal(goal=goal, to=to, by=coordinator, today=TODAY)


def test_changed_commitment_of_a_proposed_goal_is_a_draft_again(partnership, coordinator):
    goal = make_complete_goal(partnership)
    move_goal(goal=goal, to="proposed", by=coordinator, today=TODAY)
    assert change_goal(goal=goal, by=coordinator, today=TODAY, target_value=Decimal(50)).state == "draft"


def test_changed_explanation_of_a_proposed_goal_keeps_it_proposed(partnership, coordinator):
    goal = make_complete_goal(partnership)
    move_goal(goal=goal, to="proposed", by=coordinator, today=TODAY)
    assert change_goal(goal=goal, by=coordinator, today=TODAY, equity_note="Others").state == "proposed"


def test_adopted_target_changes_only_with_a_reason(adopted, coordinator, decision):
    with pytest.raises(ValidationError, match="why the commitment changes"):
        change_goal(goal=adopted, by=coordinator, today=TODAY, target_value=Decimal(50), decision=decision)
    adopted.refresh_from_db()
    assert (adopted.target_value, adopted.version_number) == (60, 1)
    assert Target.objects.count() == 1


def test_full_partnership_rests_a_new_version_on_a_decision_and_a_light_one_may_leave_it_out(
    adopted, coordinator, decision
):
    change = {"reason": "Two firms closed in April", "target_value": Decimal(50), "today": TODAY, "by": coordinator}
    with pytest.raises(ValidationError, match="decision this change rests on"):
        change_goal(goal=adopted, **change)
    elsewhere = record_decision(partnership=make_partnership("else"), by=coordinator, title="x", outcome="decided")
    with pytest.raises(ValidationError, match="another partnership"):
        change_goal(goal=adopted, decision=elsewhere, **change)
    change_goal(goal=adopted, decision=decision, **change)
    assert adopted.versions.get(number=2).decision == decision
    light = make_adopted_goal(make_partnership("light"), coordinator)
    assert change_goal(goal=light, **change).version_number == 2


def test_new_version_keeps_the_first_target_beside_the_new_one(adopted, coordinator, decision):
    changed = change_goal(
        goal=adopted,
        by=coordinator,
        today=date(2026, 5, 1),
        reason="Two firms closed in April",
        decision=decision,
        target_value=Decimal(50),
    )
    assert (changed.state, changed.version_number) == ("adopted", 2)
    assert [version.fields["target_value"] for version in changed.versions.order_by("number")] == ["60", "50"]
    assert [(target.value, target.replaced_on) for target in Target.objects.order_by("created_at")] == [
        (60, date(2026, 5, 1)),
        (50, None),
    ]


def test_new_version_that_fails_a_check_is_refused(adopted, coordinator, decision):
    change = {"reason": "We want less of it", "decision": decision, "target_value": Decimal(10)}
    with pytest.raises(GoalRefusedError):
        change_goal(goal=adopted, by=coordinator, today=TODAY, **change)


def test_other_indicator_retires_the_targets_of_the_first(adopted, coordinator, partnership, decision):
    other = make_percentage(partnership, "OTHER")
    first = adopted.indicator
    change = {"reason": "The sheets were not kept", "decision": decision, "indicator": other}
    change_goal(goal=adopted, by=coordinator, today=TODAY, **change)
    assert not first.targets.filter(replaced_on=None).exists()
    assert other.targets.get().value == 60


def test_words_of_explanation_stay_free_after_adoption(adopted, coordinator):
    assert change_goal(goal=adopted, by=coordinator, today=TODAY, equity_note="Others").version_number == 1


def test_closing_needs_a_word_on_how_it_is_known(adopted, coordinator):
    with pytest.raises(ValidationError, match="Write how you know"):
        close_goal(goal=adopted, to="achieved", by=coordinator, statement="")
    closed = close_goal(goal=adopted, to="achieved", by=coordinator, statement="61 % in December, verified")
    assert (closed.state, closed.version_number) == ("achieved", 2)


def test_closing_keeps_the_value_the_goal_ended_with_and_no_other_indicators(adopted, coordinator, partnership):
    last = make_measurement(adopted.indicator, numerator=Decimal(110), denominator=Decimal(180))
    other = make_measurement(make_percentage(partnership, "OTHER"), numerator=Decimal(1), denominator=Decimal(2))
    ending = {"to": "achieved", "by": coordinator, "statement": "61 % in December, verified"}
    with pytest.raises(ValidationError, match="another indicator"):
        close_goal(goal=adopted, measurement=other, **ending)
    close_goal(goal=adopted, measurement=last, **ending)
    assert adopted.versions.get(number=2).final_measurement == last


def test_closed_goal_cannot_be_changed(adopted, coordinator):
    close_goal(goal=adopted, to="discontinued", by=coordinator, statement="The school moved away")
    with pytest.raises(GoalRefusedError, match="closed"):
        change_goal(goal=adopted, by=coordinator, today=TODAY, equity_note="Others")


def test_example_figures_keep_a_goal_from_being_proposed_until_confirmed_or_replaced(partnership, coordinator):
    goal = make_complete_goal(partnership, examples=["target_value", "ends_on"])
    goal = change_goal(goal=goal, by=coordinator, today=TODAY, target_value=Decimal(50))
    assert goal.examples == ["ends_on"]
    with pytest.raises(GoalRefusedError) as refusal:
        move_goal(goal=goal, to="proposed", by=coordinator, today=TODAY)
    assert [check.code for check in refusal.value.checks] == ["P1"]
    confirm_examples(goal=goal, by=coordinator)
    assert move_goal(goal=goal, to="proposed", by=coordinator, today=TODAY).state == "proposed"


def test_tasks_of_the_goal_are_replaced_within_what_was_seen(partnership, coordinator):
    goal = make_goal(partnership)
    shown, hidden, new = (
        Task.objects.create(partnership=partnership, number=number, title=f"T{number}") for number in (1, 2, 3)
    )
    set_goal_tasks(goal=goal, tasks=[shown, hidden], by=coordinator)
    set_goal_tasks(goal=goal, tasks=[new], by=coordinator, among=[shown.pk, new.pk])
    assert set(goal.task_links.values_list("task__title", flat=True)) == {"T2", "T3"}


def test_task_of_another_partnership_is_refused(partnership, coordinator):
    task = Task.objects.create(partnership=make_partnership("other"), number=1, title="Elsewhere")
    with pytest.raises(ValidationError, match="another partnership"):
        set_goal_tasks(goal=make_goal(partnership), tasks=[task], by=coordinator)
