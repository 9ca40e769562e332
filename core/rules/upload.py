"""Which files people may hand in, judged by what is in them as well as by name (FIL-02, FIL-04)."""

from __future__ import annotations

import io
import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext_lazy as _

from core.rules.text import header_safe
from core.rules.upload_content import (
    OPEN_DOCUMENT,
    EmptyFileError,
    FileMismatchError,
    FileTooLargeError,
    FileTypeError,
    ProtectedFileError,
    UnsafeFileError,
    check_image,
    check_office,
    check_pdf,
    check_signed,
    check_text,
)
from core.tabular.errors import Message
from core.tabular.sniffing import COMPOUND_START, compound_is_encrypted

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MEBIBYTE = 1024 * 1024
MAX_NAME_CHARACTERS = 150

_HEAD_BYTES = 4096


class FileKind(StrEnum):
    """What a field may ask for."""

    IMAGE = "image"
    PDF = "pdf"
    DOCUMENT = "document"
    SPREADSHEET = "spreadsheet"
    PRESENTATION = "presentation"
    TABLE = "table"
    TEXT = "text"
    CALENDAR = "calendar"
    CONTACTS = "contacts"
    JSON = "json"
    SIGNED = "signed"


MAX_BYTES: dict[FileKind, int] = {
    FileKind.IMAGE: 15 * MEBIBYTE,
    FileKind.PDF: 20 * MEBIBYTE,
    FileKind.DOCUMENT: 20 * MEBIBYTE,
    FileKind.SPREADSHEET: 20 * MEBIBYTE,
    FileKind.PRESENTATION: 30 * MEBIBYTE,
    FileKind.TABLE: 20 * MEBIBYTE,
    FileKind.TEXT: 2 * MEBIBYTE,
    FileKind.CALENDAR: 5 * MEBIBYTE,
    FileKind.CONTACTS: 5 * MEBIBYTE,
    FileKind.JSON: 10 * MEBIBYTE,
    FileKind.SIGNED: 20 * MEBIBYTE,
}


@dataclass(frozen=True)
class AcceptedFile:
    """What the file is; `extension` has its dot, `name` is fit to be shown and to be offered for download."""

    kind: FileKind
    content_type: str
    extension: str
    name: str


@dataclass(frozen=True)
class _Type:
    kind: FileKind
    content_type: str
    starts: tuple[bytes, ...] = ()
    main_part: str = ""


