"""List pages: bounded page numbers, allowed sort orders, and CSV of what the list shows."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from tempfile import TemporaryFile
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from core.tabular.writing import csv_lines, write_xlsx

PER_PAGE = 50
DEEPEST_PAGE = 2_000
DIGITS = 4
MOST_EXPORTED = 50_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Page[RowT]:
    """One page of a list. ``total`` counts all rows the viewer may see under the filters in force.

    With ``is_more`` counting ended there: the list is longer than ``total``.
    """

    rows: Sequence[RowT]
    number: int
    total: int
    per_page: int = PER_PAGE
    is_more: bool = False

    @property
    def start_index(self) -> int:
        """Position of the first row shown, from 1; 0 when there is none."""
        return (self.number - 1) * self.per_page + 1 if self.rows else 0

    @property
    def end_index(self) -> int:
        """Position of the last row shown."""
        return self.start_index + len(self.rows) - 1 if self.rows else 0

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether there is a page after."""
        is_before_the_last = self.is_more or self.number < -(-self.total // self.per_page)
        return is_before_the_last and self.number < DEEPEST_PAGE

    @property
    def has_other_pages(self) -> bool:
        """Whether the list is longer than this page."""
        return self.has_previous or self.has_next

    @property
    def previous_page_number(self) -> int:
        """Number of the page before."""
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        """Number of the page after."""
        return self.number + 1


def page_number(request: HttpRequest) -> int:
    """The page asked for; raises BadRequest for what is not a whole number from 1 to 2,000 (INP-03)."""
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS and 1 <= int(text) <= DEEPEST_PAGE):
        raise BadRequest("page")
    return int(text)


def page_of(
    request: HttpRequest,
    rows: QuerySet[Any],
    *,
    as_row: Callable[[Any], Any] | None = None,
    per_page: int = PER_PAGE,
    counted: QuerySet[Any] | None = None,
    most_counted: int | None = None,
) -> Page[Any]:
    """The page of a query set the address asks for: one count and one select.

    ``counted`` are the same rows without the joins their values need. A list that may be very long is counted as far
    as ``most_counted`` or the end of this page only.

    ``as_row`` turns a record into what the template shows, so that dates and addresses are written once.
    """
    number = page_number(request)
    start = (number - 1) * per_page
    found = list(rows[start : start + per_page])
    shown = [as_row(row) for row in found] if as_row else found
    if found and len(found) < per_page:
        # The last, half-filled page counts itself.
        return Page(shown, number, start + len(found), per_page)
    whole = rows if counted is None else counted
    if most_counted is None:
        return Page(shown, number, whole.count(), per_page)
    total, is_more = count_up_to(whole, max(most_counted, start + per_page))
    return Page(shown, number, total, per_page, is_more)


def count_up_to(rows: QuerySet[Any], most: int) -> tuple[int, bool]:
    """How many rows there are, and whether there are more than ``most``, where counting ends.

    Counts keys in the order of the rows: an index may do, and nobody looks among all the other tenants' rows first.
    """
    found = rows.values("pk")[: most + 1].count()
    return min(found, most), found > most


def sort_order(request: HttpRequest, allowed: Mapping[str, Sequence[str]], default: str) -> tuple[str, Sequence[str]]:
    """The order asked for as (key, order_by fields); raises BadRequest for a key that is not allowed (INP-03)."""
    key = request.GET.get("sort", default)
    if key not in allowed:
        raise BadRequest("sort")
    return key, allowed[key]


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]], *, language: str) -> HttpResponse:
    """A CSV download of at most 50,000 rows; Italian spreadsheets get the ``;`` they expect."""
    content = b"".join(csv_lines(header, _bounded(rows), delimiter=";" if language == "it" else ","))
    return download(content, f"{slugify(name)}.csv", "text/csv; charset=utf-8")


def xlsx_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]], *, language: str) -> HttpResponse:
    """An Excel download of at most 50,000 rows."""
    with TemporaryFile() as target:
        write_xlsx(target, header=header, rows=_bounded(rows), title=name)
        target.seek(0)
        content = target.read()
    return download(content, f"{slugify(name)}.xlsx", XLSX)


def file_response(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file made for the one who asks, under its name."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _bounded(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    return islice(iter(rows), MOST_EXPORTED)


def snapshot_of(content: bytes) -> str:
    """By what a taken file is known: the beginning of its SHA-256, which anybody can work out again (R-D10)."""
    return hashlib.sha256(content).hexdigest()[:12]


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file to take away, its name with the day and the snapshot, so that two of them are told apart (R-D10)."""
    stem, _dot, ending = name.rpartition(".")
    filename = f"{stem}-{timezone.localdate():%Y-%m-%d}-{snapshot_of(content)}.{ending}"
    return file_response(content, filename, content_type)
