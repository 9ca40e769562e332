from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.access.visibility import Visibility
from metrics.operations.indicator import IndicatorInUseError, change_indicator, define_indicator
from metrics.operations.target import set_target
from tests.factories.metrics import make_indicator, make_measurement
from tests.factories.partnerships import make_partnership

TODAY = date(2026, 5, 1)


def test_indicator_gets_the_next_free_code(space):
    partnership = make_partnership()
    make_indicator(partnership, "I-7")
    make_indicator(partnership, "BS-I1")
    assert make_indicator(partnership).code == "I-8"


def test_second_indicator_with_the_same_code_is_refused(space):
    partnership = make_partnership()
    make_indicator(partnership, "I-1")
    with pytest.raises(ValidationError, match="already has this code"):
        make_indicator(partnership, "I-1")


def test_indicator_without_a_name_in_either_language_is_refused(space):
    with pytest.raises(ValidationError):
        define_indicator(partnership=make_partnership(), by=None)


def test_name_in_one_language_is_enough(space):
    assert make_indicator(make_partnership(), name_en="", name_it="Famiglie raggiunte").name == "Famiglie raggiunte"


def test_indicator_is_never_more_visible_than_its_partnership(space):
    partnership = make_partnership(visibility=Visibility.COORDINATION)
    assert make_indicator(partnership, visibility=Visibility.PUBLIC).visibility == Visibility.COORDINATION


def test_people_counted_once_cannot_be_added_up_over_time(space):
    with pytest.raises(ValidationError, match="counted twice"):
        make_indicator(make_partnership(), unit="unique_people", is_cumulative=True)


def test_baseline_of_a_percentage_is_computed(space):
    fields = {"baseline_numerator": Decimal(40), "baseline_denominator": Decimal(180), "baseline_on": TODAY}
    assert make_indicator(make_partnership(), unit="percent", **fields).baseline_value == Decimal("22.2222")


def test_baseline_without_its_day_is_refused(space):
    with pytest.raises(ValidationError, match="the day the starting value was true"):
        make_indicator(make_partnership(), baseline_value=Decimal(3))


def test_another_unit_is_refused_once_there_is_a_measurement(space, coordinator):
    indicator = make_indicator(make_partnership())
    make_measurement(indicator, 3)
    with pytest.raises(IndicatorInUseError) as refusal:
        change_indicator(indicator=indicator, by=coordinator, unit="hours")
    assert refusal.value.fields == ["unit"]


def test_words_may_change_when_there_are_measurements(space, coordinator):
    indicator = make_indicator(make_partnership())
    make_measurement(indicator, 3)
    assert (
        change_indicator(indicator=indicator, by=coordinator, name_en="Families met", unit="count").name_en
        == "Families met"
    )


def test_replaced_target_stays(space, coordinator):
    indicator = make_indicator(make_partnership())
    first = set_target(indicator=indicator, value=Decimal(60), due_on=date(2027, 6, 30), by=coordinator, today=TODAY)
    set_target(indicator=indicator, value=Decimal(50), due_on=date(2027, 6, 30), by=coordinator, today=TODAY)
    first.refresh_from_db()
    assert (first.value, first.replaced_on) == (60, TODAY)
    assert indicator.targets.filter(replaced_on=None).get().value == 50


def test_same_target_again_changes_nothing(space, coordinator):
    indicator = make_indicator(make_partnership())
    for _ in range(2):
        set_target(indicator=indicator, value=Decimal(60), due_on=date(2027, 6, 30), by=coordinator, today=TODAY)
    assert indicator.targets.count() == 1


def test_target_above_a_hundred_per_cent_is_refused(space, coordinator):
    indicator = make_indicator(make_partnership(), unit="percent")
    with pytest.raises(ValidationError, match="between 0 and 100"):
        set_target(indicator=indicator, value=Decimal(120), due_on=TODAY, by=coordinator, today=TODAY)
