import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook

from core.tabular.errors import (
    DamagedTableError,
    MacroTableError,
    OldSpreadsheetError,
    ProtectedTableError,
    RowError,
    TableError,
    TableTooLargeError,
    UnsafeArchiveError,
    WrongTableTypeError,
)
from core.tabular.limits import Limits
from core.tabular.reading import Row, Table, open_table
from tests.core.tabular.workbooks import archive, archive_with_link, compound_file, raw_workbook, text_row, workbook

MOMENT = datetime(2026, 3, 1, 9, 30)  # noqa: DTZ001 - a workbook knows no zone


def opened(content: bytes, **options: object) -> Table:
    return open_table(content, filename="Elenco.XLSX", **options)  # type: ignore[arg-type]  # options vary by test


def cells(table: Table) -> list[tuple[object, ...]]:
    return [row.cells for row in table if isinstance(row, Row)]


def test_cells_keep_their_kind() -> None:
    table = opened(
        workbook(
            [
                ["Testo", "Intero", "Decimale", "Giorno", "Momento", "Sì"],
                ["x", 80051890152, 12.5, date(2026, 3, 1), MOMENT, True],
            ]
        )
    )
    assert cells(table) == [("x", Decimal(80051890152), Decimal("12.5"), date(2026, 3, 1), MOMENT, True)]
    assert next(row for row in table if isinstance(row, Row)).texts == (
        "x",
        "80051890152",
        "12.5",
        "2026-03-01",
        "2026-03-01 09:30",
        "true",
    )


def test_numbers_are_as_they_are_shown() -> None:
    table = opened(
        workbook(
            [["CAP", "Quota", "Somma", "Euro"], [123, 0.255, 0.1 + 0.2, 1234.5]],
            {"A2": "00000", "B2": "0.0%", "D2": '#,##0.00 "€"'},
        )
    )
    assert cells(table) == [("00123", "25.5%", Decimal("0.3"), Decimal("1234.5"))]


def test_percent_is_written_in_the_style_of_the_sheet() -> None:
    table = opened(workbook([["Quota", "Note"], [0.255, "1.234,56"]], {"A2": "0.0%"}))
    assert cells(table) == [("25,5%", "1.234,56")]


def test_short_rows_are_filled_and_blank_rows_passed_over() -> None:
    table = opened(workbook([["a", "b", "c"], ["x"], [None, None], [None, "y", None]]))
    assert [(row.number, row.cells) for row in table if isinstance(row, Row)] == [
        (2, ("x", "", "")),
        (4, ("", "y", "")),
    ]


def test_value_beyond_the_header_is_reported() -> None:
    rows = list(opened(workbook([["a"], ["x", None, "lost"], ["y"]])))
    assert isinstance(rows[0], RowError)
    assert rows[0].number == 2
    assert isinstance(rows[1], Row)


def test_error_of_a_formula_is_reported_with_its_column() -> None:
    content = raw_workbook(text_row(1, "Nome", "Totale") + '<row r="2"><c r="B2" t="e"><v>#REF!</v></c></row>')
    rows = list(opened(content))
    assert [str(row) for row in rows] == ["Row 2, column Totale: The cell shows #REF!."]


def test_formula_gives_the_value_it_had_when_saved() -> None:
    content = raw_workbook(text_row(1, "a") + '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>')
    assert cells(opened(content)) == [(Decimal(2),)]


def test_number_too_large_for_a_number_is_reported() -> None:
    rows = list(opened(raw_workbook(text_row(1, "a") + '<row r="2"><c r="A2"><v>1e999999</v></c></row>')))
    assert isinstance(rows[0], RowError)


def test_first_visible_sheet_is_read_or_the_one_named() -> None:
    book = Workbook()
    book.active.title = "Nascosto"
    book.active.sheet_state = "hidden"
    book.create_sheet("Dati").append(["a"])
    book.create_sheet("Altro").append(["b"])
    target = io.BytesIO()
    book.save(target)
    table = opened(target.getvalue())
    assert table.header == ("a",)
    assert table.sheet_names == ("Nascosto", "Dati", "Altro")
    assert opened(target.getvalue(), sheet="Altro").header == ("b",)
    with pytest.raises(TableError, match="Manca"):
        opened(target.getvalue(), sheet="Manca")


def test_claimed_size_is_not_believed() -> None:
    table = opened(raw_workbook(text_row(1, "a", "b") + text_row(2, "x", "y")))
    assert len(list(table)) == 1


