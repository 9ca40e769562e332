import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.tabular.marking import marked, unmarked
from core.tabular.reading import Row, open_table
from core.tabular.writing import SheetContent, Writable, csv_lines, write_workbook, write_xlsx

DANGEROUS = [
    "=1+1",
    "+39 051",
    "-x",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
    "'=1",
    "''-x",
]
HARMLESS = ["'Ndrangheta", "'80051890152'", "a=b", "", "'", "5", "x\tx", "via Roma, 3; int. 2", 'detto "il Moro"', "😀"]


def csv_bytes(header: list[str], rows: list[list[Writable]], delimiter: str = ",") -> bytes:
    return b"".join(csv_lines(header, rows, delimiter=delimiter))  # type: ignore[arg-type]  # parametrised


def xlsx_bytes(header: list[str], rows: list[list[Writable]]) -> bytes:
    target = io.BytesIO()
    write_xlsx(target, header=header, rows=rows)
    return target.getvalue()


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_a_spreadsheet_could_run_is_marked_and_comes_back(text: str) -> None:
    assert marked(text) == "'" + text
    assert unmarked(marked(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_is_left_alone(text: str) -> None:
    assert marked(text) == text
    assert unmarked(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n a\uff1d")))
def test_mark_is_never_ambiguous(text: str) -> None:
    assert unmarked(marked(text)) == text
    assert unmarked(text) == text or marked(unmarked(text)) == text


def test_leading_nul_does_not_hide_a_formula() -> None:
    assert csv_bytes(["a"], [["\x00=1"]]) == b"a\r\n'=1\r\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_comes_back_the_same(delimiter: str) -> None:
    texts = [text for text in DANGEROUS + HARMLESS if text.strip()]
    table = open_table(csv_bytes(["a", "b"], [[text, "x"] for text in texts], delimiter), filename="x.csv")
    assert [row.texts[0] for row in table if isinstance(row, Row)] == texts


def test_xlsx_comes_back_the_same() -> None:
    texts = [text for text in [*DANGEROUS, *HARMLESS, "_x0041_", "_x005F_"] if text.strip()]
    table = open_table(xlsx_bytes(["a", "b"], [[text, "x"] for text in texts]), filename="x.xlsx")
    assert [row.texts[0] for row in table if isinstance(row, Row)] == texts


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n=+-@'"))),
        max_size=8,
    )
)
def test_any_text_comes_back_the_same(rows: list[tuple[str]]) -> None:
    rows = [row for row in rows if "\ufffe" not in row[0] and "\uffff" not in row[0]]
    written = [["x", *row] for row in rows]
    for content, name in ((csv_bytes(["k", "a"], written), "x.csv"), (xlsx_bytes(["k", "a"], written), "x.xlsx")):
        table = open_table(content, filename=name)
        assert [row.texts for row in table if isinstance(row, Row)] == [tuple(row) for row in written]


def test_numbers_stay_numbers() -> None:
    rows: list[list[Writable]] = [[Decimal("-1234.50"), 7, -3, None, True, date(2026, 3, 1)]]
    header = list("abcdef")
    assert csv_bytes(header, rows) == b"a,b,c,d,e,f\r\n-1234.50,7,-3,,true,2026-03-01\r\n"
    page = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(header, rows))).active
    assert [cell.data_type for cell in page[2]] == ["n", "n", "n", "n", "b", "d"]
    assert page["A2"].value == -1234.5


def test_marked_text_in_a_workbook_is_text() -> None:
    page = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(["=a"], [["=1+1"]]))).active
    assert [(cell.value, cell.data_type) for cell in (page["A1"], page["A2"])] == [("'=a", "s"), ("'=1+1", "s")]


def test_italian_file_has_byte_order_mark_and_decimal_comma() -> None:
    content = csv_bytes(["Città", "Euro"], [["Forlì", Decimal("1234.56")]], ";")
    assert content == "\ufeffCittà;Euro\r\nForlì;1234,56\r\n".encode()


def test_identifier_too_long_for_a_number_is_text_in_a_workbook() -> None:
    page = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(["a"], [[12345678901234567]]))).active
    assert page["A2"].value == "12345678901234567"


def test_moments_with_a_zone_and_old_days_can_be_written() -> None:
    rows: list[list[Writable]] = [[datetime(2026, 3, 1, 9, 30, tzinfo=UTC), date(1850, 1, 2)]]
    page = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(["a", "b"], rows))).active
    assert page["A2"].value == datetime(2026, 3, 1, 9, 30)  # noqa: DTZ001 - a workbook knows no zone
    assert page["B2"].value == "1850-01-02"


def test_error_in_the_rows_reaches_the_reader() -> None:
    def rows() -> Iterator[list[Writable]]:
        yield ["x"]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        b"".join(csv_lines(["a"], rows()))


def test_rows_are_written_as_they_come() -> None:
    taken = 0

    def rows() -> Iterator[list[Writable]]:
        nonlocal taken
        for taken in range(1, 100_001):
            yield ["Associazione di prova", taken]

    chunks = csv_lines(["a", "b"], rows())
    next(chunks)
    assert taken < 5_000
    assert b"".join(chunks).endswith(b"Associazione di prova,100000\r\n")


def test_sheets_get_titles_a_workbook_allows() -> None:
    target = io.BytesIO()
    titles = ["Obiettivi/2026: [bozza]", "x" * 40, "x" * 40, ""]
    write_workbook(target, [SheetContent(title, ["a"], [["b"]]) for title in titles])
    names = openpyxl.load_workbook(target).sheetnames
    assert len(set(names)) == 4
    assert all(0 < len(name) <= 31 for name in names)


def test_text_longer_than_a_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="32767"):
        xlsx_bytes(["a"], [["x" * 40_000]])
