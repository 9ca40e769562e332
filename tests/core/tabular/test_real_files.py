from datetime import date
from decimal import Decimal

import pytest
from stdnum.it import codicefiscale, iva

from core.tabular.dates import DateOrder, detect_date_order, parse_date
from core.tabular.numbers import DecimalStyle, parse_number
from core.tabular.reading import Row, open_table
from tests.core.tabular.standards import standard_file


def read(name: str, **options: object) -> tuple[tuple[str, ...], list[Row]]:
    path = standard_file(name)
    with open_table(path, filename=path.name, **options) as table:  # type: ignore[arg-type]  # options vary by test
        rows = list(table)
        assert all(isinstance(row, Row) for row in rows)
        return table.header, [row for row in rows if isinstance(row, Row)]


def test_list_of_italian_bodies_is_read_whole() -> None:
    path = standard_file("stakeholders/it_5x1000_2014_sport.csv")
    with open_table(path, filename=path.name) as table:
        rows = [row for row in table if isinstance(row, Row)]
        assert (len(rows), table.delimiter, table.decimal_style) == (6893, ",", DecimalStyle.POINT)
    totals = [parse_number(row.texts[9], style=DecimalStyle.POINT) for row in rows]
    parts = [sum((parse_number(row.texts[at], style=DecimalStyle.POINT) for at in (7, 8)), Decimal(0)) for row in rows]
    assert totals == parts
    codes = [row.texts[0] for row in rows]
    assert sum(iva.is_valid(code) or codicefiscale.is_valid(code) for code in codes) > 6_800


def test_amounts_and_dates_of_a_real_publisher_are_read() -> None:
    header, rows = read("360giving/andrew-lloyd-webber-foundation.xlsx")
    assert len(rows) == 475
    assert header[0] == "Identifier"
    awarded = header.index("Amount Awarded")
    assert all(parse_number(row.cells[awarded], style=None) >= 0 for row in rows)  # type: ignore[arg-type]  # numbers
    dated = header.index("Award Date")
    assert all(isinstance(row.cells[dated], date) or parse_date(row.texts[dated]) for row in rows)


def test_file_in_cp1252_is_read() -> None:
    header, rows = read("360giving/two_grants_cp1252.csv")
    assert rows[0].texts[0].startswith("360G-")
    assert "€" in rows[1].texts[0]
    assert len(header) == 24


def test_survey_is_the_same_from_csv_and_xlsx() -> None:
    csv_header, csv_rows = read("survey/community_survey_anonymized.csv", number_repeated_names=True)
    xlsx_header, xlsx_rows = read("survey/community_survey_anonymized.xlsx", number_repeated_names=True)
    assert (len(csv_rows), len(csv_header)) == (69, 53)
    assert csv_header == xlsx_header
    different = [
        (ours, theirs)
        for csv_row, xlsx_row in zip(csv_rows, xlsx_rows, strict=True)
        for ours, theirs in zip(csv_row.texts, xlsx_row.texts, strict=True)
        if ours.split() != theirs.split()
    ]
    assert different == []


@pytest.mark.parametrize(
    ("name", "header_row", "first"),
    [
        ("contacts/google_gmail.csv", None, "Name"),
        ("contacts/salesforce_npsp_import_template.csv", 5, "Contact1 Salutation"),
    ],
)
def test_address_books_are_read(name: str, header_row: int | None, first: str) -> None:
    header, rows = read(name, header_row=header_row)
    assert first in header
    assert rows or header_row


def test_dates_of_a_real_list_are_day_first() -> None:
    assert detect_date_order(["13/05/2014", "05/06/2014"]) is DateOrder.DAY_FIRST
