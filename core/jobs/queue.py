"""Asking for a job and claiming it."""

from datetime import datetime, timedelta
from typing import Any

import structlog
from celery import current_app
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.jobs.registry import arguments_for, registered_jobs
from core.models import Job
from core.tenancy.context import current_tenant_id

LEASE = timedelta(minutes=6)
MOST_ATTEMPTS = 5
# Kombu's own patience is six seconds, and a person is waiting for the page.
IMPATIENT = {"max_retries": 0, "socket_connect_timeout": 1, "socket_timeout": 2}
OPEN = [Job.State.WAITING, Job.State.RUNNING]
log = structlog.get_logger("telaio.jobs")


def enqueue(name: str, *, dedup_key: str = "", run_after: datetime | None = None, **ids: Any) -> Job:
    """Write a job row in the current transaction and nudge a worker after commit.

    The same ``dedup_key`` returns the job that is already waiting or running. The nudge may fail: a sweeper finds
    the row within half a minute.
    """
    now = timezone.now()
    job = Job(name=name, arguments=arguments_for(ids), dedup_key=dedup_key, run_after=run_after or now)
    # Two who ask at the same moment meet in the unique key: the second waits, then finds the first one's job.
    Job.objects.bulk_create([job], ignore_conflicts=True)
    if dedup_key:
        job = Job.objects.get(dedup_key=dedup_key, state__in=OPEN)
    if job.run_after <= now:
        tenant_id = current_tenant_id()
        transaction.on_commit(lambda: nudge(tenant_id, job), robust=True)
    return job


def nudge(tenant_id: int, job: Job) -> None:
    """Tell a worker about a job; a broker that is down is only logged."""
    known = registered_jobs().get(job.name)
    task = "core.run_document_job" if known and known.queue == "documents" else "core.run_job"
    try:
        with current_app.connection_for_write(transport_options=IMPATIENT) as broker:
            current_app.send_task(task, args=[tenant_id, str(job.pk)], retry=False, connection=broker)
    except (OperationalError, OSError) as error:
        log.warning("nudge_failed", job=job.name, error=type(error).__name__)


def claim(job_id: str, *, now: datetime) -> Job | None:
    """Take a job for this worker, or None when another has it, it is finished or it is not due.

    A job whose workers died five times is given up: it would take down the sixth.
    """
    job = _due(now=now).select_for_update(skip_locked=True).filter(pk=job_id).first()
    if job is None:
        return None
    if job.attempts >= MOST_ATTEMPTS:
        give_back(job, error="WorkerDied", now=now)
        return None
    job.state, job.lease_until, job.attempts = Job.State.RUNNING, now + LEASE, job.attempts + 1
    job.save(update_fields=["state", "lease_until", "attempts"])
    return job


def due_jobs(*, now: datetime) -> list[Job]:
    """Jobs nobody works on although they are due, oldest first."""
    return list(_due(now=now).order_by("run_after", "id")[:100])


def _due(*, now: datetime) -> QuerySet[Job]:
    free = Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, lease_until__lt=now)
    return Job.objects.filter(free, run_after__lte=now)


def finish(job: Job, *, now: datetime) -> None:
    """Mark a job done, with the progress it reported."""
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.DONE,
        finished_at=now,
        lease_until=None,
        error="",
        progress_done=job.progress_done,
        progress_total=job.progress_total,
    )


def give_back(job: Job, *, error: str, now: datetime) -> None:
    """After a failure: try again later with growing pauses, or give up after five attempts."""
    mine = Job.objects.filter(pk=job.pk)
    if job.attempts >= MOST_ATTEMPTS:
        mine.update(state=Job.State.FAILED, finished_at=now, lease_until=None, error=error[:200])
        return
    pause = timedelta(seconds=10 * 4 ** (job.attempts - 1))
    mine.update(state=Job.State.WAITING, run_after=now + pause, lease_until=None, error=error[:200])
