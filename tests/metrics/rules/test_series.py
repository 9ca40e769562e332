from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.models import Measurement
from metrics.rules.figure import Figures
from metrics.rules.period import period_after, period_of
from metrics.rules.series import latest, missing_sentence, points_of, series_sentence

D = Decimal

FIGURES = Figures("count")
TREND_WORDS = ("improv", "rising", "falling", "increas", "decreas", "migliora", "cresc", "cala")


def rows(*values, unit="count", **fields):
    period, found = period_of(date(2026, 1, 1), "monthly"), []
    for value in values:
        number = None if value is None else D(value)
        reason = "" if value is not None else "closed"
        found.append(
            Measurement(
                tenant_id=1,
                period_starts_on=period.starts_on,
                period_ends_on=period.ends_on,
                value=number,
                missing_reason=reason,
                **fields,
            )
        )
        period = period_after(period, "monthly")
    return found


def test_missing_value_is_a_gap_and_not_zero():
    points = points_of(rows(3, None, 5), unit="count")
    assert [point.value for point in points] == [3, None, 5]
    assert points[1].missing_reason == "closed"
    assert str(missing_sentence(points)) == "One period has no value."


def test_running_total_starts_at_the_baseline_and_says_where_it_is_incomplete():
    points = points_of(rows(3, None, 5), unit="count", is_cumulative=True, baseline=D(10))
    assert [point.value for point in points] == [13, None, 18]
    assert [point.is_partial for point in points] == [False, False, True]


def test_numbers_of_several_members_are_added_up():
    both = rows(3, state="verified") + rows(4, state="submitted")
    (point,) = points_of(both, unit="count")
    assert (point.value, point.is_verified) == (7, False)


def test_missing_part_of_a_sum_makes_it_partial():
    (point,) = points_of(rows(3) + rows(None), unit="count")
    assert (point.value, point.is_partial) == (3, True)


@pytest.mark.parametrize("unit", ["unique_people", "median", "mean"])
def test_people_medians_and_means_of_several_members_are_never_added_up(unit):
    (point,) = points_of(rows(3) + rows(4), unit=unit)
    assert point.value is None


def test_percentages_of_several_members_are_computed_from_their_parts():
    first = rows(50, numerator=D(5), denominator=D(10))
    second = rows(10, numerator=D(9), denominator=D(90))
    (point,) = points_of(first + second, unit="percent")
    assert (point.value, point.numerator, point.denominator) == (D(14), 14, 100)


def test_corrected_value_does_not_count():
    (point,) = points_of(rows(3, state="corrected") + rows(4), unit="count")
    assert point.value == 4


def test_latest_is_the_last_known_value():
    assert latest(points_of(rows(3, 4, None), unit="count")).value == 4
    assert latest(points_of(rows(None), unit="count")) is None


@pytest.mark.parametrize(
    ("values", "english", "italian"),
    [
        ([], "No measurement so far.", "Finora nessuna rilevazione."),
        ([None], "No measurement so far.", "Finora nessuna rilevazione."),
        (
            [4],
            "One measurement so far: a single value shows no change.",
            "Una sola rilevazione finora: un valore da solo non mostra cambiamenti.",
        ),
        (
            [4, 9],
            "Two measurements so far: too few to speak of a trend. First value: 4; last value: 9.",
            "Due rilevazioni finora: troppo poche per parlare di tendenza. Primo valore: 4; ultimo valore: 9.",
        ),
        (
            [4, 9, 6, 7, 5, 8],
            "Six measurements so far: too few to speak of a trend. Middle value: 6.5; lowest 4, highest 9.",
            "Sei rilevazioni finora: troppo poche per parlare di tendenza. Valore mediano: 6,5; minimo 4, massimo 9.",
        ),
    ],
)
def test_sentence_says_what_the_number_of_points_allows(values, english, italian):
    sentence = series_sentence(points_of(rows(*values), unit="count"), FIGURES)
    assert (sentence.text_en, sentence.text_it) == (english, italian)


@given(st.lists(st.none() | st.integers(0, 1000), max_size=14))
def test_sentence_never_speaks_of_a_direction(values):
    sentence = series_sentence(points_of(rows(*values), unit="count"), FIGURES)
    assert not any(word in (sentence.text_en + sentence.text_it).lower() for word in TREND_WORDS)
