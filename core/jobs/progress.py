"""Telling how far a job is while its own transaction is still open."""

from contextlib import closing
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from core.models import Job


def write_progress(job: Job) -> None:
    """Store a job's progress where others see it at once; nothing when the job itself is not committed yet."""
    aside: Any = connections.create_connection(DEFAULT_DB_ALIAS)
    with closing(aside):
        aside.ensure_connection()
        with aside.connection.transaction():
            aside.connection.execute("SELECT set_config('app.tenant_id', %s, true)", [str(job.tenant_id)])
            aside.connection.execute(
                "UPDATE core_job SET progress_done = %s, progress_total = %s WHERE id = %s",
                [job.progress_done, job.progress_total, job.pk],
            )
