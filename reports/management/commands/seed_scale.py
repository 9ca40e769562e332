"""Fill a database for measurements: ``manage.py seed_scale --tenants 1000 --stakeholders 1000000 --big 10000``."""

import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.seed.plan import Amounts, PlanError, planned
from reports.seed.sowing import AlreadySownError, sow


class Command(BaseCommand):
    """Totals are shared out over the tenants; the same numbers and seed give the same rows."""

    help = "Write many invented rows quickly, for measurements. Not for a database people work in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenants", type=int, default=1)
        parser.add_argument("--stakeholders", type=int, default=10_000, help="in all tenants together")
        parser.add_argument("--tasks", type=int, default=1_000, help="in all tenants together")
        parser.add_argument("--indicators", type=int, default=10, help="in all tenants together, each with a goal")
        parser.add_argument("--periods", type=int, default=8, help="values of each indicator")
        parser.add_argument("--groups", type=int, default=0, help="of each value, four to a breakdown, at most 16")
        parser.add_argument("--partnerships", type=int, default=1, help="in all together, at least one in each")
        parser.add_argument("--members", type=int, default=10, help="of each partnership, each with a person")
        parser.add_argument(
            "--big", type=int, default=0, help="stakeholders of the first tenant; the others share the rest"
        )
        parser.add_argument(
            "--register", action="store_true", help="with contacts, numbers, tags, talks, offers, relations, maps ..."
        )
        parser.add_argument("--slug-prefix", default="scale")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--today", type=date.fromisoformat, default=None, help="what dates are counted from")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        names = ("stakeholders", "partnerships", "members", "tasks", "indicators", "periods", "groups")
        try:
            plan = planned(
                Amounts(**{name: options[name] for name in names}),
                tenants=options["tenants"],
                big=options["big"],
                seed=options["seed"],
                slug_prefix=options["slug_prefix"],
                today=options["today"] or timezone.localdate(),
                with_register=options["register"],
            )
            rows = sow(plan, on_progress=self._tell if options["verbosity"] > 1 else None)
        except (PlanError, AlreadySownError) as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(f"{rows:,} rows in {len(plan.tenants)} spaces, {time.monotonic() - started:.0f} s")

    def _tell(self, done: int, total: int) -> None:
        self.stdout.write(f"{done} of {total} spaces")
