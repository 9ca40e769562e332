import io
import tracemalloc

import pytest

from core.tabular.errors import (
    EmptyTableError,
    RowError,
    TableError,
    TableHeaderError,
    TableTooLargeError,
    UnreadableTextError,
    WrongTableTypeError,
)
from core.tabular.limits import Limits
from core.tabular.numbers import DecimalStyle
from core.tabular.reading import Row, Table, open_table


def opened(content: bytes | str, **options: object) -> Table:
    raw = content.encode() if isinstance(content, str) else content
    return open_table(raw, filename="elenco.csv", **options)  # type: ignore[arg-type]  # options vary by test


def texts(table: Table) -> list[tuple[str, ...]]:
    return [row.texts for row in table if isinstance(row, Row)]


ITALIAN = "Nome;Città\nCaffè Perù;Forlì\n"


@pytest.mark.parametrize(
    ("codec", "expected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_encoding_is_found(codec: str, expected: str) -> None:
    text = ITALIAN + "L'età dell'oro è già qui: perché no? più di così;Cantù\n" * 30
    table = opened(text.encode(codec))
    assert table.encoding == expected
    assert table.header == ("Nome", "Città")
    assert texts(table)[0] == ("Caffè Perù", "Forlì")


def test_euro_sign_of_cp1252_is_kept() -> None:
    assert texts(opened("a;b\n€;“x”\n".encode("cp1252"))) == [("€", "“x”")]


def test_text_half_utf8_half_cp1252_is_refused() -> None:
    content = "nome\nForlì\nCittà\nPerù\n".encode() + "Cantù\n".encode("cp1252")
    with pytest.raises(UnreadableTextError):
        opened(content)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found(delimiter: str) -> None:
    rows = [["Nome", "Note", "Totale"], ["Rossi", "x", "3"], ["Verdi", "y", "4"]]
    table = opened("\n".join(delimiter.join(row) for row in rows))
    assert table.delimiter == delimiter
    assert texts(table) == [tuple(row) for row in rows[1:]]


def test_delimiter_is_semicolon_when_amounts_have_decimal_commas() -> None:
    table = opened("Nome;Importo\nRossi, Anna;1.234,56\nBianchi, Ugo;7,50\n")
    assert table.delimiter == ";"
    assert table.decimal_style is DecimalStyle.COMMA
    assert texts(table)[0] == ("Rossi, Anna", "1.234,56")


def test_line_naming_the_separator_is_obeyed_and_skipped() -> None:
    table = opened("sep=;\r\nNome,Cognome;Età\r\nAnna,Rossi;41\r\n")
    assert table.header == ("Nome,Cognome", "Età")
    assert [(row.number, row.cells) for row in table if isinstance(row, Row)] == [(3, ("Anna,Rossi", "41"))]


def test_one_column_is_a_table() -> None:
    assert texts(opened("Nome\nAnna\nUgo\n")) == [("Anna",), ("Ugo",)]


def test_quotes_hold_separators_and_line_ends() -> None:
    table = opened('a,b\n"uno, due","riga 1\r\nriga 2 ""x"""\n')
    assert texts(table) == [("uno, due", 'riga 1\r\nriga 2 "x"')]


@pytest.mark.parametrize(("line", "found"), [("1,2,3,4", 4), ("1,2", 2), ("1,2,3,", 4)])
def test_row_of_wrong_width_is_reported_and_not_shifted(line: str, found: int) -> None:
    rows = list(opened(f"a,b,c\nx,y,z\n{line}\np,q,r\n"))
    assert [row.number for row in rows] == [2, 3, 4]
    assert isinstance(rows[1], RowError)
    assert str(found) in str(rows[1])
    assert isinstance(rows[2], Row)
    assert rows[2].cells == ("p", "q", "r")


def test_unclosed_quote_is_reported() -> None:
    rows = list(opened('a,b\n1,2\n3,"quattro\n5,6\n'))
    assert [type(row) for row in rows] == [Row, RowError]
    assert rows[1].number == 3


def test_blank_rows_are_passed_over_and_counted() -> None:
    rows = list(opened("a,b\n\n1,2\n,\n3,4\n"))
    assert [row.number for row in rows] == [3, 5]


def test_blank_row_of_another_width_is_passed_over() -> None:
    assert texts(opened("a,b\n,,,\n1,2\n")) == [("1", "2")]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n \n", b";;;\n;;;\n"])
def test_empty_file_is_refused(content: bytes) -> None:
    with pytest.raises(EmptyTableError):
        opened(content)


def test_header_alone_is_a_table_without_rows() -> None:
    table = opened("Nome,Cognome\n")
    assert table.header == ("Nome", "Cognome")
    assert list(table) == []


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(TableHeaderError, match="1 and 3"):
        opened("Nome,Età,nome\na,b,c\n")


def test_two_columns_of_one_name_are_numbered_when_asked() -> None:
    table = opened("Altro,x,Altro,Altro (2)\n1,2,3,4\n", number_repeated_names=True)
    assert table.header == ("Altro", "x", "Altro (2)", "Altro (2) (2)")


def test_header_is_found_below_instructions_when_told() -> None:
    table = opened("Istruzioni,,\nNon toccare,,\nNome,Età,Note\nAnna,41,\n", header_row=3)
    assert table.header == ("Nome", "Età", "Note")
    assert [row.number for row in table] == [4]


def test_nul_byte_is_refused_with_its_row() -> None:
    with pytest.raises(UnreadableTextError, match="Row 3"):
        opened(b"a,b\n1,2\n3,\x004\n")


def test_columns_beyond_the_limit_are_refused() -> None:
    with pytest.raises(TableTooLargeError, match="201"):
        opened(",".join(f"c{number}" for number in range(201)) + "\n")


def test_rows_beyond_the_limit_are_refused_while_reading() -> None:
    table = opened("a\n" + "x\n" * 11, limits=Limits(max_rows=10))
    with pytest.raises(TableTooLargeError, match="10 rows"):
        list(table)


def test_bytes_beyond_the_limit_are_refused() -> None:
    with pytest.raises(TableTooLargeError):
        opened(b"a\n" * 600, limits=Limits(max_bytes=1024))


def test_table_can_be_read_twice_and_leaves_the_source_open() -> None:
    source = io.BytesIO(b"a,b\n1,2\n3,4\n")
    with open_table(source, filename="x.csv") as table:
        first_row = next(iter(table))
        assert len(list(table)) == 2
        assert next(iter(table)) == first_row
    assert not source.closed


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7\n", "a.csv"),
        (b"\x89PNG\r\n\x1a\n", "a.csv"),
        (b"<html><table><tr><td>1</td></tr></table>", "a.csv"),
        (b"\n<!DOCTYPE html>", "a.xls"),
        (b"a,b\n1,2\n", "a.pdf"),
        (b"a,b\n1,2\n", "a.xlsx"),
        (b"a,b\n1,2\n", "noname"),
    ],
)
def test_other_files_are_refused(content: bytes, name: str) -> None:
    with pytest.raises(WrongTableTypeError):
        open_table(content, filename=name)


