from decimal import Decimal

import pytest

from core.queries.tenant import tenant_at_work
from metrics.operations.measurement import correct_measurement, question_measurement
from metrics.queries.breakdown import breakdowns_of, frozen_groups
from tests.factories.breakdown import make_cut, make_parts
from tests.factories.metrics import Q1, Q2, make_indicator, make_measurement
from tests.factories.partnerships import make_member, make_partnership


@pytest.fixture
def partnership(space):
    return make_partnership()


@pytest.fixture
def indicator(partnership):
    return make_indicator(partnership)


def counts(sheet, period_ends_on):
    period = next(period for period in sheet.told.by_period if period.ends_on == period_ends_on)
    return [part.count for part in sheet.told.by_period[period]]


def test_corrected_value_has_no_parts_any_more(indicator):
    cut, measurement = make_cut(indicator), make_measurement(indicator, 40)
    make_parts(measurement, cut, 20, 20, 0, 0)
    correct_measurement(measurement=measurement, value=Decimal(41), by=None)
    (sheet,) = breakdowns_of(indicator)
    assert (sheet.told.by_period, sheet.told.by_measurement) == ({}, {})


def test_people_counted_once_are_not_added_up_by_groups_either(partnership):
    people = make_indicator(partnership, unit="unique_people")
    cut = make_cut(people)
    for number in range(2):
        member = make_member(partnership, f"Partner {number}")
        make_parts(make_measurement(people, 40, member=member), cut, 20, 20, 0, 0)
    alone = make_measurement(people, 30, member=member, period=Q2)
    make_parts(alone, cut, 15, 15, 0, 0)
    (sheet,) = breakdowns_of(people)
    assert [period.ends_on for period in sheet.periods] == [Q2[1]]
    assert len(sheet.told.by_measurement) == 3


def test_breakdowns_cost_the_same_queries_for_one_and_three_cuts(indicator, django_assert_num_queries):
    tenant_at_work()  # read once
    for kind, labels in (("gender", ()), ("age", ()), ("area", ("North", "South"))):
        cut = make_cut(indicator, kind, *labels)
        for period in (Q1, Q2):
            measurement = indicator.measurements.filter(period_ends_on=period[1]).first()
            parts = [20] * (len(labels) or len(cut.groups.all()) - 1)
            make_parts(measurement or make_measurement(indicator, 90, period=period), cut, *parts, None)
        with django_assert_num_queries(3):
            breakdowns_of(indicator)


def test_report_has_the_last_period_hidden_as_on_the_page(indicator):
    cut = make_cut(indicator)
    make_parts(make_measurement(indicator, 40), cut, 20, 3, 8, 9)
    make_parts(make_measurement(indicator, 40, period=Q2), cut, 10, 10, 10, 10)
    (sheet,), (frozen,) = breakdowns_of(indicator), frozen_groups(indicator, until=Q1[1])
    assert [group["count"] for group in frozen["groups"]] == counts(sheet, Q1[1]) == [20, None, 8, None]
    assert (frozen["name_en"], frozen["name_it"], frozen["ends_on"]) == (
        "Sex or gender",
        "Sesso o genere",
        "2026-03-31",
    )
    assert "3" not in str(frozen["groups"])


def test_report_leaves_out_a_period_with_a_value_sent_back(indicator, coordinator, evaluator):
    cut = make_cut(indicator)
    make_parts(make_measurement(indicator, 40), cut, 20, 3, 8, 9)
    late = make_measurement(indicator, 40, period=Q2, by=coordinator)
    make_parts(late, cut, 10, 10, 10, 10)
    question_measurement(measurement=late, question="Really?", by=evaluator)
    (frozen,) = frozen_groups(indicator, until=Q2[1])
    assert frozen["ends_on"] == "2026-03-31"
