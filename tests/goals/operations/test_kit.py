import json
from datetime import date

import pytest

from goals.models import Goal, Milestone
from goals.operations.goal import confirm_examples
from goals.operations.kit import apply_goal_kit, capture_goals
from goals.queries.checks import checks_of
from goals.rules.facts import sentence_of
from goals.rules.sentence import is_complete
from goals.rules.smart import failures
from metrics.models import Indicator
from partnerships.kit_sections import built_in
from partnerships.kits.kit import ChosenKit
from partnerships.kits.registry import KITS
from partnerships.models import Partnership
from tests.factories.partnerships import make_partnership

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
