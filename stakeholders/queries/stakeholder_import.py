"""Reading imports: who sees which, the columns of their files, and the first rows as they would be stored."""

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.operations.file import read_file
from core.tabular.errors import RowError
from core.tabular.reading import Row, Table, open_table
from stakeholders.models import Stakeholder, StakeholderImport
from stakeholders.rules.hsds_reading import hsds_entries
from stakeholders.rules.import_entry import STORED_FIELDS, Entry
from stakeholders.rules.import_fields import IMPORT_FIELDS, NAMING_FIELDS, ColumnMapping
from stakeholders.rules.stakeholder_import import RowReader
from stakeholders.rules.vcard_entry import vcard_entries

# How the formats that need no matching of columns are read.
READ_WHOLE: dict[str, Callable[[bytes], Iterator[Entry]]] = {
    StakeholderImport.Format.VCARD: vcard_entries,
    StakeholderImport.Format.HSDS: hsds_entries,
}
# What the check of such a file shows.
SHOWN_FACTS = ("kind", "place", "email", "phone", "do_not_contact", "visibility")
PREVIEWED_ROWS = 20
SAMPLED_ROWS = 2
LONGEST_SAMPLE = 30


@dataclass(frozen=True)
class Column:
    """A column of somebody's file with a few of its values."""

    header: str
    samples: list[str]


@dataclass(frozen=True)
class Counts:
    """What an import did or would do, as written numbers; ``mended`` is empty when there was nothing to mend.

    ``shown`` says who would see how many of the new ones, when the file wants more than the coordination to.
    """

    rows: str
    added: str
    known: str
    errors: str
    mended: str
    updated: str
    shown: str = ""


@dataclass(frozen=True)
class PreviewRow:
    """A row as it would be stored, with what is wrong with it (``problems``) or was put right (``notes``).

    ``cells`` are label and text of the facts beside the name that the row holds, or has an empty place for.
    """

    number: int
    name: str
    cells: list[tuple[str, str]]
    problems: list[str]
    notes: list[str]


@dataclass(frozen=True)
class Preview:
    """The first rows under the chosen columns; ``labels`` head the cells beside the name."""

    labels: list[str]
    rows: list[PreviewRow]


def imports_visible_to(viewer: Viewer) -> QuerySet[StakeholderImport]:
    """The imports of the tenant, newest first, for whoever may import; none for others."""
    found = StakeholderImport.objects.select_related("file", "job", "created_by").order_by("-created_at", "-id")
    return found if viewer.can(Permission.IMPORT_STAKEHOLDERS) else found.none()


def open_import(found: StakeholderImport) -> Table:
    """The file of an import, ready to be read and to be closed by the caller. Raises TableError."""
    return open_table(io.BytesIO(read_file(found.file)), filename=found.file.name)


def entries_of(table: Table, mapping: ColumnMapping) -> Iterator[Entry]:
    """What the rows of a table say under a mapping. Raises MappingError at once."""
    reader = RowReader(table.header, mapping)
    return ([row] if isinstance(row, RowError) else reader.read(row) for row in table)


@contextmanager
def entries_in(found: StakeholderImport) -> Iterator[Iterator[Entry]]:
    """What the file of an import says, whatever its format. Raises TableError, MappingError."""
    if found.format in READ_WHOLE:
        yield READ_WHOLE[found.format](read_file(found.file))
        return
    with open_import(found) as table:
        yield entries_of(table, mapping_of(found))


def mapping_of(found: StakeholderImport) -> ColumnMapping:
    """The columns as they were matched last."""
    return ColumnMapping(found.mapping.get("columns", {}), found.mapping.get("defaults", {}))


def header_of(found: StakeholderImport) -> list[str]:
    """The names of the columns of the file."""
    with open_import(found) as table:
        return [name for name in table.header if name]


def columns_of(found: StakeholderImport) -> list[Column]:
    """The named columns of the file, each with values of the first rows."""
    with open_import(found) as table:
        rows = [row.texts for row in islice(table, SAMPLED_ROWS) if not isinstance(row, RowError)]
        return [
            Column(name, [_shortened(row[position]) for row in rows if row[position]])
            for position, name in enumerate(table.header)
            if name
        ]


