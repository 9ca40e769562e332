from datetime import date, timedelta

import pytest
from django.utils import translation

from metrics.queries.due import due_items
from tests.factories.metrics import Q1, Q2, make_indicator, make_measurement, make_speaking_member
from tests.factories.partnerships import make_partnership

WEEK = timedelta(days=7)


@pytest.fixture
def indicator(space):
    return make_indicator(make_partnership(state="active"), "N-1")


@pytest.fixture
def member(indicator, coordinator):
    return make_speaking_member(indicator.partnership, coordinator)


def test_value_of_the_period_after_the_last_one_is_asked_for_when_due(indicator, member):
    make_measurement(indicator, 3, member=member, period=Q1)
    # The second quarter is expected by 30 July.
    assert due_items(today=date(2026, 7, 22), within=WEEK) == []
    (item,) = due_items(today=date(2026, 7, 23), within=WEEK)
    assert (item.due_on, item.step, item.member_id) == (date(2026, 7, 30), "due", member.pk)
    assert item.url.endswith("/indicators/N-1/measurements/new/")
    with translation.override("it"):
        assert item.title.startswith("Valore di «")
    (late,) = due_items(today=date(2026, 7, 31), within=WEEK)
    assert late.step == "overdue"


def test_value_entered_or_explained_is_not_asked_for_any_more(indicator, member):
    make_measurement(indicator, 3, member=member, period=Q1)
    make_measurement(indicator, missing_reason="closed", member=member, period=Q2)
    assert due_items(today=date(2026, 8, 15), within=WEEK) == []


def test_nobody_is_asked_for_what_they_never_measured(indicator, member):
    make_measurement(indicator, 3, period=Q1)
    assert due_items(today=date(2027, 8, 15), within=WEEK) == []


def test_partnership_that_does_not_work_asks_nobody(space, coordinator):
    indicator = make_indicator(make_partnership(state="paused"))
    make_measurement(indicator, 3, member=make_speaking_member(indicator.partnership, coordinator))
    assert due_items(today=date(2027, 8, 15), within=WEEK) == []


@pytest.mark.parametrize("count", [1, 3])
def test_due_items_cost_the_same_queries_for_one_and_three(indicator, member, django_assert_num_queries, count):
    for number in range(count):
        make_measurement(make_indicator(indicator.partnership, f"M-{number}"), 3, member=member)
    with django_assert_num_queries(6):
        assert len(due_items(today=date(2026, 8, 15), within=WEEK)) == count
