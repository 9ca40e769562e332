"""XLSX rows, a few at a time, from a file whose author is not trusted."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext_lazy as _

from core.tabular.archives import checked_members
from core.tabular.errors import DamagedTableError, MacroTableError, Message, TableError, WrongTableTypeError
from core.tabular.numbers import DecimalStyle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.workbook import Workbook

    from core.tabular.limits import Limits

type Cell = str | Decimal | date | datetime | bool

# What a broken or hostile workbook makes openpyxl and the parsers below it raise.
_DAMAGE = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    ParseError,
    RuntimeError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
_LAST_ROW = 1_048_576
_BATCH_ROWS = 200
# What Excel keeps of a number; the rest is noise of binary fractions (0.30000000000000004).
_SIGNIFICANT_DIGITS = 15
# What is left of Excel's escapes once openpyxl is through: the underscore it missed in inline text, and line ends of
# old Macs and Outlook.
_ESCAPED = re.compile(r"_x(005F|000D)_")
_DATE_WITH_TIME = re.compile(r"[hs]|AM/PM", re.IGNORECASE)
_NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')


@dataclass(frozen=True)
class Shown:
    """A number together with the format it is shown in; its text waits for the table's decimal style."""

    number: Decimal
    pattern: str

    def value(self, style: DecimalStyle | None) -> Decimal | str:
        """`00000` keeps its zeros and `0%` its sign, as text; any other number is the number."""
        if self.pattern.endswith("%"):
            text = f"{self.number.scaleb(2).normalize():f}%"
            return text.replace(".", ",") if style is DecimalStyle.COMMA else text
        if self.number == self.number.to_integral_value() and self.number >= 0:
            return f"{int(self.number):0{len(self.pattern)}d}"
        return self.number


@dataclass(frozen=True)
class Sheet:
    """An open workbook and the one sheet read from it."""

    workbook: Workbook
    name: str
    names: tuple[str, ...]

    def close(self) -> None:
        """Let the file go."""
        self.workbook.close()


def open_sheet(source: BinaryIO, limits: Limits, sheet: str | None) -> Sheet:
    """The named sheet, or the first that is not hidden.

    Raises the errors of `checked_members`, MacroTableError, WrongTableTypeError (another office file), TableError (no
    such sheet) or DamagedTableError.
    """
    names = {member.filename for member in checked_members(source, limits)}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise MacroTableError
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise WrongTableTypeError
    # Loaded by whoever reads a workbook: a web worker that never does is a fifth smaller.
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings(action="ignore"):
            workbook = load_workbook(source, read_only=True, data_only=True, keep_links=False)
        titles = tuple(page.title for page in workbook.worksheets)
        visible = [page.title for page in workbook.worksheets if page.sheet_state == "visible"]
    except _DAMAGE as error:
        raise DamagedTableError from error
    chosen = sheet or next(iter(visible or titles), None)
    if chosen is None or chosen not in titles:
        raise TableError(_("There is no sheet named “%(sheet)s” in this file."), sheet=chosen or "")
    return Sheet(workbook, chosen, titles)


def sheet_rows(sheet: Sheet) -> Iterator[tuple[int, list[Cell | Shown | Message]]]:
    """Number and cells of each row that has something in it.

    What the file claims about its size is not believed. A cell that shows an error such as `#REF!` comes as a Message.
    """
    page: Any = sheet.workbook[sheet.name]
    page.reset_dimensions()
    rows = enumerate(page.iter_rows(max_row=_LAST_ROW), start=1)
    while batch := _batch(rows):
        yield from batch


def _batch(rows: Iterator[tuple[int, Sequence[Any]]]) -> list[tuple[int, list[Cell | Shown | Message]]]:
    """Rows with content among the next few: openpyxl warns while it parses, and that must not outlive a yield."""
    found: list[tuple[int, list[Cell | Shown | Message]]] = []
    seen = 0
    try:
        with warnings.catch_warnings(action="ignore"):
            while not found:
                seen = 0
                for number, cells in islice(rows, _BATCH_ROWS):
                    seen += 1
                    values = [_value(cell) for cell in cells]
                    while values and values[-1] == "":
                        values.pop()
                    if values:
                        found.append((number, values))
                if not seen:
                    break
    except _DAMAGE as error:
        raise DamagedTableError from error
    return found


def _value(cell: Any) -> Cell | Shown | Message:
    value = cell.value
    if cell.data_type == "e":
        return Message(_("The cell shows %(error)s."), {"error": value})
    match value:
        case None:
            return ""
        case str():
            return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        case bool() | date() if not isinstance(value, datetime):
            return value
        case int() | float():
            return _number(value, cell.number_format)
    return _moment(value, cell.number_format)


def _moment(value: object, number_format: str) -> Cell:
    """A day where only the day is shown; clock times and durations as text."""
    if isinstance(value, datetime):
        return value if _DATE_WITH_TIME.search(_visible(number_format)) else value.date()
    return value.isoformat("minutes") if isinstance(value, time) else str(value)


def _number(value: float, number_format: str) -> Decimal | Shown | Message:
    number = Decimal(value) if isinstance(value, int) else _shortest(value)
    if not number.is_finite():
        return Message(_("The cell holds a number that is too large."))
    pattern = _kept_pattern(number_format)
    return Shown(number, pattern) if pattern else number


def _shortest(value: float) -> Decimal:
    number = Decimal(f"{value:.{_SIGNIFICANT_DIGITS}g}")
    return (
        number.quantize(Decimal(1))
        if number == number.to_integral_value() and abs(number) < Decimal(10) ** 18
        else number
    )


@lru_cache(maxsize=256)
def _visible(number_format: str | None) -> str:
    """The first section of a number format without quoted text, colours and padding."""
    return _NOT_SHOWN.sub("", number_format or "").split(";")[0].strip()


def _kept_pattern(number_format: str | None) -> str:
    """The format when it adds something that the bare number lacks: a percent sign or leading zeros."""
    visible = _visible(number_format)
    is_code = len(visible) > 1 and set(visible) == {"0"}
    return visible if is_code or visible.endswith("%") else ""
