"""Tables written for people and their spreadsheet programs.

Text that a spreadsheet could run is marked (`core.tabular.marking`) and comes back unchanged through `open_table`;
numbers stay numbers. Characters that neither format can carry (NUL and other controls) are left out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any, Literal

from core.tabular.marking import marked

type Writable = str | int | Decimal | float | bool | date | datetime | time | None
type CsvDelimiter = Literal[",", ";", "\t"]

_CHUNK_CHARACTERS = 16 * 1024
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel turns _x0041_ into "A"; the same sequence with its underscore written out stays as it is.
_ESCAPE_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CSV_WORDS: dict[bool | None, str] = {None: "", True: "true", False: "false"}
_EXCEL_DIGITS = 15
_EXCEL_CELL_CHARACTERS = 32_767
_FIRST_EXCEL_DAY = date(1900, 3, 1)
_SHEET_TITLE_CHARACTERS = 31
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_WIDTHS = (10, 60)


@dataclass(frozen=True)
class SheetContent:
    """One sheet to write; the rows are consumed once, as they come."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Writable]]


class _Buffer:
    """Where `csv.writer` leaves text until a chunk is full."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    def write(self, text: str) -> int:
        self._parts.append(text)
        self._length += len(text)
        return len(text)

    @property
    def is_full(self) -> bool:
        return self._length >= _CHUNK_CHARACTERS

    def take(self) -> bytes:
        text = "".join(self._parts)
        self._parts.clear()
        self._length = 0
        return text.encode("utf-8")


def csv_lines(
    header: Sequence[str], rows: Iterable[Sequence[Writable]], *, delimiter: CsvDelimiter = ","
) -> Iterator[bytes]:
    """UTF-8 chunks of an RFC 4180 file, made as the rows come.

    With `;` it is the file an Italian Excel opens by double click: byte order mark and decimal comma. An error in
    `rows` is raised to the reader, so a broken export is never taken for a short one.
    """
    buffer = _Buffer()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    decimal_comma = delimiter == ";"
    if decimal_comma:
        buffer.write("\ufeff")
    writer.writerow([_csv_text(name, decimal_comma=decimal_comma) for name in header])
    for row in rows:
        writer.writerow([_csv_text(value, decimal_comma=decimal_comma) for value in row])
        if buffer.is_full:
            yield buffer.take()
    yield buffer.take()


def write_xlsx(
    target: IO[bytes], *, header: Sequence[str], rows: Iterable[Sequence[Writable]], title: str = "Table"
) -> None:
    """A workbook of one sheet; see `write_workbook`."""
    write_workbook(target, [SheetContent(title, header, rows)])


def write_workbook(target: IO[bytes], sheets: Iterable[SheetContent]) -> None:
    """One XLSX file, row by row, the header bold and fixed.

    Numbers of more than 15 digits are written as text, because Excel would round them. A moment keeps its wall time
    and loses its zone, which Excel does not have. Text beyond 32,767 characters, the most a cell can hold, raises
    ValueError.
    """
    # Loaded by whoever writes a workbook: a web worker that never does is a fifth smaller.
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    for content in sheets:
        page = workbook.create_sheet(_sheet_title(content.title, taken=set(workbook.sheetnames)))
        try:
            _fill(page, content)
        finally:
            page.close()
    workbook.save(target)
    workbook.close()


def _fill(page: Any, content: SheetContent) -> None:
    from openpyxl.utils import get_column_letter

    page.freeze_panes = "A2"
    for position, name in enumerate(content.header, start=1):
        page.column_dimensions[get_column_letter(position)].width = min(max(len(name) + 2, _WIDTHS[0]), _WIDTHS[1])
    page.append([_header_cell(page, name) for name in content.header])
    for row in content.rows:
        page.append([_xlsx_value(value) for value in row])


def _csv_text(value: Writable, *, decimal_comma: bool) -> str:
    match value:
        case str():
            return marked(_CONTROLS.sub("", value))
        case None | bool():
            return _CSV_WORDS[value]
        case int() | Decimal() | float():
            text = f"{Decimal(str(value)):f}"
            return text.replace(".", ",") if decimal_comma else text
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
    return value.isoformat()


def _xlsx_value(value: Writable) -> Writable:
    match value:
        case str():
            return _xlsx_text(value)
        case None | bool():
            return value
        case int() | Decimal() | float():
            number = Decimal(str(value))
            return f"{number:f}" if _is_beyond_excel(number) else value
        case time():
            return value.replace(tzinfo=None)
    return _excel_moment(value)


def _excel_moment(value: date | datetime) -> date | datetime | str:
    """Excel counts days from 1900 and gets the first two months wrong; older days are text."""
    day = value.date() if isinstance(value, datetime) else value
    if day < _FIRST_EXCEL_DAY:
        return value.isoformat()
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _xlsx_text(text: str) -> str:
    written = _ESCAPE_LOOKALIKE.sub("_x005F_", marked(_CONTROLS.sub("", text)))
    if len(written) > _EXCEL_CELL_CHARACTERS:
        message = f"a cell holds at most {_EXCEL_CELL_CHARACTERS} characters"
        raise ValueError(message)
    return written


def _is_beyond_excel(number: Decimal) -> bool:
    if not number.is_finite():
        return True
    return len(number.normalize().as_tuple().digits) > _EXCEL_DIGITS


def _header_cell(page: Any, name: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(page, value=_xlsx_text(name))
    cell.font = Font(bold=True)
    return cell


def _sheet_title(wanted: str, *, taken: set[str]) -> str:
    base = _NOT_IN_TITLE.sub(" ", wanted).strip(" '")[:_SHEET_TITLE_CHARACTERS] or "Table"
    title, number = base, 1
    while title.casefold() in {name.casefold() for name in taken}:
        number += 1
        title = f"{base[: _SHEET_TITLE_CHARACTERS - 4]} {number}"
    return title