_OOXML = "application/vnd.openxmlformats-officedocument."
_ZIP = (b"PK\x03\x04",)
_TYPES: dict[str, _Type] = {
    ".jpg": _Type(FileKind.IMAGE, "image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": _Type(FileKind.IMAGE, "image/jpeg", (b"\xff\xd8\xff",)),
    ".png": _Type(FileKind.IMAGE, "image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".webp": _Type(FileKind.IMAGE, "image/webp", (b"RIFF",)),
    ".pdf": _Type(FileKind.PDF, "application/pdf", (b"%PDF-",)),
    ".docx": _Type(FileKind.DOCUMENT, _OOXML + "wordprocessingml.document", _ZIP, "word/document.xml"),
    ".xlsx": _Type(FileKind.SPREADSHEET, _OOXML + "spreadsheetml.sheet", _ZIP, "xl/workbook.xml"),
    ".pptx": _Type(FileKind.PRESENTATION, _OOXML + "presentationml.presentation", _ZIP, "ppt/presentation.xml"),
    ".odt": _Type(FileKind.DOCUMENT, OPEN_DOCUMENT + "text", _ZIP, "content.xml"),
    ".ods": _Type(FileKind.SPREADSHEET, OPEN_DOCUMENT + "spreadsheet", _ZIP, "content.xml"),
    ".odp": _Type(FileKind.PRESENTATION, OPEN_DOCUMENT + "presentation", _ZIP, "content.xml"),
    ".csv": _Type(FileKind.TABLE, "text/csv"),
    ".txt": _Type(FileKind.TEXT, "text/plain"),
    ".md": _Type(FileKind.TEXT, "text/markdown"),
    ".ics": _Type(FileKind.CALENDAR, "text/calendar"),
    ".vcf": _Type(FileKind.CONTACTS, "text/vcard"),
    ".json": _Type(FileKind.JSON, "application/json"),
    # Signed data (RFC 5652) in DER or BER: a sequence, then the object identifier that says so.
    ".p7m": _Type(FileKind.SIGNED, "application/pkcs7-mime", (b"\x30",)),
}
_ADVICE: dict[str, StrPromise] = {
    **dict.fromkeys((".heic", ".heif"), _("This photo format cannot be shown everywhere. Send it as JPEG.")),
    **dict.fromkeys(
        (".gif", ".bmp", ".tif", ".tiff", ".svg", ".avif"), _("Save this picture as PNG or JPEG and upload that.")
    ),
    **dict.fromkeys((".doc", ".rtf", ".pages"), _("Save this document as PDF or DOCX and upload that.")),
    **dict.fromkeys((".xls", ".numbers"), _("Save this spreadsheet as XLSX or CSV and upload that.")),
    **dict.fromkeys((".ppt", ".key"), _("Save this presentation as PDF or PPTX and upload that.")),
    **dict.fromkeys((".zip", ".rar", ".7z"), _("Unpack this archive and upload the files one by one.")),
}  # fmt: skip
_MACRO_SUFFIXES = (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".xlam", ".pptm", ".ppsm", ".potm", ".ppam")


def inspect_upload(source: BinaryIO, *, filename: str, size: int, allowed: Collection[FileKind]) -> AcceptedFile:
    """What the file is, when it may be taken; leaves the source at its start.

    `size` is what the client claims; both it and the real size must be within the limit of the kind. Images must
    still go through `reencode_image`, which is what ends everything hidden in them. Raises a subclass of UploadError.
    """
    name = clean_filename(filename)
    extension = PurePosixPath(name).suffix.lower()
    found = _type_for(extension, allowed)
    _check_size(source, size, found.kind)
    head = source.read(_HEAD_BYTES)
    source.seek(0)
    if head.startswith(COMPOUND_START):
        raise ProtectedFileError if compound_is_encrypted(source) else FileMismatchError
    if found.starts and not head.startswith(found.starts):
        raise FileMismatchError
    if found.main_part:
        check_office(source, main_part=found.main_part, content_type=found.content_type)
    elif found.kind is FileKind.PDF:
        check_pdf(source)
    elif found.kind is FileKind.IMAGE:
        check_image(head, found.content_type)
    elif found.kind is FileKind.SIGNED:
        check_signed(head)
    else:
        check_text(source, head, extension)
    source.seek(0)
    return AcceptedFile(found.kind, found.content_type, extension, name)


def clean_filename(filename: str) -> str:
    """The last part of a path as one line that reads the way it is spelled, its extension kept."""
    name = header_safe(re.split(r"[/\\]", filename)[-1], max_length=len(filename))
    name = re.sub(r'[<>:"|?*%]', "_", name).strip(" .") or "file"
    path = PurePosixPath(name)
    return path.stem[: MAX_NAME_CHARACTERS - len(path.suffix)].rstrip() + path.suffix[:20]


def _type_for(extension: str, allowed: Collection[FileKind]) -> _Type:
    if extension in _MACRO_SUFFIXES:
        raise UnsafeFileError
    found = _TYPES.get(extension)
    if found is None:
        raise FileTypeError(_ADVICE.get(extension))
    if found.kind not in allowed:
        raise FileTypeError
    return found


def _check_size(source: BinaryIO, claimed: int, kind: FileKind) -> None:
    real = source.seek(0, io.SEEK_END)
    source.seek(0)
    if real == 0:
        raise EmptyFileError
    if max(real, claimed) > MAX_BYTES[kind]:
        raise FileTooLargeError(
            Message(
                _("This file is larger than %(limit)s MB. Make it smaller or send part of it."),
                {"limit": MAX_BYTES[kind] // MEBIBYTE},
            )
        )
