from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.models import AuditEvent
from metrics.models import Cut, CutGroup, GroupValue, Measurement
from metrics.operations.breakdown import (
    BreakdownRefusedError,
    CutInUseError,
    add_cut,
    break_down,
    change_cut,
    remove_cut,
)
from metrics.operations.measurement import correct_measurement, verify_measurement
from metrics.rules.breakdown import Part
from metrics.rules.cut import Group
from tests.factories.breakdown import make_cut, make_parts
from tests.factories.metrics import make_indicator, make_measurement
from tests.factories.partnerships import make_partnership


@pytest.fixture
def indicator(space):
    return make_indicator(make_partnership())


def counts(measurement):
    rows = GroupValue.objects.filter(measurement=measurement).order_by("group__position")
    return [(row.count, row.cases) for row in rows]


def test_cut_ends_with_those_of_whom_it_is_not_known(indicator, coordinator):
    cut = add_cut(
        indicator=indicator, kind="area", groups=[Group("North", "Nord"), Group("South", "Sud")], by=coordinator
    )
    labels = list(
        CutGroup.objects.filter(cut=cut).order_by("position").values_list("label_en", "label_it", "is_unknown")
    )
    assert labels == [("North", "Nord", False), ("South", "Sud", False), ("Not known", "Non noto", True)]
    assert AuditEvent.objects.get(verb="indicator.cut_added").changes == {"kind": "area", "groups": 3}


@pytest.mark.parametrize(
    ("kind", "groups", "field"),
    [
        ("area", [Group("North")], "groups"),
        ("area", [Group("North"), Group("NORTH")], "groups"),
        ("area", [Group("North"), Group()], "groups"),
        ("area", [Group(str(number)) for number in range(21)], "groups"),
        ("area", [Group("North"), Group("South", target_value=Decimal("1.5"))], "groups"),
        ("own", [Group("North"), Group("South")], "name_en"),
        ("height", [Group("North"), Group("South")], "kind"),
    ],
)
def test_groups_that_are_none_are_refused(indicator, kind, groups, field):
    with pytest.raises(ValidationError) as refusal:
        add_cut(indicator=indicator, kind=kind, groups=groups, by=None)
    assert list(refusal.value.message_dict) == [field]
    assert not Cut.objects.exists()


def test_each_kind_stands_once(indicator):
    make_cut(indicator)
    with pytest.raises(ValidationError, match="in this way already"):
        make_cut(indicator)


@pytest.mark.parametrize("unit", ["money", "hours", "mean", "median"])
def test_only_counts_and_percentages_are_broken_down(space, unit):
    indicator = make_indicator(make_partnership(), unit=unit)
    with pytest.raises(ValidationError, match="Only counts"):
        make_cut(indicator)


def test_parts_are_written_and_the_rest_is_not_known(indicator, coordinator):
    cut, measurement = make_cut(indicator), make_measurement(indicator, 40)
    make_parts(measurement, cut, 18, 16, 0, None, by=coordinator)
    assert counts(measurement) == [(18, None), (16, None), (0, None), (6, None)]
    assert AuditEvent.objects.get(verb="measurement.broken_down").changes == {"cuts": ["gender"]}
    assert GroupValue.objects.first().entered_by == coordinator


def test_parts_of_a_percentage_keep_both_numbers(space):
    share = make_indicator(make_partnership(), unit="percent")
    cut, measurement = make_cut(share), make_measurement(share, numerator=Decimal(40), denominator=Decimal(100))
    make_parts(measurement, cut, (20, 50), (15, 40), (0, 0), None)
    assert counts(measurement) == [(20, 50), (15, 40), (0, 0), (5, 10)]


def test_part_of_more_cases_than_can_be_kept_is_refused(space):
    share = make_indicator(make_partnership(), unit="percent")
    cut, measurement = make_cut(share), make_measurement(share, numerator=Decimal(40), denominator=Decimal(100))
    with pytest.raises(ValidationError):
        make_parts(measurement, cut, (1, 10**12), (15, 40), (0, 0), None)


def test_parts_that_do_not_add_up_are_taken(indicator):
    cut, measurement = make_cut(indicator), make_measurement(indicator, 40)
    make_parts(measurement, cut, 30, 20, 0, None)
    assert counts(measurement) == [(30, None), (20, None), (0, None), (0, None)]


def test_parts_are_replaced_by_the_next(indicator):
    cut, measurement = make_cut(indicator), make_measurement(indicator, 40)
    make_parts(measurement, cut, 18, 16, 0, None)
    make_parts(measurement, cut, 20, 20, 0, 0)
    assert [count for count, _cases in counts(measurement)] == [20, 20, 0, 0]


