from decimal import Decimal

import pytest

from core.models import AuditEvent
from metrics.models import GroupValue, Measurement
from metrics.operations.measurement import MeasurementRefusedError, correct_measurement, verify_measurement
from metrics.operations.measurement_batch import EntriesRefusedError, enter_values
from metrics.rules.breakdown import Part
from metrics.rules.measurement import Reported
from metrics.rules.measurement_grid import CellValue, Entry, GivenParts
from metrics.rules.period import Period
from tests.factories.breakdown import make_cut, make_parts
from tests.factories.metrics import Q1, Q2, make_indicator, make_measurement, make_speaking_member
from tests.factories.partnerships import make_partnership


@pytest.fixture
def partnership(space):
    return make_partnership()


@pytest.fixture
def indicator(partnership):
    return make_indicator(partnership)


def entry(indicator, value=None, *, period=Q1, place="a", member=None, **fields):
    cell = CellValue(Reported(None if value is None else Decimal(value)), fields.pop("reason", ""))
    return Entry(place=place, indicator=indicator, member=member, period=Period(*period), cell=cell, **fields)


def refusal_of(*entries, **how):
    with pytest.raises(EntriesRefusedError) as refusal:
        enter_values(entries=entries, **how)
    return refusal.value.by_place


def test_values_are_entered_together_and_written_down(indicator, coordinator):
    entered = enter_values(entries=[entry(indicator, 3), entry(indicator, 4, period=Q2)], by=coordinator)
    assert (entered.sent, entered.corrected) == (2, 0)
    assert set(Measurement.objects.values_list("value", "state", "entered_by")) == {
        (3, "submitted", coordinator.pk),
        (4, "submitted", coordinator.pk),
    }
    events = AuditEvent.objects.filter(verb="measurement.recorded")
    assert {event.changes["value"] for event in events} == {"3", "4"}
    assert {event.scope_id for event in events} == {indicator.partnership.scope_id}


def test_one_wrong_value_keeps_all_out_and_names_each(indicator, partnership, coordinator):
    share = make_indicator(partnership, unit="percent", name_en="Share")
    by_place = refusal_of(
        entry(indicator, 3, place="good"),
        entry(indicator, -4, period=Q2, place="below"),
        entry(share, place="nothing"),
        by=coordinator,
    )
    assert list(by_place) == ["below", "nothing"]
    assert not Measurement.objects.exists()
    assert not AuditEvent.objects.filter(verb__startswith="measurement.").exists()


def test_same_period_twice_is_refused(indicator, coordinator):
    assert list(refusal_of(entry(indicator, 3), entry(indicator, 4, place="b"), by=coordinator)) == ["b"]


def test_sent_value_is_corrected_and_the_first_one_stays(indicator, coordinator):
    old = make_measurement(indicator, 3, source="The register")
    entered = enter_values(entries=[entry(indicator, 5, over=old.pk)], by=coordinator)
    assert (entered.sent, entered.corrected) == (0, 1)
    new = Measurement.objects.get(state="submitted")
    assert (new.value, new.corrects, new.source) == (5, old, "The register")
    assert Measurement.objects.get(pk=old.pk).state == "corrected"
    assert AuditEvent.objects.get(verb="measurement.corrected").changes["before"] == "3.0000"


def test_value_somebody_else_entered_meanwhile_is_never_overwritten(indicator, coordinator):
    make_measurement(indicator, 3)
    assert list(refusal_of(entry(indicator, 5), by=coordinator)) == ["a"]
    assert Measurement.objects.get().value == 3


def test_draft_is_nobodys_business_until_it_is_sent(indicator, coordinator):
    enter_values(entries=[entry(indicator, 3)], by=coordinator, as_draft=True)
    draft = Measurement.objects.get()
    assert draft.state == "draft"
    enter_values(entries=[entry(indicator, 4, over=draft.pk)], by=coordinator)
    sent = Measurement.objects.get()
    assert (sent.pk, sent.state, sent.value) == (draft.pk, "submitted", 4)


def test_draft_is_taken_away_and_a_sent_value_is_not(indicator, coordinator):
    enter_values(entries=[entry(indicator, 3)], by=coordinator, as_draft=True)
    draft = Measurement.objects.get()
    gone = Entry(place="a", indicator=indicator, member=None, period=Period(*Q1), cell=None, over=draft.pk)
    assert enter_values(entries=[gone], by=coordinator).withdrawn == 1
    assert not Measurement.objects.exists()
    sent = make_measurement(indicator, 3)
    stays = Entry(place="a", indicator=indicator, member=None, period=Period(*Q1), cell=None, over=sent.pk)
    assert "stays" in refusal_of(stays, by=coordinator)["a"][0]


