"""``manage.py backup``: every tenant's rows in one file, with the counts that a restore is compared with."""

import json
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from core.management.dumps import backup_address, connected, count_rows, manifest_path, run_program


class Command(BaseCommand):
    """Writes a dump in Postgres's custom format, and beside it ``<file>.json`` with the rows of each table.

    Both see the same moment. Uploaded files are not in it: copy MEDIA_ROOT afterwards.
    """

    help = "Dump the database with the backup role, and count its rows."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where to write the dump")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        address = backup_address()
        # Written aside: a backup that was cut short must not look like one.
        aside = file.with_name(f"{file.name}.part")
        aside.touch(mode=0o600)
        with connected(address, autocommit=False) as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            row = connection.execute("SELECT pg_export_snapshot()").fetchone()
            snapshot = str(row[0]) if row else ""
            run_program("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={aside}", address=address)
            counts = count_rows(connection)
        manifest = {"taken_at": datetime.now(UTC).isoformat(timespec="seconds"), "rows": counts}
        manifest_path(file).write_text(json.dumps(manifest, indent=2) + "\n")
        aside.replace(file)
        self.stdout.write(f"{file}: {sum(counts.values())} rows in {len(counts)} tables")
