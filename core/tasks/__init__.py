"""Celery's entry points: they enter a tenant and call one function each."""

from celery import shared_task
from django.utils import timezone

from core.jobs import daily, hourly, running
from core.operations.delivery import deliver_due
from core.operations.rate import forget_old_counts
from core.queries.tenant import active_tenants


@shared_task(name="core.run_job")
def run_job(tenant_id: int, job_id: str) -> None:
    """Run one job."""
    running.run_job(tenant_id, job_id)


@shared_task(name="core.run_document_job")
def run_document_job(tenant_id: int, job_id: str) -> None:
    """Run one job of the documents queue."""
    running.run_job(tenant_id, job_id)


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> None:
    """Run due jobs nobody was nudged for, tenant by tenant."""
    for tenant_id in active_tenants().values_list("pk", flat=True):
        running.sweep_jobs(tenant_id)


@shared_task(name="core.deliver_mail")
def deliver_mail() -> None:
    """Send due mail, tenant by tenant, at most 500 each so that one tenant cannot hold up the others (TSK-11)."""
    for tenant_id in active_tenants().values_list("pk", flat=True):
        deliver_due(tenant_id)


@shared_task(name="core.daily_round")
def daily_round() -> None:
    """Ask for each tenant's daily work when its day has begun, and for what cannot wait for it once an hour.

    Counts of limits that ended are removed on the way.
    """
    forget_old_counts(now=timezone.now())
    for tenant in active_tenants():
        daily.ask_for_daily(tenant.pk, tenant.time_zone, now=timezone.now())
        hourly.ask_for_hourly(tenant.pk, now=timezone.now())
