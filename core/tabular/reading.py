"""Open a CSV or XLSX file somebody brought, and read it row by row."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO, Self, TypedDict, Unpack

from django.utils.translation import gettext_lazy as _

from core.tabular import csv_reading, xlsx_reading
from core.tabular.errors import EmptyTableError, Message, RowError, TableHeaderError, TableTooLargeError
from core.tabular.header import names_apart, names_checked
from core.tabular.limits import DEFAULT_LIMITS, Limits
from core.tabular.marking import unmarked
from core.tabular.numbers import DecimalStyle, detect_decimal_style
from core.tabular.sniffing import TableKind, table_kind
from core.tabular.xlsx_reading import Cell, Shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

type RawCells = list[Cell | Shown | Message]

_SAMPLE_ROWS = 200


@dataclass(frozen=True)
class Row:
    """One row of data; `number` counts as a spreadsheet program does, the header included."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Every cell as text: numbers with a point and no exponent, dates as ISO 8601, empty as ``""``."""
        return tuple(as_text(cell) for cell in self.cells)


class OptionNames(TypedDict, total=False):
    """The same as TableOptions, for type checkers."""

    limits: Limits
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    header_row: int | None
    number_repeated_names: bool


@dataclass(frozen=True)
class TableOptions:
    """What a person may overrule when the file was read wrongly.

    `header_row` is for files that begin with instructions (default: the first row with something in it).
    `number_repeated_names` turns a second "Other" into "Other (2)" where repeated names are normal, as in surveys;
    elsewhere they are refused.
    """

    limits: Limits = DEFAULT_LIMITS
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    number_repeated_names: bool = False


