"""Asking for a job and claiming it."""

from datetime import datetime, timedelta
from typing import Any

import structlog
from celery import current_app
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.jobs.registry import arguments_for, registered_jobs
from core.models import Job
from core.tenancy.context import current_tenant_id

LEASE = timedelta(minutes=6)
MOST_ATTEMPTS = 5
log = structlog.get_logger("telaio.jobs")


def enqueue(name: str, *, dedup_key: str = "", run_after: datetime | None = None, **ids: Any) -> Job:
    """Write a job row in the current transaction and nudge a worker after commit.

    The same ``dedup_key`` returns the job that is already waiting or running. The nudge may fail: a sweeper finds
    the row within half a minute.
    """
    if dedup_key:
        waiting = Job.objects.filter(dedup_key=dedup_key, state__in=[Job.State.WAITING, Job.State.RUNNING]).first()
        if waiting:
            return waiting
    now = timezone.now()
    job = Job.objects.create(name=name, arguments=arguments_for(ids), dedup_key=dedup_key, run_after=run_after or now)
    if job.run_after <= now:
        tenant_id = current_tenant_id()
        transaction.on_commit(lambda: nudge(tenant_id, job), robust=True)
    return job


def nudge(tenant_id: int, job: Job) -> None:
    """Tell a worker about a job; a broker that is down is only logged."""
    known = registered_jobs().get(job.name)
    task = "core.run_document_job" if known and known.queue == "documents" else "core.run_job"
    try:
        current_app.send_task(task, args=[tenant_id, str(job.pk)], retry=False)
    except (OperationalError, OSError) as error:
        log.warning("nudge_failed", job=job.name, error=type(error).__name__)


def claim(job_id: str, *, now: datetime) -> Job | None:
    """Take a job for this worker, or None when another has it, it is finished or it is not due."""
    job = (
        Job.objects.select_for_update(skip_locked=True)
        .filter(pk=job_id, run_after__lte=now)
        .filter(Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, lease_until__lt=now))
        .first()
    )
    if job is None:
        return None
    job.state, job.lease_until, job.attempts = Job.State.RUNNING, now + LEASE, job.attempts + 1
    job.save(update_fields=["state", "lease_until", "attempts"])
    return job


def due_jobs(*, now: datetime) -> list[Job]:
    """Jobs nobody works on although they are due, oldest first."""
    open_jobs = Job.objects.filter(run_after__lte=now).filter(
        Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, lease_until__lt=now)
    )
    return list(open_jobs.order_by("run_after")[:100])


def finish(job: Job, *, now: datetime) -> None:
    """Mark a job done."""
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE, finished_at=now, lease_until=None, error="")


def give_back(job: Job, *, error: str, now: datetime) -> None:
    """After a failure: try again later with growing pauses, or give up after five attempts."""
    if job.attempts >= MOST_ATTEMPTS:
        Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, finished_at=now, lease_until=None, error=error[:200])
        return
    pause = timedelta(seconds=10 * 4 ** (job.attempts - 1))
    Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING, run_after=now + pause, lease_until=None, error=error[:200])
