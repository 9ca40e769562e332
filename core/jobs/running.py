"""Running one job: claim, work, finish, each in its own transaction inside the tenant."""

import structlog
from django.utils import timezone

from core.jobs import queue
from core.jobs.registry import JobContext, registered_job
from core.tenancy.context import tenant_scope

log = structlog.get_logger("telaio.jobs")


def run_job(tenant_id: int, job_id: str) -> bool:
    """Run a claimed job; False when there was nothing to claim.

    A failure is stored on the row by its kind only and tried again later; the error itself goes to the log.
    """
    with tenant_scope(tenant_id):
        job = queue.claim(job_id, now=timezone.now())
    if job is None:
        return False
    try:
        with tenant_scope(tenant_id):
            registered_job(job.name).function(JobContext(job), **job.arguments)
            queue.finish(job, now=timezone.now())
    except Exception as error:
        log.exception("job_failed", job=job.name, tenant=tenant_id, attempt=job.attempts)
        with tenant_scope(tenant_id):
            queue.give_back(job, error=type(error).__name__, now=timezone.now())
    return True


def run_due_jobs(tenant_id: int) -> int:
    """Run everything due in one tenant; returns how many jobs ran."""
    with tenant_scope(tenant_id):
        due = queue.due_jobs(now=timezone.now())
    return sum(run_job(tenant_id, str(job.pk)) for job in due)


def sweep_jobs(tenant_id: int) -> None:
    """Run what is due in one tenant, and nudge the workers of documents again, who have limits of their own."""
    with tenant_scope(tenant_id):
        due = queue.due_jobs(now=timezone.now())
    for job in due:
        if registered_job(job.name).queue == "documents":
            queue.nudge(tenant_id, job)
        else:
            run_job(tenant_id, str(job.pk))
