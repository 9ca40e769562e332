"""An import step by step: a file is brought, its columns are matched and checked, a worker takes it over."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from core.access.permissions import Permission
from core.jobs import enqueue
from core.models import StoredFile, User
from core.operations.audit import record
from core.operations.file import store_bytes, store_upload
from core.queries.viewer import viewer_for
from core.rules.upload import FileKind
from core.tabular.errors import RowError, TableError
from core.tabular.writing import csv_lines
from stakeholders.models import StakeholderImport
from stakeholders.operations.import_profile import save_profile
from stakeholders.operations.stakeholder_import import (
    ImportOutcome,
    ImportRefusedError,
    Progress,
    import_entries,
)
from stakeholders.queries.import_profile import profile_for
from stakeholders.queries.stakeholder_import import entries_in, header_of, open_import
from stakeholders.rules.import_fields import ColumnMapping, guess_columns
from stakeholders.rules.import_profile import mapping_for

PURPOSE = "stakeholder_import"
ALLOWED = frozenset({FileKind.TABLE, FileKind.SPREADSHEET, FileKind.CONTACTS, FileKind.JSON})
FORMATS = {".vcf": StakeholderImport.Format.VCARD, ".json": StakeholderImport.Format.HSDS}
State = StakeholderImport.State
# Nothing can be chosen any more.
OVER = frozenset({State.RUNNING, State.DONE, State.UNDONE})


class ImportStateError(Exception):
    """The import is not at this step any more."""


class ImporterGoneError(Exception):
    """Whoever started the import may not import any more."""


@transaction.atomic
def begin_import(*, upload: UploadedFile[Any], by: User | None) -> StakeholderImport:
    """Keep a file and guess its columns; cards and directories need none and are checked at once.

    Raises UploadError or TableError when it is nothing we can read.
    """
    stored = store_upload(upload=upload, purpose=PURPOSE, allowed=ALLOWED, by=by)
    if kind := FORMATS.get(PurePath(stored.name).suffix.lower()):
        return _begun_whole(stored, kind, by)
    return _begun(stored, by)


@transaction.atomic
def begin_import_of_rows(
    *, rows: Sequence[Mapping[str, str]], fields: Sequence[str], by: User | None
) -> StakeholderImport:
    """Keep rows that came through the API as a file with our own field names for headers."""
    lines = csv_lines(list(fields), ([row.get(name, "") for name in fields] for row in rows))
    stored = store_bytes(
        content=b"".join(lines), name="api.csv", content_type="text/csv", extension=".csv", purpose=PURPOSE, by=by
    )
    return _begun(stored, by, columns={name: name for name in fields})


@transaction.atomic
def choose_columns(
    *, record_id: Any, mapping: ColumnMapping, by: User | None, profile_name: str = ""
) -> StakeholderImport:
    """Match the columns and go through the whole file without storing anything.

    With ``profile_name`` the columns are kept under that name for the next file of the same maker. Raises
    ImportStateError once the import has started, MappingError, TableError, ValidationError for the name.
    """
    found = StakeholderImport.objects.select_for_update().get(pk=record_id)
    if found.state in OVER or found.format != StakeholderImport.Format.TABLE:
        raise ImportStateError
    found.mapping = {"columns": dict(mapping.columns), "defaults": dict(mapping.defaults)}
    if profile_name:
        save_profile(name=profile_name, mapping=found.mapping, header=header_of(found), by=by)
    return _checked(found, by)


@transaction.atomic
def start_import(
    *,
    record_id: Any,
    leave_out_bad_rows: bool,
    by: User | None,
    updates_known: bool = False,
    takes_levels: bool = False,
) -> StakeholderImport:
    """Hand a checked file to a worker. With ``updates_known`` empty fields of known stakeholders are filled in.

    With ``takes_levels`` whoever is new is seen by whom the file says; without, by the coordination alone.

    Raises ImportStateError unless it was checked and not started, ImportRefusedError when rows are bad and nobody
    said to leave them out.
    """
    found = StakeholderImport.objects.select_for_update().get(pk=record_id)
    if found.state != State.CHECKED:
        raise ImportStateError
    if found.error_count and not leave_out_bad_rows:
        raise ImportRefusedError(_outcome_of(found))
    found.state, found.leaves_out_bad_rows, found.created_by = State.RUNNING, leave_out_bad_rows, by
    found.updates_known, found.takes_levels = updates_known, takes_levels
    found.job = enqueue("stakeholders.import_stakeholders", dedup_key=f"import:{found.pk}", import_id=found.pk)
    found.save()
    record("stakeholders.import_started", found, by=by, changes={"rows": found.row_count})
    return found


@transaction.atomic
def run_import(*, record_id: Any, on_progress: Progress) -> StakeholderImport:
    """Take the file over, as the person who started it and in their language; what was done is written beside it.

    Does nothing when the import is not waiting for it. When a row or the file turns out unusable, or the person may
    not import any more, nothing is taken over and the import says why.
    """
    found = StakeholderImport.objects.select_for_update().get(pk=record_id)
    if found.state != State.RUNNING:
        return found
    by = found.created_by
    with translation.override((by and by.language) or translation.get_language()):
        try:
            outcome = _take_over(found, by, on_progress)
        except ImportRefusedError as refusal:
            found.state = State.FAILED
            _write(found, refusal.outcome)
        except (TableError, ImporterGoneError) as error:
            found.state, found.errors = State.FAILED, [{"row": None, "column": None, "reason": str(error)}]
            found.added_count = found.updated_count = 0
            found.save()
        else:
            found.state = State.DONE
            _write(found, outcome)
    return found


def _take_over(found: StakeholderImport, by: User | None, on_progress: Progress) -> ImportOutcome:
    if by is None or not viewer_for(by).can(Permission.IMPORT_STAKEHOLDERS):
        raise ImporterGoneError(_("Whoever started this import may not import any more."))
    with transaction.atomic(), entries_in(found) as entries:
        return import_entries(
            entries=entries,
            by=by,
            skip_bad_rows=found.leaves_out_bad_rows,
            updates_known=found.updates_known,
            takes_levels=found.takes_levels,
            on_progress=on_progress,
            expected_rows=found.row_count,
            source=found.file.name,
            subject=found,
        )


def _begun(stored: StoredFile, by: User | None, columns: Mapping[str, str] | None = None) -> StakeholderImport:
    begun = StakeholderImport(file=stored, created_by=by)
    with open_import(begun) as table:
        begun.mapping = {"columns": columns or guess_columns(table.header), "defaults": {}}
        if columns is None and (profile := profile_for(table.header)):
            begun.mapping = mapping_for(profile, table.header)
    begun.save()
    record("stakeholders.import_begun", begun, by=by)
    return begun


def _begun_whole(stored: StoredFile, kind: StakeholderImport.Format, by: User | None) -> StakeholderImport:
    begun = StakeholderImport(file=stored, created_by=by, format=kind)
    record("stakeholders.import_begun", begun, by=by)
    return _checked(begun, by)


def _checked(found: StakeholderImport, by: User | None) -> StakeholderImport:
    with entries_in(found) as entries:
        outcome = import_entries(entries=entries, by=by, dry_run=True)
    found.state = State.CHECKED
    _write(found, outcome)
    return found


def _write(found: StakeholderImport, outcome: ImportOutcome) -> None:
    found.row_count, found.error_count = outcome.row_count, outcome.error_count
    found.added_count, found.known_count = outcome.added_count, outcome.known_count
    found.mended_count, found.updated_count = outcome.mended_count, outcome.filled_count
    found.shown_counts = outcome.shown_counts
    if found.state == State.FAILED:
        found.added_count = found.updated_count = 0
    found.errors = [_kept(error) for error in outcome.errors]
    found.save()


def _kept(error: RowError) -> dict[str, Any]:
    return {"row": error.number, "column": error.column, "reason": str(error.reason)}


def _outcome_of(found: StakeholderImport) -> ImportOutcome:
    counts = found.row_count, found.added_count, found.known_count, found.error_count, found.mended_count
    return ImportOutcome(*counts, errors=(), filled_count=found.updated_count)
