"""What can be wrong with a table, said so that the person who brought it can put it right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Message:
    """A sentence in the reader's language, filled in when it is read and not when it is made."""

    template: str | StrPromise
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.template) % self.params if self.params else str(self.template)


class TableError(Exception):
    """The whole file cannot be used.

    `row` and `column` say where, as a spreadsheet program counts and as the header names it, when there is one place.
    """

    default: ClassVar[str | StrPromise] = _("This file cannot be read as a table.")

    def __init__(
        self,
        template: Message | str | StrPromise | None = None,
        *,
        row: int | None = None,
        column: str | None = None,
        **params: object,
    ) -> None:
        self.row = row
        self.column = column
        self.message = template if isinstance(template, Message) else Message(template or self.default, params)
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(located(self.message, row=self.row, column=self.column))


class WrongTableTypeError(TableError):
    """Not CSV and not XLSX, or the name says one and the content the other."""

    default = _("This file is not a table we can read. Save it as XLSX or CSV and try again.")


class OldSpreadsheetError(WrongTableTypeError):
    """A binary .xls, or a spreadsheet of another program."""

    default = _("This is a spreadsheet in an older or different format. Open it and save it as XLSX, then try again.")


class ProtectedTableError(TableError):
    """Encrypted with a password."""

    default = _("This file is protected by a password. Save a copy without the password and try again.")


class MacroTableError(TableError):
    """A workbook that carries programs."""

    default = _("This spreadsheet contains macros. Save it as a plain XLSX file and try again.")


class DamagedTableError(TableError):
    """Truncated or broken inside."""

    default = _("This file is damaged. Open it in your spreadsheet program, save it again and try once more.")


class UnsafeArchiveError(TableError):
    """Would unpack to too much, or holds members no office program writes (FIL-04)."""

    default = _("This file is packed in an unusual way, so we did not open it. Save it again as XLSX or CSV.")


class TableTooLargeError(TableError):
    """More bytes, rows or columns than the limits."""

    default = _("This file is too large. Split it into smaller files and try again.")


class EmptyTableError(TableError):
    """No bytes, no header, or a header and nothing under it when rows are required."""

    default = _("This file is empty. The first row holds the column names, the rows below hold the data.")


class TableHeaderError(TableError):
    """Two columns with the same name."""


class UnreadableTextError(TableError):
    """NUL bytes, or bytes that belong to no known encoding."""

    default = _("The text in this file cannot be read. Save it as CSV UTF-8 or as XLSX and try again.")


@dataclass(frozen=True)
class RowError:
    """One row that cannot be used as it stands; the rows around it can."""

    number: int
    reason: Message
    column: str | None = None

    def __str__(self) -> str:
        return str(located(self.reason, row=self.number, column=self.column))


def located(message: Message, *, row: int | None, column: str | None) -> Message:
    """The same sentence with the place in front of it."""
    if row is None:
        return message
    if column is None:
        return Message(_("Row %(row)s: %(message)s"), {"row": row, "message": message})
    return Message(_("Row %(row)s, column %(column)s: %(message)s"), {"row": row, "column": column, "message": message})
