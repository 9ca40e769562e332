"""Bringing values in from a file: checked first, then all its good rows or none."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.models import User
from core.operations.audit import record
from core.operations.file import store_upload
from core.rules.upload import FileKind
from metrics.models import MeasurementImport
from metrics.operations.measurement_batch import Entered, enter_values
from metrics.queries.measurement_import import CheckedFile, checked_file
from partnerships.models import Partnership

PURPOSE = "measurement_import"
ALLOWED = frozenset({FileKind.TABLE, FileKind.SPREADSHEET})
State = MeasurementImport.State


class ImportOverError(Exception):
    """The file was imported already."""


class RowsRefusedError(Exception):
    """Rows cannot be used and nobody said to leave them out; ``checked`` names them."""

    def __init__(self, checked: CheckedFile) -> None:
        super().__init__(_("Some rows cannot be used, so nothing was imported."))
        self.checked = checked


@transaction.atomic
def begin_measurement_import(
    *, partnership: Partnership, upload: UploadedFile[Any], viewer: Viewer, by: User, language: str
) -> MeasurementImport:
    """Keep a file of values and see that it can be read; nothing is entered yet. Raises UploadError or TableError."""
    stored = store_upload(
        upload=upload,
        purpose=PURPOSE,
        allowed=ALLOWED,
        by=by,
        scope_id=partnership.scope_id,
        visibility=Visibility.COORDINATION,
    )
    begun = MeasurementImport(partnership=partnership, file=stored, created_by=by)
    begun.row_count = checked_file(begun, viewer, language=language).row_count
    begun.save()
    return begun


@transaction.atomic
def run_measurement_import(
    *, found: MeasurementImport, viewer: Viewer, by: User, language: str, corrects: bool, leave_out_bad_rows: bool
) -> Entered:
    """Enter the values of a checked file; one that is there already stays, with ``corrects`` another one replaces it.

    The same file again adds nothing. Raises ImportOverError for one that was taken over, RowsRefusedError for rows that
    cannot be used unless they are to be left out, and as ``enter_values``.
    """
    locked = MeasurementImport.objects.select_for_update(of=("self",)).select_related("file", "partnership")
    begun = locked.get(pk=found.pk)
    if begun.state == State.DONE:
        raise ImportOverError
    checked = checked_file(begun, viewer, language=language)
    if checked.errors and not leave_out_bad_rows:
        raise RowsRefusedError(checked)
    entered = enter_values(entries=checked.entries(corrects=corrects), by=by)
    begun.state = State.DONE
    begun.added_count, begun.corrected_count = entered.sent, entered.corrected
    begun.save(update_fields=["state", "added_count", "corrected_count"])
    counts = {"added": entered.sent, "corrected": entered.corrected, "known": checked.known_count}
    record("measurement.imported", begun, by=by, scope_id=begun.partnership.scope_id, changes=counts)
    return entered
