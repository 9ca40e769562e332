"""What is inside a file somebody hands in, and why it is not taken (FIL-02, FIL-04)."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext_lazy as _

from core.tabular.archives import checked_members
from core.tabular.errors import Message, ProtectedTableError, TableError

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

OPEN_DOCUMENT = "application/vnd.oasis.opendocument."

# The object identifier 1.2.840.113549.1.7.2, encoded.
SIGNED_DATA = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
_SIGNED_HEAD_BYTES = 24
_CHUNK_BYTES = 256 * 1024
_TELLING_BYTES = 4
_TEXT_STARTS = {".ics": "BEGIN:VCALENDAR", ".vcf": "BEGIN:VCARD"}

_ACTIVE_PARTS = re.compile(
    r"vbaproject\.bin$|/activex/|/oleobject[^/]*\.bin$|^basic/|^scripts/|/macrosheets/|/externallinks/.*\.exe$",
    re.IGNORECASE,
)
_ACTIVE_TYPES = (b"macroEnabled", b"vbaProject", b"attachedTemplate")
# Names of PDF objects that run something or hide the content; a letter may be written as #xx.
_PDF_ENCRYPT = re.compile(rb"/Encrypt[\s/<\[(\d]")
_PDF_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|RichMedia)[\s/<\[(>]|/JS[\s(<]")
_PDF_HEX_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_PROGRAM_STARTS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"#!",
    b"\xfe\xed\xfa",
)
_MARKUP = re.compile(r"\s*<(?:[!?/]|[a-z][a-z0-9]*[\s>/:])", re.IGNORECASE)
_OWN_FAMILY = {"text/csv", "text/plain", "text/calendar", "text/vcard", "text/markdown", "application/json", ""}


class UploadError(Exception):
    """The file is not taken; `str()` is a sentence for the person who brought it."""

    message: Message | str | StrPromise = _("This file cannot be uploaded.")

    def __init__(self, message: Message | str | StrPromise | None = None) -> None:
        self.message = message or self.message
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class FileTypeError(UploadError):
    """A kind of file that is not asked for, or never taken."""

    message = _("This type of file cannot be uploaded here.")


class FileMismatchError(UploadError):
    """The name says one type, the content another."""

    message = _(
        "The end of the file's name does not match what is in it. Save the file again in the program you made it with."
    )


class FileTooLargeError(UploadError):
    """More bytes than its kind may have."""


class EmptyFileError(UploadError):
    """No bytes."""

    message = _("This file is empty.")


class ProtectedFileError(UploadError):
    """Encrypted: nobody could open it later, and nothing can look into it."""

    message = _("This file is protected by a password. Save a copy without the password and upload that.")


class UnsafeFileError(UploadError):
    """Programs, macros, two files in one, or a container that unpacks to too much."""

    message = _("This file contains parts that could harm a computer. Save it as PDF and upload that.")


def check_office(source: BinaryIO, *, main_part: str, content_type: str) -> None:
    """A DOCX, XLSX, PPTX or OpenDocument file without macros, controls, remote templates or encryption."""
    try:
        names = {member.filename for member in checked_members(source)}
    except ProtectedTableError as error:
        raise ProtectedFileError from error
    except TableError as error:
        raise UnsafeFileError from error
    if main_part not in names:
        raise FileMismatchError
    if any(_ACTIVE_PARTS.search(name) for name in names):
        raise UnsafeFileError
    try:
        with zipfile.ZipFile(source) as archive:
            _check_parts(archive, names, content_type)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError) as error:
        raise FileMismatchError from error


def _check_parts(archive: zipfile.ZipFile, names: Collection[str], content_type: str) -> None:
    if content_type.startswith(OPEN_DOCUMENT):
        if "mimetype" not in names or archive.read("mimetype").strip().decode("latin-1") != content_type:
            raise FileMismatchError
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise ProtectedFileError
        return
    if "[Content_Types].xml" not in names:
        raise FileMismatchError
    telling = [name for name in names if name == "[Content_Types].xml" or name.endswith("settings.xml.rels")]
    if any(word in archive.read(name) for name in telling for word in _ACTIVE_TYPES):
        raise UnsafeFileError


def check_pdf(source: BinaryIO) -> None:
    """A whole PDF that is not encrypted, runs nothing that can be seen from outside, and is nothing else besides."""
    end = b""
    for window in _windows(source):
        plain = _PDF_HEX_NAME.sub(lambda found: bytes([int(found[1], 16)]), window)
        if _PDF_ENCRYPT.search(plain):
            raise ProtectedFileError
        if _PDF_ACTIVE.search(plain):
            raise UnsafeFileError(
                _("This PDF contains parts that run by themselves. Print it to a new PDF and upload that.")
            )
        end = window[-1024:]
    if b"%%EOF" not in end:
        raise FileMismatchError(_("This PDF is not complete. Save it again and upload that."))
    # A ZIP is read from its end: a PDF with one behind it is two files.
    if b"PK\x05\x06" in end:
        raise UnsafeFileError


def check_image(head: bytes, content_type: str) -> None:
    """What the first bytes alone do not say; the rest is left to `reencode_image`."""
    if content_type == "image/webp" and head[8:12] != b"WEBP":
        raise FileMismatchError


def check_signed(head: bytes) -> None:
    """A container of signed data (PKCS #7, RFC 5652): its object identifier follows the outer sequence's length.

    What is inside and whether the signature holds is not judged; nothing of it is ever opened here.
    """
    if SIGNED_DATA not in head[:_SIGNED_HEAD_BYTES]:
        raise FileMismatchError


def check_text(source: BinaryIO, head: bytes, extension: str) -> None:
    """Text that no program would take for a script, a page or something binary."""
    is_wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = head.decode("utf-16" if is_wide else "utf-8-sig", errors="replace")
    if not is_wide and any(b"\0" in window for window in _windows(source)):
        raise FileMismatchError
    if head.startswith(_PROGRAM_STARTS[1:]) or _MARKUP.match(text) or _is_binary(head):
        raise FileMismatchError
    required = _TEXT_STARTS.get(extension)
    if required and not text.lstrip().upper().startswith(required):
        raise FileMismatchError


def _is_binary(head: bytes) -> bool:
    """A second opinion: signatures too long to stand in a text by chance."""
    try:
        import puremagic

        matches = puremagic.magic_string(head)
    except (ValueError, LookupError):
        return False
    return any(
        len(match.byte_match or b"") >= _TELLING_BYTES and match.offset == 0 and match.mime_type not in _OWN_FAMILY
        for match in matches
        if not match.mime_type.startswith("text/")
    )


def _windows(source: BinaryIO) -> Iterator[bytes]:
    """The whole content in pieces that overlap, so that no word falls between two."""
    source.seek(0)
    kept = b""
    while chunk := source.read(_CHUNK_BYTES):
        yield kept + chunk
        kept = (kept + chunk)[-64:]
    source.seek(0)
