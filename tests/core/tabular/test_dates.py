import contextlib
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.tabular.dates import DateError, DateOrder, detect_date_order, parse_date


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01",
        "2026/03/01",
        "2026-3-1",
        "20260301",
        "2026-03-01T10:30:00Z",
        "2026-03-01 10:30:00.123+01:00",
        "01/03/2026",
        "1/3/2026",
        "1-3-2026",
        "01.03.2026",
        "1/3/2026 10.30",
        "1/3/2026, 9:30:00 AM",
        "1 marzo 2026",
        "1° marzo 2026",
        "1 mar 2026",
        "domenica 1 marzo 2026",
        "1 March 2026",
        "1st of March 2026",
        "March 1, 2026",
        "Sunday, 1 March 2026",
        "01-mar-2026",
        "  1/3/2026  ",
    ],
)
def test_date_is_read(text: str) -> None:
    assert parse_date(text) == date(2026, 3, 1)


def test_month_stands_first_only_when_told() -> None:
    assert parse_date("3/4/2026") == date(2026, 4, 3)
    assert parse_date("3/4/2026", order=DateOrder.MONTH_FIRST) == date(2026, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "31/02/2026",
        "2026-13-01",
        "3/25/2026",
        "01/03/26",
        "0026-03-01",
        "9999-01-01",
        "01/03-2026",
        "45000",
        "1 brumaio 2026",
        "2026-03-01 and more",
        "1" * 10_000,
    ],
)
def test_text_that_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        parse_date(text)


def test_two_digit_year_says_what_to_do() -> None:
    with pytest.raises(DateError, match="all four"):
        parse_date("1/3/26")


def test_date_cells_pass_through() -> None:
    assert parse_date(date(2026, 3, 1)) == date(2026, 3, 1)
    assert parse_date(datetime(2026, 3, 1, 23, 59, tzinfo=UTC)) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("samples", "expected"),
    [
        (["3/25/2026", "1/2/2026"], DateOrder.MONTH_FIRST),
        (["3/25/2026", "25/3/2026"], DateOrder.DAY_FIRST),
        (["1/2/2026"], DateOrder.DAY_FIRST),
        (["x", "", None], DateOrder.DAY_FIRST),
    ],
)
def test_order_is_found_from_telling_samples_only(samples: list[object], expected: DateOrder) -> None:
    assert detect_date_order(samples) is expected


@given(st.text(max_size=80))
def test_any_text_gives_a_date_or_a_named_error(text: str) -> None:
    with contextlib.suppress(DateError):
        parse_date(text)
