"""``manage.py erasures``: the list of people erased, kept outside the database and done again after a restore."""

from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from core.models import Erasure, Tenant
from core.operations.erasure_list import Erased, read_list, write_list
from core.queries.tenant import remember_tenant
from core.tenancy.context import tenant_scope
from stakeholders.operations.personal_data import replay_erasures


class Command(BaseCommand):
    """Writes the list of every space into a file, or erases again whoever a file names. It holds ids alone."""

    help = "Write the list of erasures to a file, or erase again who is on one (after a restore)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--export", type=Path, metavar="FILE", help="write the whole list of this database")
        which.add_argument("--replay", type=Path, metavar="FILE", help="erase again everybody on this list")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["export"]:
            count = write_list(options["export"], self.erased())
            self.stdout.write(f"{options['export']}: {count} erasures")
        else:
            self.replay(options["replay"])

    def erased(self) -> list[Erased]:
        """Every erasure of every space, also of those that are closed."""
        found: list[Erased] = []
        for tenant in Tenant.objects.order_by("pk"):
            with tenant_scope(tenant.pk):
                rows = Erasure.objects.order_by("erased_at").values_list("person_id", "erased_at")
                found += [Erased(tenant.pk, person_id, moment.isoformat()) for person_id, moment in rows]
        return found

    def replay(self, file: Path) -> None:
        """Go space by space; what could not be erased is named, and the command fails."""
        if not file.exists():
            raise CommandError(f"{file} is missing.")
        by_tenant: dict[int, list[UUID]] = defaultdict(list)
        for one in read_list(file):
            by_tenant[one.tenant_id].append(one.person_id)
        again, refused = 0, []
        for tenant in Tenant.objects.filter(pk__in=by_tenant).order_by("pk"):
            remember_tenant(None)
            with tenant_scope(tenant.pk):
                count, reasons = replay_erasures(person_ids=by_tenant[tenant.pk])
            again += count
            refused += [f"{tenant.slug} {reason}" for reason in reasons]
        self.stdout.write(f"Erased again: {again} of {sum(map(len, by_tenant.values()))} on the list.")
        if refused:
            raise CommandError("Not erased: " + "; ".join(refused))
