"""A look at a ZIP container before anything in it is unpacked (FIL-04).

XLSX, DOCX and ODT are ZIP files written by strangers. `zipfile` never gives more bytes of a member than its directory
declares, so what the directory declares is enough to judge by.
"""

from __future__ import annotations

import re
import stat
import zipfile
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext_lazy as _

from core.tabular.errors import DamagedTableError, ProtectedTableError, UnsafeArchiveError
from core.tabular.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Sequence

_END_OF_DIRECTORY = b"PK\x05\x06"
_END_OF_DIRECTORY_BYTES = 22
_DIRECTORY_BYTES_PER_MEMBER = 1_024
_ENCRYPTED_FLAG = 0x1
# Below this a high ratio is what XML does, not an attack.
_SMALL_MEMBER_BYTES = 1024 * 1024
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\x00")


def checked_members(source: BinaryIO, limits: Limits = DEFAULT_LIMITS) -> list[zipfile.ZipInfo]:
    """The members of an archive that is safe to unpack.

    Raises UnsafeArchiveError (too many members, too large, ratio, names leading outside, links, bytes before or after
    the archive), ProtectedTableError (encrypted member) or DamagedTableError. Leaves the source at its start.
    """
    _check_directory(source, limits)
    try:
        with zipfile.ZipFile(source) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise DamagedTableError from error
    finally:
        source.seek(0)
    _check_sizes(members, limits)
    for member in members:
        _check_member(member)
    if len({member.filename for member in members}) != len(members) or min(
        (member.header_offset for member in members), default=0
    ):
        raise UnsafeArchiveError
    return members


def _check_directory(source: BinaryIO, limits: Limits) -> None:
    """Judge the directory before `zipfile` turns it into objects: 20 MB of it would be 400,000 of them."""
    size = source.seek(0, 2)
    source.seek(max(0, size - _END_OF_DIRECTORY_BYTES))
    end = source.read(_END_OF_DIRECTORY_BYTES)
    source.seek(0)
    # Office programs write no archive comment: anything after the end is another file glued on.
    if not end.startswith(_END_OF_DIRECTORY):
        raise _not_at_end(source, size)
    count = int.from_bytes(end[10:12], "little")
    directory_bytes = int.from_bytes(end[12:16], "little")
    if count > limits.max_members or directory_bytes > limits.max_members * _DIRECTORY_BYTES_PER_MEMBER:
        raise UnsafeArchiveError(_("This file holds too many parts, so we did not open it."))


def _not_at_end(source: BinaryIO, size: int) -> UnsafeArchiveError | DamagedTableError:
    source.seek(max(0, size - 65_557))
    tail = source.read()
    source.seek(0)
    return UnsafeArchiveError() if _END_OF_DIRECTORY in tail else DamagedTableError()


def _check_sizes(members: Sequence[zipfile.ZipInfo], limits: Limits) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    too_dense = unpacked > _SMALL_MEMBER_BYTES and unpacked > packed * limits.max_ratio
    if len(members) > limits.max_members:
        raise UnsafeArchiveError(_("This file holds too many parts, so we did not open it."))
    if unpacked > limits.max_unpacked_bytes or too_dense or any(_is_dense(member, limits) for member in members):
        raise UnsafeArchiveError(_("This file would become far too large when opened. Split it and try again."))


def _is_dense(member: zipfile.ZipInfo, limits: Limits) -> bool:
    return member.file_size > _SMALL_MEMBER_BYTES and member.file_size > max(1, member.compress_size) * limits.max_ratio


def _check_member(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & _ENCRYPTED_FLAG:
        raise ProtectedTableError
    # `orig_filename` still has what `filename` cuts at a NUL.
    if _OUTSIDE.search(member.orig_filename) or stat.S_ISLNK(member.external_attr >> 16):
        raise UnsafeArchiveError
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnsafeArchiveError
