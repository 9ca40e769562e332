"""What cannot wait for the day's round: asked for with it, at most once an hour in each tenant, and only where needed.

It runs some minutes after an hour began, whatever happened in the hour before: so it tells nobody when that was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from core.jobs.queue import enqueue
from core.jobs.registry import JobContext, job
from core.models import Job
from core.tenancy.context import tenant_scope

JOB = "core.run_hourly"


@dataclass(frozen=True)
class HourlyWork:
    """``function(now=...)``, safe to run twice, and the cheap question whether there is anything for it to do."""

    function: Callable[..., object]
    is_needed: Callable[..., bool]


_hourly: list[HourlyWork] = []


def register_hourly(function: Callable[..., object], *, is_needed: Callable[..., bool]) -> None:
    """Have ``function(now=...)`` called once an hour inside each tenant where ``is_needed(now=...)`` says so."""
    work = HourlyWork(function, is_needed)
    if work not in _hourly:
        _hourly.append(work)


def ask_for_hourly(tenant_id: int, *, now: datetime) -> bool:
    """Write the job of the hour unless it was written before or nothing is needed; returns whether it was written."""
    key = f"hourly {now:%Y-%m-%d %H}"
    with tenant_scope(tenant_id):
        if Job.objects.filter(name=JOB, dedup_key=key).exists():
            return False
        if not any(work.is_needed(now=now) for work in _hourly):
            return False
        enqueue(JOB, dedup_key=key)
    return True


@job(JOB)
def _run_hourly_job(context: JobContext) -> None:
    now = timezone.now()
    for work in _hourly:
        work.function(now=now)
