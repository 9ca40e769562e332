"""``manage.py import_stakeholders``: a CSV or XLSX file into a space's register, all of it or nothing."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from core.models import Tenant
from core.queries.tenant import tenant_with_slug
from core.tabular.errors import TableError
from core.tabular.limits import MEBIBYTE, Limits
from core.tabular.reading import open_table
from core.tenancy.context import tenant_scope
from stakeholders.operations.stakeholder_import import ImportOutcome, ImportRefusedError, import_stakeholders
from stakeholders.rules.import_fields import IMPORT_FIELDS, ColumnMapping, MappingError, guess_columns

DONE, ROWS_REFUSED, USAGE, UNREADABLE = 0, 1, 2, 3
# Whoever has a shell on the server may bring more than the page takes.
LIMITS = Limits(max_bytes=500 * MEBIBYTE, max_rows=1_000_000)
MOST_SHOWN = 50


class Command(BaseCommand):
    """Import stakeholders from a file.

    Exit codes: 0 imported (or, with --dry-run, nothing to refuse); 1 rows cannot be used and nothing was imported;
    2 unknown space, column or field; 3 the file cannot be read.
    """

    help = __doc__.strip()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--tenant", required=True, help="short name of the space")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            help=f"what a column holds; an empty field leaves it out. Fields: {', '.join(IMPORT_FIELDS)}",
        )
        parser.add_argument(
            "--default", action="append", default=[], metavar="FIELD=VALUE", help="kind or sector of every row"
        )
        parser.add_argument("--skip-bad-rows", action="store_true", help="leave rows out that cannot be used")
        parser.add_argument("--dry-run", action="store_true", help="check the whole file and store nothing")
        parser.add_argument("--json", action="store_true", help="tell the outcome as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        tenant = tenant_with_slug(options["tenant"])
        if tenant is None:
            raise CommandError(f"There is no space {options['tenant']!r}.", returncode=USAGE)
        try:
            with translation.override(tenant.default_language):
                outcome, refused = self._run(tenant, options)
        except MappingError as error:
            raise CommandError(str(error), returncode=USAGE) from error
        except (TableError, OSError) as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error
        self._tell(outcome, refused=refused, options=options)
        if refused:
            sys.exit(ROWS_REFUSED)

    def _run(self, tenant: Tenant, options: dict[str, Any]) -> tuple[ImportOutcome, bool]:
        path: Path = options["file"]
        with tenant_scope(tenant.pk), open_table(path, filename=path.name, limits=LIMITS) as table:
            columns = guess_columns(table.header) | _pairs(options["map"])
            mapping = ColumnMapping({name: fact for name, fact in columns.items() if fact}, _pairs(options["default"]))
            try:
                outcome = import_stakeholders(
                    table=table,
                    mapping=mapping,
                    by=None,
                    dry_run=options["dry_run"],
                    skip_bad_rows=options["skip_bad_rows"],
                    source=path.name,
                )
            except ImportRefusedError as refusal:
                return refusal.outcome, True
        return outcome, bool(options["dry_run"] and outcome.error_count and not options["skip_bad_rows"])

    def _tell(self, outcome: ImportOutcome, *, refused: bool, options: dict[str, Any]) -> None:
        stored = not refused and not options["dry_run"]
        counts = {
            "rows": outcome.row_count,
            "added": outcome.added_count if stored else 0,
            "would_add": 0 if stored else outcome.added_count,
            "known": outcome.known_count,
            "left_out": outcome.bad_row_count,
            "mended": outcome.mended_count,
            "error_count": outcome.error_count,
        }
        if options["json"]:
            errors = [{"row": e.number, "column": e.column, "reason": str(e.reason)} for e in outcome.errors]
            self.stdout.write(json.dumps({**counts, "stored": stored, "errors": errors}, ensure_ascii=False))
            return
        self.stdout.write(", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in counts.items()))
        for error in outcome.errors[:MOST_SHOWN]:
            self.stderr.write(str(error))
        if outcome.error_count > MOST_SHOWN:
            self.stderr.write(f"... {outcome.error_count - MOST_SHOWN} more")
        if refused and not options["dry_run"]:
            self.stderr.write("Nothing was imported. Mend these rows, or leave them out with --skip-bad-rows.")


def _pairs(texts: list[str]) -> dict[str, str]:
    pairs = {}
    for text in texts:
        name, sign, value = text.rpartition("=")
        if not sign or not name:
            raise MappingError("%(text)s: write COLUMN=FIELD", text=text)
        pairs[name] = value
    return pairs
