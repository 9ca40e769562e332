"""Reading imports: who sees which, the columns of their files, and the first rows as they would be stored."""

import io
from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.operations.file import read_file
from core.tabular.errors import RowError
from core.tabular.reading import Table, open_table
from stakeholders.models import Stakeholder, StakeholderImport
from stakeholders.rules.import_fields import IMPORT_FIELDS, ColumnMapping
from stakeholders.rules.stakeholder_import import STORED_FIELDS, RowReader

PREVIEWED_ROWS = 20
SAMPLED_ROWS = 3
LONGEST_SAMPLE = 60


@dataclass(frozen=True)
class Column:
    """A column of somebody's file with a few of its values."""

    header: str
    samples: list[str]


@dataclass(frozen=True)
class PreviewRow:
    """A row as it would be stored, with what is wrong with it (``problems``) or was put right (``notes``)."""

    number: int
    cells: list[str]
    problems: list[str]
    notes: list[str]


@dataclass(frozen=True)
class Preview:
    """The first rows under the chosen columns; ``labels`` head the cells."""

    labels: list[str]
    rows: list[PreviewRow]


def imports_visible_to(viewer: Viewer) -> QuerySet[StakeholderImport]:
    """The imports of the tenant, newest first, for whoever may import; none for others."""
    found = StakeholderImport.objects.select_related("file", "job", "created_by").order_by("-created_at", "-id")
    return found if viewer.can(Permission.IMPORT_STAKEHOLDERS) else found.none()


def open_import(found: StakeholderImport) -> Table:
    """The file of an import, ready to be read and to be closed by the caller. Raises TableError."""
    return open_table(io.BytesIO(read_file(found.file)), filename=found.file.name)


def mapping_of(found: StakeholderImport) -> ColumnMapping:
    """The columns as they were matched last."""
    return ColumnMapping(found.mapping.get("columns", {}), found.mapping.get("defaults", {}))


def columns_of(found: StakeholderImport) -> list[Column]:
    """The named columns of the file, each with values of the first rows."""
    with open_import(found) as table:
        rows = [row.texts for row in islice(table, SAMPLED_ROWS) if not isinstance(row, RowError)]
        return [
            Column(name, [row[position][:LONGEST_SAMPLE] for row in rows if row[position]])
            for position, name in enumerate(table.header)
            if name
        ]


def preview_of(found: StakeholderImport) -> Preview:
    """The first twenty rows under the columns matched last."""
    with open_import(found) as table:
        mapping = mapping_of(found)
        reader = RowReader(table.header, mapping)
        facts = [name for name in STORED_FIELDS if name in mapping.columns.values() or name in mapping.defaults]
        labels = [str(IMPORT_FIELDS[name].label) for name in facts]
        return Preview(labels, [_previewed(reader, facts, row) for row in islice(table, PREVIEWED_ROWS)])


def _previewed(reader: RowReader, facts: list[str], row: object) -> PreviewRow:
    if isinstance(row, RowError):
        return PreviewRow(row.number, [""] * len(facts), [_said(row)], [])
    read = reader.read(row)  # type: ignore[arg-type]  # a Row: a Table gives nothing else
    if isinstance(read, list):
        cells = reader.mapped(row)  # type: ignore[arg-type]  # as above
        return PreviewRow(read[0].number, [cells.get(name, "") for name in facts], [_said(error) for error in read], [])
    values = dict(zip(STORED_FIELDS, read.values, strict=True))
    values["kind"] = str(Stakeholder.Kind(values["kind"]).label)
    values["sector"] = str(Stakeholder.Sector(values["sector"]).label)
    return PreviewRow(read.row, [values[name] for name in facts], [], [_said(read.mended)] if read.mended else [])


def _said(error: RowError) -> str:
    return f"{error.column}: {error.reason}" if error.column else str(error.reason)
