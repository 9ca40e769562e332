"""Bringing a table of stakeholders into the register: all of it or nothing (FIL-08)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.tabular.errors import EmptyTableError, RowError
from core.tabular.reading import Table
from stakeholders.models import StakeholderImport
from stakeholders.operations.incoming import Incoming, some_at_once
from stakeholders.rules.import_fields import ColumnMapping
from stakeholders.rules.stakeholder_import import Candidate, RowReader

# More than anybody reads; the count goes on.
MOST_ERRORS_LISTED = 1_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did, or would do. ``errors`` holds the first thousand in the order of the file.

    ``known_count`` counts rows the register has already and rows the file repeats; ``mended_count`` rows whose tax
    code got its lost zeros back.
    """

    row_count: int
    added_count: int
    known_count: int
    error_count: int
    mended_count: int
    errors: tuple[RowError, ...]

    @property
    def bad_row_count(self) -> int:
        """How many rows have something wrong with them."""
        return self.row_count - self.added_count - self.known_count


class ImportRefusedError(Exception):
    """Rows of the file cannot be used, so none was taken. ``outcome`` names them."""

    def __init__(self, outcome: ImportOutcome) -> None:
        super().__init__(_("Some rows cannot be used, so nothing was imported."))
        self.outcome = outcome


class _Reading:
    """Counts while rows pass by, and keeps what was wrong."""

    def __init__(self, table: Table, reader: RowReader, on_progress: Progress, expected: int) -> None:
        self.table, self.reader = table, reader
        self.on_progress, self.expected = on_progress, expected
        self.row_count = self.error_count = self.mended_count = self.last_row = 0
        self.errors: list[RowError] = []

    def candidates(self) -> Iterator[Candidate]:
        """The usable rows."""
        for row in self.table:
            self.row_count += 1
            found = [row] if isinstance(row, RowError) else self.reader.read(row)
            if isinstance(found, list):
                self.note(found)
                continue
            self.last_row = found.row
            self.mended_count += found.mended is not None
            yield found

    def note(self, errors: list[RowError]) -> None:
        """Keep errors, as many as are listed."""
        self.error_count += len(errors)
        self.errors += errors[: MOST_ERRORS_LISTED - len(self.errors)]

    def say(self, taken_over: int = 0) -> None:
        """Tell how far the work is: reading is one half of it, taking over the other."""
        self.on_progress(self.row_count + taken_over, 2 * max(self.expected, self.row_count))

    def outcome(self, added: int, known: int) -> ImportOutcome:
        """The counts as they stand."""
        errors = tuple(sorted(self.errors, key=lambda error: error.number))
        return ImportOutcome(self.row_count, added, known, self.error_count, self.mended_count, errors)


def _silent(done: int, total: int) -> None:
    """Nobody watches."""


@transaction.atomic
def import_stakeholders(
    *,
    table: Table,
    mapping: ColumnMapping,
    by: User | None,
    dry_run: bool = False,
    skip_bad_rows: bool = False,
    on_progress: Progress = _silent,
    expected_rows: int = 0,
    source: str = "",
    subject: StakeholderImport | None = None,
) -> ImportOutcome:
    """Add every row of a table that the register does not have; what it has stays as it is.

    A row is known by its tax code, else by name and place without accents, capitals and punctuation. With a row that
    cannot be used nothing is added: ImportRefusedError, unless ``skip_bad_rows`` leaves such rows out. ``dry_run``
    writes nothing and only tells. ``on_progress(done, total)`` is called between portions and must not use this
    connection's transaction to show anything. Raises MappingError, and TableError for a file that breaks off.
    """
    reading = _Reading(table, RowReader(table.header, mapping), on_progress, expected_rows)
    with Incoming() as incoming:
        for portion in some_at_once(reading.candidates()):
            incoming.take(portion)
            reading.say()
        if not reading.row_count:
            raise EmptyTableError
        if not dry_run:
            incoming.lock()
        reading.note(incoming.compare())
        outcome = reading.outcome(incoming.count_new(), incoming.count_known())
        if dry_run:
            return outcome
        if outcome.error_count and not skip_bad_rows:
            raise ImportRefusedError(outcome)
        added = 0
        for portion_added in incoming.take_over(source=source[:120], last_row=reading.last_row):
            added += portion_added
            reading.say(added)
        # A row somebody added by hand meanwhile is known now.
        outcome = reading.outcome(added, outcome.known_count + outcome.added_count - added)
    counts = {"added": outcome.added_count, "known": outcome.known_count, "left_out": outcome.bad_row_count}
    record("stakeholders.imported", subject or StakeholderImport(), by=by, changes=counts)
    return outcome
