"""Bringing stakeholders into the register from a file: all of it or nothing (FIL-08)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.tabular.errors import EmptyTableError, RowError
from core.tabular.reading import Table
from stakeholders.models import StakeholderImport
from stakeholders.operations.incoming import Incoming, some_at_once
from stakeholders.operations.incoming_taking import take_over, take_over_the_rest
from stakeholders.queries.stakeholder_import import entries_of
from stakeholders.rules.import_entry import Candidate, Entry
from stakeholders.rules.import_fields import ColumnMapping

# More than anybody reads; the count goes on.
MOST_ERRORS_LISTED = 1_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did, or would do. ``errors`` holds the first thousand in the order of the file.

    A row may bring several stakeholders: an organisation and its people. ``added_count`` counts stakeholders, so does
    ``known_count``: those the register has already and those the file repeats. ``filled_count`` counts known ones that
    got something that was empty, or could get it; ``mended_count`` rows whose tax code got its lost zeros back.
    ``shown_counts`` are the new ones the file would show to more than the coordination, by the number of the level.
    """

    row_count: int
    added_count: int
    known_count: int
    error_count: int
    mended_count: int
    errors: tuple[RowError, ...]
    filled_count: int = 0
    bad_row_count: int = 0
    shown_counts: dict[str, int] = field(default_factory=dict)


class ImportRefusedError(Exception):
    """Rows of the file cannot be used, so none was taken. ``outcome`` names them."""

    def __init__(self, outcome: ImportOutcome) -> None:
        super().__init__(_("Some rows cannot be used, so nothing was imported."))
        self.outcome = outcome


class _Reading:
    """Counts while entries pass by, and keeps what was wrong."""

    def __init__(self, entries: Iterable[Entry], on_progress: Progress, expected: int) -> None:
        self.entries = entries
        self.on_progress, self.expected = on_progress, expected
        self.row_count = self.error_count = self.mended_count = self.bad_row_count = self.last_row = 0
        self.errors: list[RowError] = []

    def candidates(self) -> Iterator[Candidate]:
        """The usable ones."""
        for found in self.entries:
            self.row_count += 1
            if isinstance(found, list):
                self.bad_row_count += 1
                self.note(found)
                continue
            self.last_row = found.row
            self.mended_count += found.subject.mended is not None
            yield found

    def note(self, errors: list[RowError]) -> None:
        """Keep errors, as many as are listed."""
        self.error_count += len(errors)
        self.errors += errors[: MOST_ERRORS_LISTED - len(self.errors)]

    def say(self, taken_over: int = 0) -> None:
        """Tell how far the work is: reading is one half of it, taking over the other."""
        done = self.row_count + min(taken_over, self.row_count)
        self.on_progress(done, 2 * max(self.expected, self.row_count))

    def outcome(self, incoming: Incoming, *, added: int, filled: int, shown: dict[str, int]) -> ImportOutcome:
        """The counts as they stand."""
        return ImportOutcome(
            row_count=self.row_count,
            added_count=added,
            # A row somebody added by hand meanwhile is known now.
            known_count=incoming.count_known() + incoming.count_new() - added,
            error_count=self.error_count,
            mended_count=self.mended_count,
            errors=tuple(sorted(self.errors, key=lambda error: error.number)),
            filled_count=filled,
            bad_row_count=self.bad_row_count + incoming.count_wrong_rows(),
            shown_counts=shown,
        )


def _silent(done: int, total: int) -> None:
    """Nobody watches."""


def import_stakeholders(
    *,
    table: Table,
    mapping: ColumnMapping,
    by: User | None,
    dry_run: bool = False,
    skip_bad_rows: bool = False,
    source: str = "",
    updates_known: bool = False,
    takes_levels: bool = False,
    on_progress: Progress = _silent,
    expected_rows: int = 0,
) -> ImportOutcome:
    """Add every row of a table; see ``import_entries``. Raises MappingError, and TableError for a broken file."""
    return import_entries(
        entries=entries_of(table, mapping),
        by=by,
        dry_run=dry_run,
        skip_bad_rows=skip_bad_rows,
        source=source,
        updates_known=updates_known,
        takes_levels=takes_levels,
        on_progress=on_progress,
        expected_rows=expected_rows,
    )


@transaction.atomic
def import_entries(
    *,
    entries: Iterable[Entry],
    by: User | None,
    dry_run: bool = False,
    skip_bad_rows: bool = False,
    updates_known: bool = False,
    takes_levels: bool = False,
    on_progress: Progress = _silent,
    expected_rows: int = 0,
    source: str = "",
    subject: StakeholderImport | None = None,
) -> ImportOutcome:
    """Add everybody the register does not have, with people linked to their organisations.

    An organisation is known by its tax code, else by name and place without accents, capitals and punctuation; a
    person by e-mail address and name, else by name and organisation. What the register has stays as it is; with
    ``updates_known`` its empty fields are filled in. With a row that cannot be used nothing is added:
    ImportRefusedError, unless ``skip_bad_rows`` leaves such rows out. What is new is seen by the coordination alone;
    with ``takes_levels`` by whom the file says. ``dry_run`` writes nothing and only tells.
    With ``subject`` every change is noted, so that it can be undone. ``on_progress(done, total)`` is called between
    portions and must not use this connection's transaction to show anything.
    """
    reading = _Reading(entries, on_progress, expected_rows)
    with Incoming() as incoming:
        for portion in some_at_once(reading.candidates()):
            incoming.take(portion)
            reading.say()
        if not reading.row_count:
            raise EmptyTableError
        if not dry_run:
            incoming.lock()
        reading.note(incoming.compare())
        shown = incoming.count_shown()
        outcome = reading.outcome(incoming, added=incoming.count_new(), filled=incoming.count_fillable(), shown=shown)
        if dry_run:
            return outcome
        if outcome.error_count and not skip_bad_rows:
            raise ImportRefusedError(outcome)
        outcome = _taken_over(
            incoming,
            reading,
            source[:120],
            updates_known=updates_known,
            takes_levels=takes_levels,
            subject=subject,
            shown=shown,
        )
    _record(outcome, subject, by, takes_levels=takes_levels)
    return outcome


def _taken_over(
    incoming: Incoming,
    reading: _Reading,
    source: str,
    *,
    updates_known: bool,
    takes_levels: bool,
    subject: StakeholderImport | None,
    shown: dict[str, int],
) -> ImportOutcome:
    expected, added = incoming.count_new(), 0
    for portion_added in take_over(incoming, source=source, takes_levels=takes_levels, last_row=reading.last_row):
        added += portion_added
        reading.say(added)
    filled = take_over_the_rest(
        incoming,
        updates_known=updates_known,
        some_known_meanwhile=added < expected,
        import_id=subject.pk if subject else None,
    )
    return reading.outcome(incoming, added=added, filled=filled, shown=shown)


def _record(outcome: ImportOutcome, subject: StakeholderImport | None, by: User | None, *, takes_levels: bool) -> None:
    counts = {"added": outcome.added_count, "known": outcome.known_count, "left_out": outcome.bad_row_count}
    if outcome.filled_count:
        counts["filled"] = outcome.filled_count
    if takes_levels and outcome.shown_counts:
        counts["shown"] = sum(outcome.shown_counts.values())
    record("stakeholders.imported", subject or StakeholderImport(), by=by, changes=counts)
