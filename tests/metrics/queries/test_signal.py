"""Values that are overdue, told of on both sides of their day."""

from datetime import date, timedelta

import pytest

from core.access.visibility import Visibility
from metrics.models import Indicator
from metrics.queries.signal import DATA_OVERDUE, indicator_names, overdue_values
from tests.factories.metrics import Q1, make_indicator, make_measurement
from tests.factories.partnerships import make_member, make_partnership

# The second quarter is over on 30 June; its value is wanted by 30 July.
WANTED_BY = date(2026, 7, 30)


@pytest.fixture
def partnership(space):
    return make_partnership("own")


def facts(partnership, today):
    return [one.facts for one in overdue_values([partnership], today=today)]


def test_value_is_overdue_from_the_day_after(partnership, admin):
    indicator = make_indicator(partnership)
    make_measurement(indicator, 4, period=Q1, by=admin)
    assert facts(partnership, WANTED_BY) == []
    assert facts(partnership, WANTED_BY + timedelta(days=1)) == [{"late": 1, "of": 1, "days": 1}]


def test_each_organisation_that_reported_owes_its_own(partnership, admin):
    indicator = make_indicator(partnership)
    school, firm = (make_member(partnership, name, state="member") for name in ("Scuola", "Officine"))
    make_measurement(indicator, 4, period=Q1, by=admin, member=school)
    make_measurement(indicator, 5, period=(date(2026, 4, 1), date(2026, 6, 30)), by=admin, member=firm)
    (told,) = facts(partnership, WANTED_BY + timedelta(days=9))
    assert told == {"late": 1, "of": 2, "days": 9}
    assert DATA_OVERDUE.sentence(told, "Families").endswith(
        "of 1 of 2 organisations are missing, the oldest for 9 days."
    )
    school.state = "former"
    school.save()
    assert facts(partnership, WANTED_BY + timedelta(days=9)) == []


def test_reason_why_there_is_none_is_enough(partnership, admin):
    make_measurement(
        make_indicator(partnership), period=(date(2026, 4, 1), date(2026, 6, 30)), by=admin, missing_reason="Closed"
    )
    assert facts(partnership, WANTED_BY + timedelta(days=9)) == []


def test_indicator_never_measured_is_asked_for_since_it_was_defined(partnership):
    indicator = make_indicator(partnership)
    Indicator.objects.filter(pk=indicator.pk).update(created_at="2026-05-05T10:00:00Z")
    assert facts(partnership, WANTED_BY) == []
    assert facts(partnership, WANTED_BY + timedelta(days=31)) == [{"late": 1, "of": 1, "days": 31}]


def test_name_is_only_for_who_sees_the_indicator(partnership, coordinator):
    from core.queries.viewer import viewer_for
    from tests.factories.partnerships import make_partner

    hidden = make_indicator(partnership, visibility=Visibility.COORDINATION)
    partner = make_partner(make_member(partnership, "Scuola"))
    assert list(indicator_names(viewer_for(coordinator), [hidden.pk])) == [hidden.pk]
    assert indicator_names(viewer_for(partner), [hidden.pk]) == {}
    found = overdue_values([partnership], today=date(2027, 12, 1))
    assert [one.visibility for one in found] == [Visibility.COORDINATION]


@pytest.mark.parametrize("count", [1, 3])
def test_rule_asks_the_same_for_one_and_three(partnership, count, django_assert_num_queries):
    for _number in range(count):
        make_indicator(partnership)
    with django_assert_num_queries(3):
        assert len(facts(partnership, date(2027, 12, 1))) == count