class Table:
    """A header and, lazily, its rows; it may be read more than once and holds one row at a time.

    Iterating gives a `Row` or, for a row that cannot be used, a `RowError` in its place: nothing is dropped or
    shifted in silence. Blank rows are passed over. Cells of CSV are text; of XLSX also Decimal, date, datetime and
    bool. Raises TableTooLargeError when there are more rows than the limit and DamagedTableError when the file breaks
    off.
    """

    def __init__(self, source: BinaryIO, kind: TableKind, options: TableOptions, *, owns_source: bool) -> None:
        self._source = source
        self._owns_source = owns_source
        self._options = options
        self._skips_first = False
        self._sheet: xlsx_reading.Sheet | None = None
        self.kind = kind
        self.encoding: str | None = None
        self.delimiter: str | None = None
        self.sheet_names: tuple[str, ...] = ()
        if kind is TableKind.XLSX:
            self._sheet = xlsx_reading.open_sheet(source, options.limits, options.sheet)
            self.sheet_names = self._sheet.names
        else:
            self.encoding = options.encoding or csv_reading.detect_encoding(source)
            found, self._skips_first = csv_reading.detect_delimiter(source, self.encoding)
            self.delimiter = options.delimiter or found
        self.header_number, self.header = self._read_header()
        self.decimal_style = self._detect_decimal_style()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go; a source handed in open stays open."""
        if self._sheet is not None:
            self._sheet.close()
        if self._owns_source:
            self._source.close()

    def __iter__(self) -> Iterator[Row | RowError]:
        for count, (number, cells) in enumerate(self._body(), start=1):
            if count > self._options.limits.max_rows:
                raise TableTooLargeError(
                    _("This file has more than %(limit)s rows. Split it into smaller files and try again."),
                    limit=self._options.limits.max_rows,
                )
            yield self._row(number, cells)

    def _row(self, number: int, cells: RawCells | Message) -> Row | RowError:
        if isinstance(cells, Message):
            return RowError(number, cells)
        finished: list[Cell] = []
        for position, cell in enumerate(cells):
            if isinstance(cell, Message):
                return RowError(number, cell, self.header[position])
            finished.append(self._finished(cell))
        finished.extend([""] * (len(self.header) - len(finished)))
        return Row(number, tuple(finished))

    def _finished(self, cell: Cell | Shown) -> Cell:
        if isinstance(cell, str):
            return unmarked(cell)
        return cell.value(self.decimal_style) if isinstance(cell, Shown) else cell

    def _all_rows(self) -> Iterator[tuple[int, RawCells | Message]]:
        """Every row with something in it, the header among them."""
        if self._sheet is not None:
            yield from xlsx_reading.sheet_rows(self._sheet)
            return
        lines = csv_reading.text_lines(self._source, self.encoding or "utf-8")
        first = 0
        if self._skips_first:
            next(lines, None)
            first = 1
        for record in csv_reading.records(lines, self.delimiter or ","):
            yield record.number + first, record.problem or list(record.cells)

    def _read_header(self) -> tuple[int, tuple[str, ...]]:
        for number, cells in self._all_rows():
            if self._options.header_row is not None and number < self._options.header_row:
                continue
            if isinstance(cells, Message):
                raise TableHeaderError(cells, row=number)
            return number, self._checked_header(number, cells)
        raise EmptyTableError

    def _checked_header(self, number: int, cells: RawCells) -> tuple[str, ...]:
        if len(cells) > self._options.limits.max_columns:
            raise TableTooLargeError(
                _("This file has %(found)s columns; the most we read is %(limit)s."),
                found=len(cells),
                limit=self._options.limits.max_columns,
            )
        names = tuple(_header_name(cell) for cell in cells)
        return names_apart(names) if self._options.number_repeated_names else names_checked(names, row=number)

    def _body(self) -> Iterator[tuple[int, RawCells | Message]]:
        for number, cells in self._all_rows():
            if number <= self.header_number:
                continue
            yield number, self._fitting(cells)

    def _fitting(self, cells: RawCells | Message) -> RawCells | Message:
        if isinstance(cells, Message):
            return cells
        if self._sheet is not None and len(cells) <= len(self.header):
            # A sheet leaves out empty cells at the end of a row.
            return cells
        return csv_reading.width_problem(len(cells), len(self.header)) or cells

    def _detect_decimal_style(self) -> DecimalStyle | None:
        """From the first rows; a file with `;` was most likely written where the comma stands before decimals."""
        sample = islice(self._body(), _SAMPLE_ROWS)
        texts = [
            cell for _number, cells in sample if isinstance(cells, list) for cell in cells if isinstance(cell, str)
        ]
        # "0,5" counts as one voice, so evidence of the other style still leaves the question open.
        return detect_decimal_style([*texts, "0,5"] if self.delimiter == ";" else texts)


def open_table(source: BinaryIO | bytes | Path, *, filename: str, **options: Unpack[OptionNames]) -> Table:
    """A table ready to be read, its kind judged by content and name together (FIL-02).

    `source` must be seekable and stays the caller's to close, unless it is a path. Options are the fields of
    TableOptions. Raises TableError, one subclass per cause.
    """
    chosen = TableOptions(**options)
    opened: BinaryIO = source.open("rb") if isinstance(source, Path) else _as_file(source)
    owns = isinstance(source, Path | bytes)
    try:
        _check_size(opened, chosen.limits)
        kind = table_kind(opened, PurePath(filename).suffix.lower())
        return Table(opened, kind, chosen, owns_source=owns)
    except BaseException:
        if owns:
            opened.close()
        raise


def as_text(cell: Cell) -> str:
    """One cell as text, the same for CSV and XLSX."""
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return f"{cell:f}"
        case datetime():
            return cell.isoformat(sep=" ", timespec="minutes")
    return cell.isoformat()


def _as_file(source: BinaryIO | bytes) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source


def _header_name(cell: Cell | Shown | Message) -> str:
    if isinstance(cell, Message):
        return ""
    return " ".join(unmarked(as_text(cell.number if isinstance(cell, Shown) else cell)).split())


def _check_size(source: BinaryIO, limits: Limits) -> None:
    size = source.seek(0, io.SEEK_END)
    source.seek(0)
    if size == 0:
        raise EmptyTableError
    if size > limits.max_bytes:
        raise TableTooLargeError(
            _("This file is larger than %(limit)s MB. Split it into smaller files and try again."),
            limit=limits.max_bytes // (1024 * 1024),
        )