@pytest.mark.parametrize("parts", [(18, None, 0, 2), (18, 16), ((18, 20), 16, 0, 2), (-1, 16, 0, 2)])
def test_impossible_parts_are_refused_at_their_cut(indicator, parts):
    cut, measurement = make_cut(indicator), make_measurement(indicator, 40)
    with pytest.raises(ValidationError) as refusal:
        make_parts(measurement, cut, *parts)
    assert list(refusal.value.message_dict) == [str(cut.pk)]
    assert not GroupValue.objects.exists()


def test_cut_of_another_indicator_is_refused(indicator):
    other = make_cut(make_indicator(indicator.partnership, "N-9"))
    measurement = make_measurement(indicator, 40)
    with pytest.raises(ValidationError, match="not broken down like that"):
        make_parts(measurement, other, 18, 16, 0, None)


@pytest.mark.parametrize("value", ["19", "0"])
def test_fewer_than_twenty_are_never_broken_down(indicator, value):
    cut, measurement = make_cut(indicator), make_measurement(indicator, value)
    with pytest.raises(BreakdownRefusedError, match="Fewer than 20"):
        make_parts(measurement, cut, 10, 9, 0, 0)


def test_percentage_of_fewer_than_twenty_is_never_broken_down(space):
    share = make_indicator(make_partnership(), unit="percent")
    cut, measurement = make_cut(share), make_measurement(share, numerator=Decimal(9), denominator=Decimal(19))
    with pytest.raises(BreakdownRefusedError, match="Fewer than 20"):
        make_parts(measurement, cut, (5, 9), (4, 10), (0, 0), None)


def test_missing_and_replaced_values_are_not_broken_down(indicator):
    cut = make_cut(indicator)
    missing = make_measurement(indicator, missing_reason="closed")
    with pytest.raises(BreakdownRefusedError, match="no value"):
        make_parts(missing, cut, 10, 10, 0, 0)
    correct_measurement(measurement=missing, value=Decimal(40), by=None)
    with pytest.raises(BreakdownRefusedError, match="replaced"):
        make_parts(missing, cut, 10, 10, 0, 0)


def test_verified_value_with_new_parts_waits_for_a_second_person_again(indicator, coordinator, evaluator):
    cut, measurement = make_cut(indicator), make_measurement(indicator, 40, by=coordinator)
    verify_measurement(measurement=measurement, by=evaluator)
    make_parts(measurement, cut, 20, 20, 0, 0, by=coordinator)
    measurement.refresh_from_db()
    assert (measurement.state, measurement.verified_by, measurement.verified_at) == (
        Measurement.State.SUBMITTED,
        None,
        None,
    )


def test_names_and_targets_change_but_not_which_groups_there_are_once_used(indicator, coordinator):
    cut = make_cut(indicator, "area", "North", "South")
    change_cut(cut=cut, groups=[Group("North"), Group("South"), Group("East")], by=coordinator)
    assert cut.groups.count() == 4
    make_parts(make_measurement(indicator, 40), cut, 10, 10, 20, 0)
    with pytest.raises(CutInUseError):
        change_cut(cut=cut, groups=[Group("North"), Group("South")], by=coordinator)
    with pytest.raises(CutInUseError):
        remove_cut(cut=cut, by=coordinator)
    renamed = [Group("Old north", target_value=Decimal(12)), Group("South"), Group("East")]
    change_cut(cut=cut, groups=renamed, by=coordinator)
    first = cut.groups.order_by("position").first()
    assert (first.label_en, first.target_value, first.values.count()) == ("Old north", 12, 1)


def test_cut_without_values_is_taken_away(indicator, coordinator):
    remove_cut(cut=make_cut(indicator), by=coordinator)
    assert not Cut.objects.exists()
    assert not CutGroup.objects.exists()
    assert AuditEvent.objects.filter(verb="indicator.cut_removed").count() == 1


def test_several_cuts_are_written_at_once_or_not_at_all(indicator):
    gender, area = make_cut(indicator), make_cut(indicator, "area", "North", "South")
    measurement = make_measurement(indicator, 40)
    good, bad = [Part(20), Part(20), Part(0), Part(0)], [Part(20), None, Part(0)]
    with pytest.raises(ValidationError):
        break_down(measurement=measurement, parts={gender: good, area: bad}, by=None)
    assert not GroupValue.objects.exists()
