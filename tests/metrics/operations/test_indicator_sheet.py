from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.tenancy.context import write_database_tenant
from metrics.models import IndicatorVersion, Measurement
from metrics.operations.indicator import change_indicator
from metrics.queries.indicator import indicator_sheet, indicators_visible_to, with_values
from tests.factories.metrics import Q1, Q2, make_indicator, make_measurement
from tests.factories.partnerships import make_partnership


@pytest.fixture
def partnership(space):
    return make_partnership()


def sheet_of(viewer, indicator):
    return indicator_sheet(with_values(indicators_visible_to(viewer)).get(pk=indicator.pk), today=timezone.localdate())


def test_new_definition_is_a_new_version_with_a_reason_once_there_are_values(partnership, coordinator):
    indicator = make_indicator(partnership, definition_en="Families")
    changed = change_indicator(indicator=indicator, by=coordinator, definition_en="Households")
    assert (changed.version, IndicatorVersion.objects.count()) == (1, 0)
    make_measurement(indicator, 3)
    with pytest.raises(ValidationError) as refusal:
        change_indicator(indicator=indicator, by=coordinator, definition_en="People")
    assert list(refusal.value.message_dict) == ["reason"]
    changed = change_indicator(indicator=indicator, by=coordinator, definition_en="People", reason="The law changed")
    assert changed.version == 2
    kept = IndicatorVersion.objects.get()
    assert (kept.number, kept.definition_en, kept.reason, kept.replaced_by) == (
        1,
        "Households",
        "The law changed",
        coordinator,
    )


def test_translation_or_other_words_are_no_new_version(partnership, coordinator):
    indicator = make_indicator(partnership, definition_en="Families")
    make_measurement(indicator, 3)
    changed = change_indicator(
        indicator=indicator, by=coordinator, definition_it="Famiglie", limits_en="Not the weather"
    )
    assert changed.version == 1


def test_series_is_broken_where_the_meaning_changed(partnership, coordinator, viewer):
    indicator = make_indicator(partnership, definition_en="Families")
    old = make_measurement(indicator, 3, period=Q1)
    change_indicator(indicator=indicator, by=coordinator, definition_en="People", reason="The law changed")
    make_measurement(indicator, 90, period=Q2)
    sheet = sheet_of(viewer(coordinator), indicator)
    assert [point.version for point in sheet.points] == [1, 2]
    assert "One measurement so far" in sheet.says.text_en
    assert "one earlier value cannot be compared" in sheet.says.text_en
    assert "New meaning" in [event.label for event in sheet.chart("en").events]
    assert Measurement.objects.get(pk=old.pk).version == 1


def test_formula_is_computed_period_by_period_and_gaps_say_why(partnership, coordinator, viewer):
    first, second = make_indicator(partnership, "A"), make_indicator(partnership, "B", name_en="Asked")
    quotient = make_indicator(partnership, "C", name_en="Each", unit="mean", formula="[A] / [B]")
    make_measurement(first, 6, period=Q1)
    make_measurement(second, 3, period=Q1)
    make_measurement(first, 6, period=Q2)
    sheet = sheet_of(viewer(coordinator), quotient)
    assert [point.value for point in sheet.points] == [2, None]
    assert sheet.points[1].missing_reason == "B has no value for this period."
    with pytest.raises(ValidationError, match="computed from others"):
        make_measurement(quotient, 2)


@pytest.mark.parametrize(
    "formula", ["[NOPE] * 2", "[C] + 1", "[A] / [M]", "[A] +"], ids=["unknown", "itself", "other rhythm", "broken"]
)
def test_formula_over_what_cannot_be_computed_is_refused(partnership, formula):
    make_indicator(partnership, "A")
    make_indicator(partnership, "M", frequency="monthly")
    with pytest.raises(ValidationError) as refusal:
        make_indicator(partnership, "C", unit="mean", formula=formula)
    assert list(refusal.value.message_dict) == ["formula"]


def test_value_beyond_its_bounds_is_refused(partnership):
    indicator = make_indicator(partnership, unit="score", lowest=Decimal(1), highest=Decimal(5))
    with pytest.raises(ValidationError, match="highest possible is 5"):
        make_measurement(indicator, 6)
    with pytest.raises(ValidationError, match="lowest possible is 1"):
        make_measurement(indicator, 0)
    with pytest.raises(ValidationError):
        make_indicator(partnership, lowest=Decimal(5), highest=Decimal(1))


def test_story_lands_in_its_own_field_and_never_in_the_value(partnership):
    story = make_indicator(partnership, unit="text_story")
    told = make_measurement(story, story="Anna found a job")
    assert (told.value, told.story) == (None, "Anna found a job")
    with pytest.raises(ValidationError):
        make_measurement(story, 3, period=Q2)
    with pytest.raises(ValidationError):
        make_measurement(make_indicator(partnership), 3, story="Words")


def test_yes_or_no_is_one_or_zero(partnership):
    answer = make_indicator(partnership, unit="yes_no")
    assert make_measurement(answer, 1).value == 1
    with pytest.raises(ValidationError):
        make_measurement(answer, 2, period=Q2)


def test_rate_keeps_its_two_numbers(partnership):
    rate = make_indicator(partnership, unit="rate")
    measurement = make_measurement(rate, numerator=Decimal(3), denominator=Decimal(1500))
    assert measurement.value == 2


def test_what_was_written_in_one_language_goes_into_that_of_its_space(space):
    indicator = make_indicator(make_partnership("own"), "N-1", source_en="Registro", cost_note_en="Due ore")
    move = import_module("metrics.migrations.0004_sheets_in_both_languages").into_own_language
    for language, source in (("en", ("Registro", "")), ("it", ("", "Registro"))):
        space.default_language = language
        space.save()
        move(apps, None)
        write_database_tenant(str(space.pk))
        indicator.refresh_from_db()
        assert (indicator.source_en, indicator.source_it) == source
    assert (indicator.cost_note_en, indicator.cost_note_it) == ("", "Due ore")
