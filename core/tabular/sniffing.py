"""CSV, XLSX, or something else under a table's name."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext_lazy as _

from core.tabular.errors import (
    MacroTableError,
    OldSpreadsheetError,
    ProtectedTableError,
    UnsafeArchiveError,
    WrongTableTypeError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ZIP_START = b"PK\x03\x04"
COMPOUND_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The stream that holds an encrypted office file inside its compound file, [MS-OFFCRYPTO] 2.3.4.4.
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")

_HEAD_BYTES = 1024
_CSV_SUFFIXES = {".csv", ".tsv", ".tab", ".txt"}
_BINARY_STARTS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
)
_MARKUP_START = re.compile(rb"\s*<(?:!doctype|html|\?xml|table|svg|script)", re.IGNORECASE)


class TableKind(StrEnum):
    """The two formats that are read."""

    CSV = "csv"
    XLSX = "xlsx"


def table_kind(source: BinaryIO, suffix: str) -> TableKind:
    """What the content is, refused when the name says otherwise.

    Raises WrongTableTypeError, OldSpreadsheetError, ProtectedTableError or MacroTableError. Leaves the source at its
    start.
    """
    head = source.read(_HEAD_BYTES)
    source.seek(0)
    if suffix in {".xlsm", ".xltm", ".xlsb"}:
        raise MacroTableError
    if head.startswith(COMPOUND_START):
        raise ProtectedTableError if compound_is_encrypted(source) else OldSpreadsheetError
    if suffix in {".xls", ".ods", ".numbers"} and not _looks_like_text(head):
        raise OldSpreadsheetError
    if head.startswith(ZIP_START):
        if suffix == ".xlsx":
            return TableKind.XLSX
        raise WrongTableTypeError(
            _("The name of this file ends in “%(suffix)s” but the file is not that. Rename it or save it as XLSX."),
            suffix=suffix,
        )
    if head.startswith(_BINARY_STARTS) or _MARKUP_START.match(head):
        raise WrongTableTypeError
    if suffix == ".xlsx" and ZIP_START in head:
        raise UnsafeArchiveError
    if suffix not in _CSV_SUFFIXES:
        raise WrongTableTypeError(
            _("The name of this file ends in “%(suffix)s”. We read tables named .csv or .xlsx."), suffix=suffix
        )
    return TableKind.CSV


def compound_is_encrypted(source: BinaryIO) -> bool:
    """Whether a compound file (OLE 2) holds an office file behind a password."""
    return any(ENCRYPTED_PACKAGE in window for window in _windows(source, len(ENCRYPTED_PACKAGE)))


def _looks_like_text(head: bytes) -> bool:
    return not head.startswith((ZIP_START, COMPOUND_START)) and b"\0" not in head


def _windows(source: BinaryIO, overlap: int) -> Iterator[bytes]:
    source.seek(0)
    try:
        kept = b""
        while chunk := source.read(1024 * 1024):
            yield kept + chunk
            kept = chunk[-overlap:]
    finally:
        source.seek(0)
