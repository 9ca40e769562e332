"""CSV as spreadsheets, banks, ministries and address books write it."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

import charset_normalizer
from django.utils.translation import gettext_lazy as _

from core.tabular.errors import Message, UnreadableTextError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DELIMITERS = (",", ";", "\t", "|")

_CHUNK_BYTES = 256 * 1024
_SAMPLE_BYTES = 256 * 1024
_SAMPLE_RECORDS = 100
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Western European programs have written, for text that is neither UTF-8 nor cp1252.
_LAST_GUESSES = ["mac_roman", "latin_1", "iso8859_15", "cp1250", "cp850", "cp437"]
_MOSTLY_ZERO = 0.3


@dataclass(frozen=True)
class Record:
    """One record, numbered as a spreadsheet program counts; a broken one has a problem in place of cells."""

    number: int
    cells: list[str]
    problem: Message | None = None


def detect_encoding(source: BinaryIO) -> str:
    """The name of a codec that decodes the whole source.

    Byte order mark first, then valid UTF-8, then UTF-16 by its zeros, then cp1252, and only then a statistical guess.
    Raises UnreadableTextError for NUL bytes, for text that mixes encodings and for bytes no guess explains. Leaves
    the source at its start.
    """
    head = source.read(_SAMPLE_BYTES)
    source.seek(0)
    for mark, marked_name in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return _decodable(source, marked_name)
    if unmarked_name := _utf16_without_mark(head):
        return _decodable(source, unmarked_name)
    if _decodes(source, "utf-8"):
        return _without_nul(source, "utf-8")
    if _is_mostly_utf8(head):
        raise UnreadableTextError(
            _("Part of this file is saved as UTF-8 and part is not. Save it again as CSV UTF-8 or as XLSX.")
        )
    if _decodes(source, "cp1252"):
        return _without_nul(source, "cp1252")
    return _without_nul(source, _guessed(source, head))


def detect_delimiter(source: BinaryIO, encoding: str) -> tuple[str, bool]:
    """The delimiter, and whether a first line `sep=;` names it (Excel) and is to be skipped."""
    lines = list(islice(text_lines(source, encoding), 1))
    first = lines[0].strip().lower() if lines else ""
    if first.startswith("sep=") and first[4:] in (*DELIMITERS, ""):
        return first[4:] or "\t", True
    return max(DELIMITERS, key=lambda delimiter: _score(source, encoding, delimiter)), False


def text_lines(source: BinaryIO, encoding: str) -> Iterator[str]:
    """Decoded lines with their ends, from the start, holding one line at a time."""
    source.seek(0)
    wrapper = io.TextIOWrapper(source, encoding=encoding, newline="")
    try:
        # Not `yield from`: that would close the wrapper, and with it a source that is not ours, when the reader stops
        # early.
        for line in wrapper:  # noqa: UP028
            yield line
    finally:
        wrapper.detach()


def records(lines: Iterable[str], delimiter: str) -> Iterator[Record]:
    """Every record that is not blank; a broken one carries its problem and the next begins on the next line."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    consumed = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Record(number, [], _quote_problem(error))
            # Lines eaten by an unclosed quote would have been records.
            number += max(0, reader.line_num - consumed - 1)
        else:
            if any(cell.strip() for cell in cells):
                yield Record(number, cells)
        consumed = reader.line_num


def width_problem(found: int, expected: int) -> Message | None:
    """One separator too many or too few moves every value after it, so the row is refused whole."""
    if found == expected:
        return None
    params = {"found": found, "expected": expected}
    if found > expected:
        return Message(_("It has %(found)s cells, the header has %(expected)s. Is there a separator too many?"), params)
    return Message(_("It has %(found)s cells, the header has %(expected)s. Is a separator missing?"), params)


def _quote_problem(error: csv.Error) -> Message:
    if "field larger" in str(error):
        return Message(_("A cell is too long. Is a quotation mark missing at its end?"))
    return Message(_("A quotation mark is missing or not doubled."))


def _score(source: BinaryIO, encoding: str, delimiter: str) -> tuple[bool, float, int]:
    """More than one column, then how many records are as wide as the first, then width."""
    widths = [len(record.cells) for record in islice(records(text_lines(source, encoding), delimiter), _SAMPLE_RECORDS)]
    if not widths:
        # Nothing but separators of this kind.
        return True, 1.0, 0
    if widths[0] == 1:
        return False, 0.0, 0
    return True, sum(width == widths[0] for width in widths) / len(widths), widths[0]


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    source.seek(0)
    try:
        while chunk := source.read(_CHUNK_BYTES):
            yield chunk
    finally:
        source.seek(0)


def _decodes(source: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(source):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _decodable(source: BinaryIO, encoding: str) -> str:
    if not _decodes(source, encoding):
        raise UnreadableTextError
    if encoding == "utf-8-sig":
        _without_nul(source, encoding)
    return encoding


def _without_nul(source: BinaryIO, encoding: str) -> str:
    row = 1
    for chunk in _chunks(source):
        if (at := chunk.find(b"\0")) >= 0:
            raise UnreadableTextError(row=row + chunk[:at].count(b"\n"))
        row += chunk.count(b"\n")
    return encoding


def _utf16_without_mark(head: bytes) -> str | None:
    """Mostly Latin text in UTF-16 has a zero in every second byte."""
    half = max(1, len(head) // 2)
    zeros_first, zeros_second = head[::2].count(0) / half, head[1::2].count(0) / half
    if zeros_second > _MOSTLY_ZERO and zeros_first < zeros_second / 10:
        return "utf-16-le"
    if zeros_first > _MOSTLY_ZERO and zeros_second < zeros_first / 10:
        return "utf-16-be"
    return None


def _is_mostly_utf8(head: bytes) -> bool:
    """Accented letters in UTF-8 with some stray bytes: reading it as cp1252 would garble every name."""
    text = head.decode("utf-8", errors="replace")
    strays = text.count("\ufffd")
    return sum(not character.isascii() for character in text) - strays > strays


def _guessed(source: BinaryIO, head: bytes) -> str:
    best = charset_normalizer.from_bytes(head, cp_isolation=_LAST_GUESSES).best()
    if best is None or not _decodes(source, best.encoding):
        raise UnreadableTextError
    return best.encoding
