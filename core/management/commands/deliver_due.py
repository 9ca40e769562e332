"""``manage.py deliver_due``: by hand what beat and the workers do by themselves."""

import time
from argparse import ArgumentParser
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand
from django.utils import timezone

from core.jobs.daily import run_daily
from core.jobs.running import run_due_jobs
from core.operations.delivery import deliver_due
from core.queries.tenant import active_tenants

PAUSE_SECONDS = 15


class Command(BaseCommand):
    """Does the daily work, runs due jobs and sends due mail of every tenant. Safe beside running workers."""

    help = "Do the daily work, run due jobs and send due mail of every tenant."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="end afterwards, do not start again after 15 seconds")
        parser.add_argument("--today", type=date.fromisoformat, help="the day to do the daily work of (YYYY-MM-DD)")

    def handle(self, *args: Any, **options: Any) -> None:
        self.round(options["today"])
        while not options["once"]:
            time.sleep(PAUSE_SECONDS)
            self.round(options["today"])

    def round(self, today: date | None) -> None:
        """Visit every tenant once and print what was done."""
        jobs = mails = tenants = 0
        for tenant in active_tenants():
            run_daily(tenant.pk, today or timezone.localdate(timezone=ZoneInfo(tenant.time_zone)))
            jobs += run_due_jobs(tenant.pk)
            mails += deliver_due(tenant.pk)
            tenants += 1
        self.stdout.write(f"tenants={tenants} jobs={jobs} mails={mails}")
