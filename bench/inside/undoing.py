"""An import as a worker does it, each change noted, and undone: ``python -m bench.inside.undoing SLUG ROWS FILE``."""

import sys
from pathlib import Path
from typing import Any

from bench.inside import Clock, start, tell
from bench.inside.imports import write_file


def main(slug: str, count: int, path: Path) -> dict[str, Any]:
    from django.conf import settings

    from core.models import StoredFile, Tenant, User
    from core.tabular.limits import MEBIBYTE, Limits
    from core.tabular.reading import open_table
    from core.tenancy.context import tenant_scope
    from stakeholders.models import StakeholderImport
    from stakeholders.operations.import_undo import undo_import
    from stakeholders.operations.stakeholder_import import import_entries
    from stakeholders.queries.stakeholder_import import entries_of
    from stakeholders.rules.import_fields import ColumnMapping, guess_columns

    tenant = Tenant.objects.get(slug=slug)
    by = User.objects.get(email=f"coordinator@{slug}.example")
    limits = Limits(max_bytes=500 * MEBIBYTE, max_rows=1_000_000)
    with Clock() as importing, tenant_scope(tenant.pk), open_table(path, filename=path.name, limits=limits) as table:
        stored = StoredFile.objects.create(name=path.name, storage_key=path.name, size_bytes=0)
        found = StakeholderImport.objects.create(file=stored, created_by=by, state=StakeholderImport.State.DONE)
        entries = entries_of(table, ColumnMapping(guess_columns(table.header)))
        outcome = import_entries(entries=entries, by=by, subject=found)
        found.added_count = outcome.added_count
        found.save()
    with Clock() as undoing, tenant_scope(tenant.pk):
        done = undo_import(record_id=found.pk, by=by)
    if (outcome.added_count, done.removed, done.kept) != (count, count, 0):
        raise RuntimeError(f"{outcome.added_count} were added, {done.removed} removed, {done.kept} kept")
    return {
        "import_cpu": importing.cpu,
        "import_seconds": importing.seconds,
        "undo_cpu": undoing.cpu,
        "undo_seconds": undoing.seconds,
        "limit": settings.CELERY_TASK_SOFT_TIME_LIMIT,
    }


if __name__ == "__main__":
    path = Path(sys.argv[3])
    write_file(path, int(sys.argv[2]))
    start()
    tell(main(sys.argv[1], int(sys.argv[2]), path))
