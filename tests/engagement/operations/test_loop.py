"""How residents are answered, as measurements and by area (R-E14, R-M3)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from engagement.models import LoopFigure, Submission, Theme
from engagement.operations.loop import measure_an_area, measure_the_loop, record_loop_figures
from engagement.queries.loop import loop_board
from engagement.rules.loop import Quarter, quarter_before
from metrics.models import Measurement
from tests.factories.engagement import make_public_partnership, make_submission, make_theme

TODAY = date(2026, 11, 23)


@pytest.fixture
def orti(space):
    return make_public_partnership()


def answered(partnership, days, *, place="", on=date(2026, 8, 20)):
    submission = make_submission(partnership, place=place, now=datetime(2026, 8, 20 - days, 9, tzinfo=UTC))
    Submission.objects.filter(pk=submission.pk).update(answered_on=on, state="answered")


@pytest.mark.parametrize(
    ("today", "quarter"),
    [
        (date(2026, 11, 23), Quarter(date(2026, 7, 1), date(2026, 9, 30))),
        (date(2026, 1, 1), Quarter(date(2025, 10, 1), date(2025, 12, 31))),
        (date(2026, 4, 30), Quarter(date(2026, 1, 1), date(2026, 3, 31))),
    ],
)
def test_quarter_that_is_over(today, quarter):
    assert quarter_before(today) == quarter


def test_both_figures_are_recorded_once_for_the_quarter_that_is_over(orti, coordinator):
    for days in (2, 4, 9):
        answered(orti, days)
    for outcome, published in (("partly", date(2026, 9, 1)), ("partly", date(2026, 10, 1)), ("open", None)):
        make_theme(orti, outcome=outcome, published_on=published, answer_en="x")
    Theme.objects.update(created_at=datetime(2026, 8, 1, tzinfo=UTC))
    themes, days = measure_the_loop(partnership=orti, by=coordinator)
    assert measure_the_loop(partnership=orti, by=coordinator) == [themes, days]
    assert [record_loop_figures(today=TODAY) for _ in range(2)] == [2, 0]
    share = Measurement.objects.get(indicator=themes.indicator)
    assert (share.numerator, share.denominator) == (Decimal(1), Decimal(3))
    assert Measurement.objects.get(indicator=days.indicator).value == Decimal(4)
    assert share.state == "submitted"


def test_figures_tell_of_communication_and_are_no_outcome(orti, coordinator):
    for figure in measure_the_loop(partnership=orti, by=coordinator):
        assert figure.indicator.kind == "process"
        assert figure.indicator.limits_en
        assert figure.indicator.name_it


def test_quarter_without_anything_says_so_instead_of_zero(orti, coordinator):
    measure_the_loop(partnership=orti, by=coordinator)
    record_loop_figures(today=TODAY)
    assert {row.value for row in Measurement.objects.all()} == {None}
    assert all(row.missing_reason for row in Measurement.objects.all())


def test_areas_few_name_stand_together(orti):
    for days in (1, 2, 3, 4, 9):
        answered(orti, days, place="Rose Park" if days % 2 else "rose park!")
    answered(orti, 8, place="Via Verdi")
    make_submission(orti, now=datetime(2026, 8, 1, tzinfo=UTC))
    board = loop_board(orti, today=date(2026, 9, 1))
    told = [(area.place, area.received, area.answered, area.median_days) for area in board.areas]
    assert [row[1:] for row in told] == [(5, 5, 3), (2, 1, 8)]
    assert told[1][0] == ""


def test_nothing_is_recorded_where_nobody_asked(orti):
    assert record_loop_figures(today=TODAY) == 0
    assert not LoopFigure.objects.exists()


def test_area_is_recorded_with_its_share_and_its_median_days(orti, coordinator):
    for days in (1, 2, 3, 4, 9):
        answered(orti, days, place="Rose Park")
    make_submission(orti, place="rose park!", now=datetime(2026, 8, 1, tzinfo=UTC))
    answered(orti, 8, place="Via Verdi")
    rate, days = measure_an_area(partnership=orti, place="ROSE PARK", by=coordinator)
    assert measure_an_area(partnership=orti, place="rose park", by=coordinator) == [rate, days]
    assert [record_loop_figures(today=TODAY) for _ in range(2)] == [2, 0]
    share = Measurement.objects.get(indicator=rate.indicator)
    assert (share.numerator, share.denominator) == (Decimal(5), Decimal(6))
    assert Measurement.objects.get(indicator=days.indicator).value == Decimal(3)
    assert "Rose Park" in rate.indicator.name_it


def test_area_few_name_is_neither_begun_nor_told(orti, coordinator):
    for days in (1, 2, 3, 4):
        answered(orti, days, place="Via Verdi")
    with pytest.raises(ValidationError, match="Fewer than five"):
        measure_an_area(partnership=orti, place="Via Verdi", by=coordinator)
    answered(orti, 5, place="Via Verdi", on=date(2026, 10, 20))
    measure_an_area(partnership=orti, place="Via Verdi", by=coordinator)
    record_loop_figures(today=TODAY)
    days = Measurement.objects.get(indicator__loop_figures__kind="days")
    assert (days.value, bool(days.missing_reason)) == (None, True)