def test_row_at_the_very_end_is_found() -> None:
    rows = list(opened(raw_workbook(text_row(1, "a") + text_row(1_048_576, "x"))))
    assert [row.number for row in rows] == [1_048_576]


def test_row_beyond_the_end_of_any_sheet_is_not_waited_for() -> None:
    assert list(opened(raw_workbook(text_row(1, "a") + text_row(10**15, "x")))) == []


def test_rows_are_counted_while_reading() -> None:
    content = raw_workbook("".join(text_row(number, "x") for number in range(1, 13)))
    with pytest.raises(TableTooLargeError):
        list(opened(content, limits=Limits(max_rows=10)))


def test_column_far_to_the_right_is_refused() -> None:
    with pytest.raises(TableTooLargeError):
        opened(raw_workbook('<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>'))


def test_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = raw_workbook(text_row(1, "a"), extra={"xl/media/x.xml": bytes(30_000_000)})
    assert len(bomb) < 100_000
    with pytest.raises(UnsafeArchiveError, match="far too large"):
        opened(bomb)


def test_unpacked_size_beyond_the_limit_is_refused() -> None:
    content = raw_workbook(text_row(1, "a"))
    with pytest.raises(UnsafeArchiveError):
        opened(content, limits=Limits(max_unpacked_bytes=500))


def test_thousands_of_members_are_refused() -> None:
    with pytest.raises(UnsafeArchiveError, match="too many parts"):
        opened(archive([f"xl/{number}" for number in range(1_001)]))


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/x", "xl\\..\\..\\x", "C:/x", "xl/../x", "\\\\host\\x"])
def test_member_leading_outside_is_refused(name: str) -> None:
    with pytest.raises(UnsafeArchiveError):
        opened(archive(["[Content_Types].xml", "xl/workbook.xml", name]))


def test_symbolic_link_is_refused() -> None:
    with pytest.raises(UnsafeArchiveError):
        opened(archive_with_link("xl/workbook.xml", "/etc/passwd"))


def test_bytes_after_the_archive_are_refused() -> None:
    with pytest.raises(UnsafeArchiveError):
        opened(workbook([["a"]]) + b"<script>alert(1)</script>")


def test_bytes_before_the_archive_are_refused() -> None:
    with pytest.raises(TableError):
        opened(b"GIF89a" + workbook([["a"]]))


def test_entity_expansion_is_refused() -> None:
    prolog = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with pytest.raises(DamagedTableError):
        list(opened(raw_workbook(text_row(1, "&b;"), prolog=prolog)))


def test_macros_are_refused() -> None:
    with pytest.raises(MacroTableError):
        opened(raw_workbook(text_row(1, "a"), extra={"xl/vbaProject.bin": b"x"}))
    with pytest.raises(MacroTableError):
        open_table(workbook([["a"]]), filename="a.xlsm")


def test_password_on_the_archive_is_named() -> None:
    content = bytearray(workbook([["a"]]))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    with pytest.raises(ProtectedTableError):
        opened(bytes(content))


def test_password_is_named() -> None:
    with pytest.raises(ProtectedTableError):
        opened(compound_file("EncryptedPackage"))


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.csv"])
def test_old_spreadsheet_is_named_whatever_it_is_called(name: str) -> None:
    with pytest.raises(OldSpreadsheetError):
        open_table(compound_file("Workbook"), filename=name)


def test_open_document_is_named() -> None:
    with pytest.raises(OldSpreadsheetError):
        open_table(archive(["mimetype", "content.xml"]), filename="a.ods")


@pytest.mark.parametrize("name", ["a.csv", "a.docx", "a.zip", "xlsx"])
def test_workbook_under_another_name_is_refused(name: str) -> None:
    with pytest.raises(WrongTableTypeError):
        open_table(workbook([["a"]]), filename=name)


def test_other_office_file_named_xlsx_is_refused() -> None:
    with pytest.raises(WrongTableTypeError):
        opened(archive(["[Content_Types].xml", "word/document.xml"]))


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.999])
def test_truncated_workbook_is_refused(part: float) -> None:
    content = workbook([["a", "b"], ["x", 1]])
    with pytest.raises(TableError):
        list(opened(content[: int(len(content) * part)]))


def test_changed_bytes_inside_are_refused_or_read_but_never_crash() -> None:
    content = workbook([["a", "b"]] + [["x", number] for number in range(50)])
    for at in range(30, len(content), 97):
        broken = bytearray(content)
        broken[at] ^= 0xFF
        try:
            list(opened(bytes(broken)))
        except TableError:
            continue
