"""Rows ticked in a list on a page."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from core.web.forms import NOT_FOUND


class NotOfferedError(ValueError):
    """A value was ticked that is not in the list, or not any more; the text says so to whoever ticked it."""

    def __init__(self) -> None:
        super().__init__(str(NOT_FOUND))


def ticked_rows[Row: Any](request: HttpRequest, name: str, offered: Iterable[Row]) -> list[Row]:
    """The rows of ``offered`` whose keys came under ``name``. Raises NotOfferedError for any other value."""
    ticked = set(request.POST.getlist(name))
    rows = [row for row in offered if str(row.pk) in ticked]
    if len(rows) != len(ticked):
        raise NotOfferedError
    return rows


def ticked_row[Row: Any](request: HttpRequest, name: str, offered: Iterable[Row]) -> Row | None:
    """The one row chosen under ``name``; none for the empty choice. Raises NotOfferedError for any other value."""
    chosen = request.POST.get(name, "")
    row = next((row for row in offered if str(row.pk) == chosen), None)
    if chosen and row is None:
        raise NotOfferedError
    return row
