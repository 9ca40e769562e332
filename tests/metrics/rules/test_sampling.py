"""What a sample says of all, partner by partner, and which totals everybody is not told."""

from datetime import date
from decimal import Decimal

import pytest

from metrics.models import Measurement
from metrics.rules.figure import NBSP
from metrics.rules.period import Period
from metrics.rules.sampling import before_after_sentence, interval_of, last_two, partners_matched, sampled_sentence
from metrics.rules.series import Point
from metrics.rules.small import is_small, is_small_point
from metrics.rules.statistics.intervals import newcombe, wilson

Q1 = Period(date(2026, 1, 1), date(2026, 3, 31))
Q2 = Period(date(2026, 4, 1), date(2026, 6, 30))
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))


def share(part, whole, period=Q2, **fields):
    value = Decimal(part) / Decimal(whole) * 100
    return Point(period, value, Decimal(part), Decimal(whole), **fields)


def test_only_the_percentage_of_a_random_sample_says_how_sure_it_is():
    found = interval_of((30, 90), unit="percent", sample="random", population=None)
    assert found == wilson(30, 90)
    # The finite population is never taken for smaller than who was asked.
    assert interval_of((30, 90), unit="percent", sample="random", population=50) == wilson(30, 90, population=90)
    for nothing in (
        {"sample": "open"},
        {"sample": "everybody"},
        {"sample": ""},
        {"unit": "rate"},
        {"parts": (5, 19)},
        {"parts": None},
    ):
        asked = {"parts": (30, 90), "unit": "percent", "sample": "random", **nothing}
        assert interval_of(asked.pop("parts"), population=None, **asked) is None


def test_sentence_is_fixed_in_both_languages():
    found = sampled_sentence([share(10, 90, Q1), share(30, 90)], unit="percent", sample="random", population=None)
    low, high = (f"{round(100 * end)}{NBSP}%" for end in (wilson(30, 90).low, wilson(30, 90).high))
    assert found.text_en == (
        f"A random sample of 90: with 95 % certainty the share among all lies between {low} and {high}."
    )
    assert found.text_it == (
        f"Campione casuale di 90: con il 95 % di certezza la quota tra tutti è compresa tra {low} e {high}."
    )
    # With two hundred and more a decimal is honest, and numbers are written as the language does.
    many = sampled_sentence([share(198, 1465)], unit="percent", sample="random", population=None)
    assert "A random sample of 1,465" in many.text_en
    assert f"between 11.9{NBSP}% and 15.4{NBSP}%" in many.text_en
    assert (
        f"Campione casuale di 1.465: con il 95 % di certezza la quota tra tutti è compresa tra 11,9{NBSP}%"
        in many.text_it
    )
    assert not sampled_sentence([share(30, 90)], unit="percent", sample="open", population=None)
    assert not sampled_sentence([], unit="percent", sample="random", population=None)


def test_two_random_samples_tell_how_far_the_change_can_be_told():
    change = newcombe((12, 40), (27, 45))
    low, high = round(100 * change.low), round(100 * change.high)
    points = [share(12, 40, Q1), share(27, 45)]
    found = before_after_sentence(points, unit="percent", sample="random")
    assert found.text_en.startswith("The period before: 12 of 40; now: 27 of 45.")
    assert f"between {low:+d} and {high:+d} points" in found.text_en
    assert f"compresa tra {low:+d} e {high:+d} punti" in found.text_it
    less = before_after_sentence([share(27, 45, Q1), share(12, 40)], unit="percent", sample="random")
    assert "between \u2212" in less.text_en


@pytest.mark.parametrize(
    ("points", "sample", "said"),
    [
        ([share(2, 9, Q1), share(27, 45)], "random", "Fewer than 20 were asked: only the counts are told."),
        ([share(12, 40, Q1), share(27, 45)], "everybody", "The period before: 12 of 40; now: 27 of 45."),
        ([share(12, 40, Q1), share(27, 45)], "open", ""),
        ([share(12, 40, Q1), share(27, 45)], "", ""),
        ([share(12, 40, YEAR), share(27, 45)], "random", ""),
        ([share(12, 40, Q1), share(27, 45, is_partial=True)], "random", ""),
        ([share(12, 40, Q1), share(27, 45, version=2)], "random", ""),
        ([share(27, 45)], "random", ""),
    ],
)
def test_counts_alone_are_told_of_few_and_of_everybody_and_nothing_of_open_links(points, sample, said):
    assert before_after_sentence(points, unit="percent", sample=sample).text_en.endswith(said)
    if not said:
        assert not before_after_sentence(points, unit="percent", sample=sample)


def test_periods_of_the_same_length_are_compared():
    assert last_two([share(1, 2, Q1), share(1, 2, Q2)]) is not None
    assert last_two([share(1, 2, YEAR), share(1, 2, Q2)]) is None
    assert last_two([share(1, 2, Q1), Point(Q2, None)]) is None


def row(member, period, value, state="submitted"):
    ends = {"period_starts_on": period.starts_on, "period_ends_on": period.ends_on}
    return Measurement(
        tenant_id=1, member_id=member, value=None if value is None else Decimal(value), state=state, **ends
    )


def test_partners_that_told_both_times_are_counted():
    points = [Point(Q1, Decimal(9)), Point(Q2, Decimal(9))]
    rows = [
        *(row("a", Q1, 4), row("a", Q2, 6)),
        *(row("b", Q1, 4), row("b", Q2, 4)),
        *(row("c", Q1, 4), row("c", Q2, None)),
        *(row("d", Q1, 9), row("d", Q2, 3), row("d", Q2, 99, state="corrected")),
        row(None, Q1, 1),
        row(None, Q2, 2),
    ]
    found = partners_matched(points, rows, wants_increase=True)
    assert (found.better, found.same, found.worse) == (1, 1, 1)
    assert partners_matched(points, rows, wants_increase=False).better == 1
    assert partners_matched(points, rows[:2], wants_increase=True) is None
    assert partners_matched(points[:1], rows, wants_increase=True) is None


@pytest.mark.parametrize(
    ("value", "unit", "parts", "small"),
    [
        (0, "count", None, False),
        (1, "count", None, True),
        (4, "unique_people", None, True),
        (5, "unique_people", None, False),
        (4, "money", None, False),
        (4, "hours", None, False),
        (None, "count", None, False),
        (30, "percent", (3, 10), True),
        (90, "percent", (9, 10), True),
        (50, "percent", (5, 10), False),
        (100, "percent", (3, 3), True),
        # Written as a percentage alone it tells of no number of people.
        (5, "percent", (3, 60), False),
        (30, "percent", None, False),
    ],
)
def test_small_totals_are_those_that_tell_of_fewer_people_than_the_limit(value, unit, parts, small):
    counts = {"numerator": Decimal(parts[0]), "denominator": Decimal(parts[1])} if parts else {}
    asked = None if value is None else Decimal(value)
    assert is_small(asked, unit=unit, smallest=5, **counts) is small


def test_running_total_that_grew_by_few_is_small():
    assert is_small_point(Point(Q2, Decimal(12), own=Decimal(2)), unit="count", smallest=5)
    assert not is_small_point(Point(Q2, Decimal(12), own=Decimal(6)), unit="count", smallest=5)
