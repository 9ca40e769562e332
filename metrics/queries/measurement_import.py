"""Reading a file of values: what it would add, what is there already, and what is wrong with it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.operations.file import read_file
from core.queries.tenant import tenant_at_work
from core.tabular.errors import EmptyTableError, Message, RowError
from core.tabular.limits import Limits
from core.tabular.reading import open_table
from metrics.models import Measurement, MeasurementImport
from metrics.queries.indicator import indicators_visible_to
from metrics.queries.measurement import Measuring, measuring_in
from metrics.queries.measurement_grid import Wish, grid_for_entry
from metrics.rules.figure import figures_of
from metrics.rules.measurement import Reported
from metrics.rules.measurement_grid import CellValue, Entry, written
from metrics.rules.measurement_import import ImportedValue, Known, values_in
from metrics.rules.period import Period, period_words
from partnerships.models import Partnership

State = Measurement.State
LIMITS = Limits(max_rows=2_000, max_columns=40)


@dataclass(frozen=True)
class PreviewRow:
    """What one row would do, in words; ``before`` is the value it takes the place of."""

    row: int
    indicator: str
    who: str
    period: str
    value: str
    before: str = ""


@dataclass
class CheckedFile:
    """A file against what is there: rows that are new, known, different from what is there, and unusable."""

    row_count: int = 0
    new: list[Entry] = field(default_factory=list)
    different: list[tuple[Entry, Measurement]] = field(default_factory=list)
    known_count: int = 0
    errors: list[RowError] = field(default_factory=list)

    def entries(self, *, corrects: bool) -> list[Entry]:
        """What would be entered."""
        return [*self.new, *(entry for entry, _before in self.different)] if corrects else self.new


def measurement_imports(viewer: Viewer, partnership: Partnership) -> QuerySet[MeasurementImport]:
    """The imports of a partnership, newest first: all for coordination, one's own for others."""
    rows = MeasurementImport.objects.filter(partnership=partnership).select_related("file", "created_by", "partnership")
    if not viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id):
        rows = rows.filter(created_by=viewer.user) if viewer.user else rows.none()
    return rows.order_by("-created_at", "-id")


def checked_file(found: MeasurementImport, viewer: Viewer, *, language: str) -> CheckedFile:
    """The file of an import against what is there, for what its reader may enter. Raises TableError.

    Four statements, whatever the number of rows.
    """
    partnership = found.partnership
    measuring = measuring_in(viewer, partnership)
    indicators = indicators_visible_to(viewer).filter(partnership=partnership)
    known = Known.of(indicators, measuring.members, for_all=measuring.for_all)
    with open_table(io.BytesIO(read_file(found.file)), filename=found.file.name, limits=LIMITS) as table:
        rows = list(values_in(table, known, language=language))
    if not rows:
        raise EmptyTableError
    return _compared(rows)


def _compared(rows: list[ImportedValue | list[RowError]]) -> CheckedFile:
    checked = CheckedFile(len(rows))
    values = [row for row in rows if isinstance(row, ImportedValue)]
    there, seen = _there(values), set[Key]()
    for row in rows:
        if isinstance(row, ImportedValue) and (key := _key(row)) in seen:
            checked.errors.append(RowError(row.row, Message(_("An earlier row has a value for the same period."))))
        elif isinstance(row, ImportedValue):
            seen.add(key)
            _compare(checked, row, there.get(key))
        else:
            checked.errors += row
    return checked


type Key = tuple[Any, Any, Period]


def _key(value: ImportedValue) -> Key:
    return value.indicator.pk, value.member.pk if value.member else None, value.period


def _there(values: list[ImportedValue]) -> dict[Key, Measurement]:
    rows = Measurement.objects.filter(indicator__in={value.indicator.pk for value in values})
    return {
        (row.indicator_id, row.member_id, Period(row.period_starts_on, row.period_ends_on)): row
        for row in rows.exclude(state=State.CORRECTED).order_by("id")
    }


def _compare(checked: CheckedFile, value: ImportedValue, there: Measurement | None) -> None:
    entry = Entry(
        place=str(value.row),
        indicator=value.indicator,
        member=value.member,
        period=value.period,
        cell=value.cell,
        over=there.pk if there else None,
        note=value.note,
        source=value.source,
    )
    if there is None or there.state == State.DRAFT:
        checked.new.append(entry)
    elif _says(there) == value.cell:
        checked.known_count += 1
    else:
        checked.different.append((entry, there))


def _says(measurement: Measurement) -> CellValue:
    reported = Reported(measurement.value, measurement.numerator, measurement.denominator)
    return CellValue(reported, measurement.missing_reason)


def preview_rows(checked: CheckedFile, language: str) -> list[PreviewRow]:
    """What would be entered, in words, in the order of the file."""
    rows = [_preview(entry, language) for entry in checked.new]
    rows += [
        replace(_preview(entry, language), before=written(before, language)) for entry, before in checked.different
    ]
    return sorted(rows, key=lambda row: row.row)


def _preview(entry: Entry, language: str) -> PreviewRow:
    cell = entry.cell or CellValue()
    reported = cell.reported
    figures = figures_of(entry.indicator, currency=tenant_at_work().currency)
    said = figures.words(
        reported.value, language, numerator=reported.numerator, denominator=reported.denominator, in_table=True
    )
    return PreviewRow(
        row=int(entry.place),
        indicator=entry.indicator.name,
        who=entry.member.organisation.name if entry.member else "",
        period=period_words(entry.period, language),
        value=f"{said}: {cell.missing_reason}" if cell.missing_reason else said,
    )


def template_rows(
    viewer: Viewer, partnership: Partnership, measuring: Measuring, *, today: date, language: str
) -> Iterator[list[object]]:
    """One row for each period that has no value yet, ready to be filled in."""
    wish = Wish(only_missing=True)
    number = 1
    while True:
        page = replace(wish, number=number)
        grid = grid_for_entry(viewer, partnership, measuring, page, today=today, language=language)
        for row, cell in grid.cells:
            if cell.is_missing:
                starts_on, ends_on = cell.period.starts_on, cell.period.ends_on
                yield [row.indicator.code, row.indicator.name, row.who, starts_on, ends_on, *[""] * 6]
        number += 1
        if number > grid.pages:
            return
