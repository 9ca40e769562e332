from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.models import AuditEvent
from metrics.models import Happening, Overlap
from metrics.operations.happening import note_happening, remove_happening, state_overlap
from metrics.operations.measurement import correct_measurement
from metrics.queries.analysis import overlaps_of
from metrics.rules.reach import reach_words, reaches_of
from tests.factories.metrics import Q1, Q2, make_indicator, make_measurement
from tests.factories.partnerships import make_member, make_partnership

TODAY = date(2026, 11, 1)


@pytest.fixture
def partnership(space):
    return make_partnership()


@pytest.fixture
def people(partnership):
    return make_indicator(partnership, unit="unique_people", name_en="Young people")


def by_partners(indicator, *values, period=Q1):
    return [
        make_measurement(
            indicator, value, member=make_member(indicator.partnership, f"{period[1]} {number}"), period=period
        )
        for number, value in enumerate(values)
    ]


def stated(indicator, people, **fields):
    fields = {"how_known": "Lists compared", "by": None, **fields}
    return state_overlap(indicator=indicator, period_starts_on=Q1[0], period_ends_on=Q1[1], people=people, **fields)


def reach(indicator):
    return reaches_of(indicator.measurements.all(), overlaps_of(indicator))[0]


def test_what_happened_is_noted_and_taken_away(people, coordinator):
    found = note_happening(indicator=people, title_it="Sciopero", happened_on=TODAY, by=coordinator, today=TODAY)
    assert AuditEvent.objects.get(verb="indicator.happening_noted").changes == {"happened_on": "2026-11-01"}
    remove_happening(happening=found, by=coordinator)
    assert not Happening.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"title_en": " "}, "title_en"), ({"title_en": "Strike", "happened_on": date(2026, 11, 2)}, "happened_on")],
)
def test_nothing_without_words_and_nothing_to_come_is_noted(people, fields, field):
    with pytest.raises(ValidationError) as refusal:
        note_happening(indicator=people, by=None, today=TODAY, **{"happened_on": TODAY, **fields})
    assert list(refusal.value.message_dict) == [field]


def test_unique_reach_stands_beside_the_sum(people, coordinator):
    by_partners(people, 30, 20)
    assert (reach(people).plain_sum, reach(people).unique) == (50, None)
    stated(people, 8, by=coordinator)
    assert (reach(people).plain_sum, reach(people).unique) == (50, 42)
    assert reach_words(reach(people)).text_en.startswith("Everybody once: 42. Added up over partners: 50.")
    event = AuditEvent.objects.get(verb="indicator.overlap_stated")
    assert event.changes == {"period_ends_on": "2026-03-31", "people": 8, "surplus": 8}


def test_who_was_counted_by_three_is_counted_twice_too_often(people):
    by_partners(people, 30, 20, 10)
    stated(people, 8, surplus=11)
    assert reach(people).unique == 49


def test_later_statement_replaces_the_first_which_stays(people):
    by_partners(people, 30, 20)
    stated(people, 8)
    stated(people, 0)
    assert reach(people).unique == 50
    assert Overlap.objects.count() == 2
    assert Overlap.objects.filter(replaced_at=None).get().people == 0


@pytest.mark.parametrize(
    ("values", "fields", "field"),
    [
        ((30, 20), {"people": 21}, "people"),
        ((30, 20), {"people": 5, "surplus": 4}, "surplus"),
        ((30, 20), {"people": 5, "surplus": 6}, "surplus"),
        ((30,), {"people": 0}, "period"),
        ((30, 20), {"people": 5, "how_known": " "}, "how_known"),
    ],
)
def test_what_cannot_be_true_is_refused(people, values, fields, field):
    by_partners(people, *values)
    with pytest.raises(ValidationError) as refusal:
        stated(people, **fields)
    assert list(refusal.value.message_dict) == [field]
    assert not Overlap.objects.exists()


def test_only_people_counted_once_overlap(partnership):
    trees = make_indicator(partnership, name_en="Trees")
    by_partners(trees, 30, 20)
    with pytest.raises(ValidationError, match="each counted once"):
        stated(trees, 1)


def test_statement_a_correction_made_impossible_is_told_no_more(people):
    _first, second = by_partners(people, 30, 20)
    stated(people, 15)
    correct_measurement(measurement=second, value=Decimal(10), by=None)
    assert (reach(people).unique, reach(people).is_outdated) == (None, True)


def test_sum_says_how_many_partners_it_is_made_of(people):
    by_partners(people, 30, 20)
    members = [row.member for row in people.measurements.order_by("id")]
    make_measurement(people, 12, member=members[0], period=Q2)
    late = make_member(people.partnership, "Late")
    make_measurement(people, 9, member=late, period=Q2)
    assert reach(people).reported.text_en == "2 of 3 partners reported."
