"""A CSV import beside a raw COPY and upsert: ``python -m bench.inside.imports ours|raw SLUG ROWS``."""

import resource
import sys
from pathlib import Path
from typing import Any

from bench.inside import Clock, start, tell

HEADER = "Denominazione;Codice fiscale;Comune;Provincia;E-mail;Settore"


def tax_code(number: int) -> str:
    """An invented code of eleven digits: a number, a province from 001 to 100 and the right check digit."""
    body = f"8{number // 100:06d}{1 + number % 100:03d}"
    doubled = [
        int(digit) * 2 - (9 if int(digit) > 4 else 0) if place % 2 else int(digit) for place, digit in enumerate(body)
    ]
    return body + str(-sum(doubled) % 10)


def rows(count: int) -> Any:
    """The same invented bodies every time."""
    kinds = ("Associazione", "Cooperativa", "Circolo", "Società")
    for number in range(1, count + 1):
        name = f"{kinds[number % 4]} L'Aquilone {number} di Forlì Vecchia"
        yield (
            name,
            tax_code(number),
            f"Ponteverde {number % 300}",
            "Lagunare",
            f"info{number}@aquilone.example",
            "nonprofit",
        )


def write_file(path: Path, count: int) -> None:
    with path.open("w") as file:
        file.write(HEADER + "\n")
        for row in rows(count):
            file.write(";".join(row) + "\n")


def ours(slug: str, path: Path, count: int) -> dict[str, Any]:
    from core.models import Tenant
    from core.tabular.limits import MEBIBYTE, Limits
    from core.tabular.reading import open_table
    from core.tenancy.context import tenant_scope
    from stakeholders.operations.stakeholder_import import ImportRefusedError, import_stakeholders
    from stakeholders.rules.import_fields import ColumnMapping, guess_columns

    tenant = Tenant.objects.get(slug=slug)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    limits = Limits(max_bytes=500 * MEBIBYTE, max_rows=1_000_000)
    try:
        with Clock() as clock, tenant_scope(tenant.pk), open_table(path, filename=path.name, limits=limits) as table:
            outcome = import_stakeholders(table=table, mapping=ColumnMapping(guess_columns(table.header)), by=None)
    except ImportRefusedError as refusal:
        raise RuntimeError(f"refused: {refusal.outcome.errors[:3]}") from refusal
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if outcome.added_count != count:
        raise RuntimeError(f"{outcome.added_count} of {count} rows were added; {outcome.error_count} errors")
    return {"seconds": clock.seconds, "cpu": clock.cpu, "peak_mib": peak / 1024, "growth_mib": (peak - before) / 1024}


def raw(slug: str, path: Path, count: int) -> dict[str, Any]:
    """COPY the file's own columns into a temporary table and insert them: no check, no comparison, no audit."""
    from django.db import connection

    from core.models import Tenant
    from core.tenancy.context import tenant_scope

    tenant = Tenant.objects.get(slug=slug)
    with Clock() as clock, tenant_scope(tenant.pk), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE raw (name text, tax_code text, place text, province text, email text, sector text) "
            "ON COMMIT DROP"
        )
        with path.open("rb") as file, cursor.copy("COPY raw FROM STDIN (FORMAT csv, DELIMITER ';', HEADER)") as copy:
            while block := file.read(1 << 20):
                copy.write(block)
        cursor.execute(
            """
            INSERT INTO stakeholders_stakeholder (id, tenant_id, kind, name, sector, subtype, tax_code, vat_number,
              place, province, region, email, phone, website, language, description, status, source, do_not_contact,
              visibility, sort_name, search_text, created_at, updated_at)
            SELECT uuidv7(), %s, 'organisation', name, sector, '', tax_code, '', place, province, '', email, '', '', '',
              '', 'identified', 'raw', false, 1, lower(name),
              lower(name || ' ' || place || ' ' || province || ' ' || tax_code || ' ' || email), now(), now()
            FROM raw
            ON CONFLICT (tenant_id, tax_code) WHERE NOT tax_code = '' DO UPDATE SET name = excluded.name
            """,
            [tenant.pk],
        )
        added = cursor.rowcount
    if added != count:
        raise RuntimeError(f"{added} of {count} rows were added")
    return {"seconds": clock.seconds, "cpu": clock.cpu}


if __name__ == "__main__":
    mode, slug, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    path = Path(sys.argv[4])
    write_file(path, count)
    start()
    tell({"ours": ours, "raw": raw}[mode](slug, path, count))