def test_mark_of_an_export_is_taken_away() -> None:
    assert texts(opened("a,b,c\n'=1+1,'Ndrangheta,''+39\n")) == [("=1+1", "'Ndrangheta", "'+39")]


class _Endless(io.RawIOBase):
    """A file of many rows that is never in memory."""

    def __init__(self, rows: int) -> None:
        self._line = b"80051890152,Associazione di prova,Borgo San Lorenzo\n"
        self._size = (rows + 1) * len(self._line)
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = {0: 0, 1: self._at, 2: self._size}[whence] + offset
        return self._at

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # narrower on purpose
        wanted = min(len(buffer), self._size - self._at)
        start = self._at % len(self._line)
        text = (self._line * (wanted // len(self._line) + 2))[start : start + wanted]
        buffer[:wanted] = text
        self._at += wanted
        return wanted


def test_hundred_thousand_rows_are_read_in_flat_memory() -> None:
    source = io.BufferedReader(_Endless(100_000))
    tracemalloc.start()
    try:
        table = open_table(source, filename="x.csv", limits=Limits(max_rows=100_000), number_repeated_names=True)
        assert sum(1 for _row in table) == 100_000
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3_000_000


def test_error_messages_say_row_column_and_reason() -> None:
    error = TableError("Something is wrong with %(what)s.", row=7, column="Importo", what="x")
    assert str(error) == "Row 7, column Importo: Something is wrong with x."
