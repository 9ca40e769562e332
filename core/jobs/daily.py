"""What is done once a day in every tenant. Apps register theirs in ``AppConfig.ready``; digests are one of them."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.jobs.queue import enqueue
from core.jobs.registry import JobContext, job
from core.models import Job
from core.tenancy.context import current_tenant_id, tenant_scope

JOB = "core.run_daily"
# In the tenant's own zone: mails written then are read at breakfast, not in the night.
FIRST_HOUR = 6
DailyFunction = Callable[..., object]
_daily: list[DailyFunction] = []


def register_daily(function: DailyFunction) -> None:
    """Have ``function(today=...)`` called once a day inside each tenant; it must be safe to run twice."""
    if function not in _daily:
        _daily.append(function)


def registered_daily() -> list[DailyFunction]:
    """The daily functions in the order they run."""
    return list(_daily)


def run_daily(tenant_id: int, today: date) -> None:
    """Do one day's work of one tenant now; outside a job, each function in a transaction of its own."""
    for function in _daily:
        with tenant_scope(tenant_id):
            function(today=today)


def ask_for_daily(tenant_id: int, time_zone: str, *, now: datetime) -> bool:
    """Write the job of the tenant's local day unless it was written before or the day is too young.

    Returns whether it was written. Any number of schedulers may ask at once.
    """
    local = now.astimezone(ZoneInfo(time_zone))
    if local.hour < FIRST_HOUR:
        return False
    key = f"daily {local.date()}"
    with tenant_scope(tenant_id):
        if Job.objects.filter(name=JOB, dedup_key=key).exists():
            return False
        enqueue(JOB, dedup_key=key, today=local.date())
    return True


@job(JOB)
def _run_daily_job(context: JobContext, *, today: str) -> None:
    run_daily(current_tenant_id(), date.fromisoformat(today))
