"""Work of stakeholders in the background."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import connection

from core.jobs import JobContext, job
from core.models import User
from core.tenancy.context import current_tenant_id
from stakeholders.operations.duplicate import find_duplicates
from stakeholders.operations.import_steps import run_import
from stakeholders.operations.import_undo import UNDO_JOB, ImportNotUndoableError, undo_import
from stakeholders.operations.personal_data import render_person_export
from stakeholders.operations.stakeholder_import import Progress


@job("stakeholders.import_stakeholders")
def import_stakeholders(context: JobContext, import_id: str) -> None:
    """Take a checked file over; running again after a death begins anew, because nothing was stored."""
    with progress_beside(context) as on_progress:
        run_import(record_id=import_id, on_progress=on_progress)


@job(UNDO_JOB)
def take_import_back(context: JobContext, import_id: str, user_id: str) -> None:
    """Undo a large import; running again finds it undone."""
    with suppress(ImportNotUndoableError):
        undo_import(record_id=import_id, by=User.objects.filter(pk=user_id).first())


@job("stakeholders.find_duplicates")
def look_for_duplicates(context: JobContext) -> None:
    """Compare the register with itself; what was found before is written anew."""
    find_duplicates()


@job("stakeholders.render_person", queue="documents")
def render_person(context: JobContext, export_id: str) -> None:
    """Make the document with everything held on a person; a second run finds it there."""
    render_person_export(export_id=export_id)


@contextmanager
def progress_beside(context: JobContext) -> Iterator[Progress]:
    """Tell how far the work is on a connection of its own: the work's transaction shows nothing before its end."""
    beside: Any = connection.get_new_connection(connection.get_connection_params())
    tenant = str(current_tenant_id())

    def tell(done: int, total: int) -> None:
        with beside.transaction():
            beside.execute("SELECT set_config('app.tenant_id', %s, true)", [tenant])
            beside.execute(
                "UPDATE core_job SET progress_done = %s, progress_total = %s WHERE tenant_id = %s AND id = %s",
                [done, total, tenant, context.job.pk],
            )

    try:
        yield tell
    finally:
        beside.close()