def counts_of(found: StakeholderImport) -> Counts:
    """The counts of an import for its pages."""

    def written(count: int) -> str:
        return number_format(count, force_grouping=True)

    return Counts(
        written(found.row_count),
        written(found.added_count),
        written(found.known_count),
        written(found.error_count),
        written(found.mended_count) if found.mended_count else "",
        written(found.updated_count),
        ", ".join(
            f"{Visibility(int(level)).label} ({written(count)})" for level, count in sorted(found.shown_counts.items())
        ),
    )


def preview_of(found: StakeholderImport) -> Preview:
    """The first twenty rows under the columns matched last, or the first twenty cards or entries."""
    if found.format in READ_WHOLE:
        with entries_in(found) as entries:
            rows = [_previewed_entry(number, entry) for number, entry in enumerate(islice(entries, PREVIEWED_ROWS), 1)]
        return _without_silent(Preview([*map(_label, SHOWN_FACTS), _label("organisation")], rows))
    with open_import(found) as table:
        mapping = mapping_of(found)
        reader = RowReader(table.header, mapping)
        told = set(mapping.columns.values()) - set(NAMING_FIELDS[:3])
        facts = [name for name in IMPORT_FIELDS if name in told]
        rows = [_previewed(reader, facts, row) for row in islice(table, PREVIEWED_ROWS)]
        return Preview([_label(name) for name in facts], rows)


def _without_silent(preview: Preview) -> Preview:
    """Without the facts none of the rows says, which on a phone are a line of each."""
    told = {label for row in preview.rows for label, text in row.cells if text}
    rows = [replace(row, cells=[cell for cell in row.cells if cell[0] in told]) for row in preview.rows]
    return Preview([label for label in preview.labels if label in told], rows)


def _previewed(reader: RowReader, facts: list[str], row: Row | RowError) -> PreviewRow:
    if isinstance(row, RowError):
        return PreviewRow(row.number, "", [(_label(name), "") for name in facts], [_said(row)], [])
    read, texts = reader.read(row), reader.mapped(row)
    if isinstance(read, list):
        cells = [(_label(name), texts[name]) for name in facts]
        return PreviewRow(read[0].number, _name_in(texts), cells, [_said(error) for error in read], [])
    subject = read.subject
    values = dict(zip(STORED_FIELDS, subject.values, strict=True))
    values |= _in_words(values)
    cells = [(_label(name), values.get(name, texts[name])) for name in facts]
    return PreviewRow(read.row, values["name"], cells, [], [_said(subject.mended)] if subject.mended else [])


def _in_words(values: Mapping[str, str]) -> dict[str, str]:
    """Coded values as a reader knows them."""
    told = {
        "kind": str(Stakeholder.Kind(values["kind"]).label),
        "sector": str(Stakeholder.Sector(values["sector"]).label),
        "territories": ", ".join(values["territories"].splitlines()),
    }
    if values["lawful_basis"]:
        told["lawful_basis"] = str(Stakeholder.LawfulBasis(values["lawful_basis"]).label)
    if values["do_not_contact"]:
        told["do_not_contact"] = str(_("yes"))
    if values["visibility"]:
        told["visibility"] = str(Visibility(int(values["visibility"])).label)
    return told


def _previewed_entry(number: int, entry: Entry) -> PreviewRow:
    if isinstance(entry, list):
        cells = [(_label(name), "") for name in (*SHOWN_FACTS, "organisation")]
        return PreviewRow(number, "", cells, [_said(error) for error in entry], [])
    values = dict(zip(STORED_FIELDS, entry.subject.values, strict=True))
    values |= _in_words(values)
    cells = [(_label(name), values[name]) for name in SHOWN_FACTS]
    mentioned = entry.values[STORED_FIELDS.index("name")] if entry.is_mention else ""
    people = [person.values[STORED_FIELDS.index("name")] for person in entry.people if not entry.is_mention]
    return PreviewRow(number, values["name"], [*cells, (_label("organisation"), mentioned)], [], people)


def _name_in(texts: Mapping[str, str]) -> str:
    return " ".join(filter(None, (texts.get(name, "") for name in NAMING_FIELDS[:3])))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SAMPLE else f"{text[: LONGEST_SAMPLE - 1].rstrip()}…"


def _label(fact: str) -> str:
    return str(IMPORT_FIELDS[fact].label)


def _said(error: RowError) -> str:
    return f"{error.column}: {error.reason}" if error.column else str(error.reason)