def test_sent_value_does_not_become_a_draft(indicator, coordinator):
    sent = make_measurement(indicator, 3)
    assert "sent already" in refusal_of(entry(indicator, 4, over=sent.pk), by=coordinator, as_draft=True)["a"][0]


def test_single_value_takes_the_place_of_a_draft(indicator, coordinator):
    enter_values(entries=[entry(indicator, 3)], by=coordinator, as_draft=True)
    make_measurement(indicator, 7)
    assert list(Measurement.objects.values_list("value", "state")) == [(7, "submitted")]


def test_draft_cannot_be_verified(indicator, coordinator, evaluator):
    enter_values(entries=[entry(indicator, 3)], by=coordinator, as_draft=True)
    with pytest.raises(MeasurementRefusedError):
        verify_measurement(measurement=Measurement.objects.get(), by=evaluator)


@pytest.mark.parametrize("count", [1, 6])
def test_many_values_cost_as_many_statements_as_one(partnership, coordinator, django_assert_num_queries, count):
    member = make_speaking_member(partnership, coordinator)
    indicators = [make_indicator(partnership, name_en=f"N{number}") for number in range(count)]
    entries = [entry(one, 3, place=one.code, member=member) for one in indicators]
    with django_assert_num_queries(7):
        enter_values(entries=entries, by=coordinator)


def test_value_and_parts_are_written_together_and_told(indicator, coordinator):
    cut = make_cut(indicator, "area", "North", "South")
    parts = (GivenParts("a.north", cut, (Part(18), Part(15), None)),)
    enter_values(entries=[entry(indicator, 40, parts=parts)], by=coordinator)
    found = Measurement.objects.get()
    assert [one.count for one in found.group_values.order_by("group__position")] == [18, 15, 7]
    assert {one.entered_by for one in found.group_values.all()} == {coordinator}


def test_parts_that_cannot_be_used_keep_every_value_out(indicator, partnership, coordinator):
    cut = make_cut(indicator, "area", "North", "South")
    other = make_indicator(partnership, name_en="Other")
    too_few, strange = GivenParts("few", cut, (Part(1),)), GivenParts("strange", cut, (Part(1), Part(1), None))
    by_place = refusal_of(
        entry(indicator, 40, parts=(too_few,)), entry(other, 40, place="b", parts=(strange,)), by=coordinator
    )
    assert list(by_place) == ["few", "strange"]
    assert not Measurement.objects.exists()


def test_whoever_enters_parts_does_not_check_the_value(indicator, coordinator, evaluator):
    row = make_measurement(indicator, 40, by=coordinator)
    cut = make_cut(indicator, "area", "North", "South")
    given = (GivenParts("p", cut, (Part(20), Part(20), None)),)
    enter_values(entries=[entry(indicator, 40, over=row.pk, parts=given, only_parts=True)], by=evaluator)
    with pytest.raises(MeasurementRefusedError, match="You entered parts"):
        verify_measurement(measurement=row, by=evaluator)


def test_correction_to_another_figure_loses_the_parts_and_one_to_the_same_keeps_them(indicator, coordinator):
    row = make_measurement(indicator, 40)
    make_parts(row, make_cut(indicator, "area", "North", "South"), 18, 15, None)
    same = correct_measurement(measurement=row, value=Decimal(40), note="Asked again", by=coordinator)
    assert [one.count for one in same.group_values.order_by("group__position")] == [18, 15, 7]
    enter_values(entries=[entry(indicator, 41, over=same.pk)], by=coordinator)
    assert not Measurement.objects.get(state="submitted").group_values.exists()


def test_single_value_takes_the_place_of_a_draft_with_parts(indicator, coordinator):
    given = (GivenParts("p", make_cut(indicator, "area", "North", "South"), (Part(20), Part(20), None)),)
    enter_values(entries=[entry(indicator, 40, parts=given)], by=coordinator, as_draft=True)
    make_measurement(indicator, 7)
    assert not GroupValue.objects.exists()


def test_draft_with_another_figure_says_nothing_of_its_groups_any_more(indicator, coordinator):
    given = (GivenParts("p", make_cut(indicator, "area", "North", "South"), (Part(20), Part(20), None)),)
    enter_values(entries=[entry(indicator, 40, parts=given)], by=coordinator, as_draft=True)
    draft = Measurement.objects.get()
    enter_values(entries=[entry(indicator, 50, over=draft.pk)], by=coordinator)
    assert not GroupValue.objects.exists()
