"""What backing up and restoring share: addresses, programs, and row counts as proof.

The tables' owner cannot dump them: forced row-level security makes ``pg_dump`` fail, or write no rows. The backup role
reads past it and can do nothing else.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import CommandError
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname
"""
VARIABLES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
Address = dict[str, Any]


def address_of(url: str, *, database: str = "") -> Address:
    """An address in parts, of another database of the same server when one is named."""
    address = conninfo_to_dict(url)
    return {**address, "dbname": database} if database else address


def backup_address(*, database: str = "") -> Address:
    """How the backup role connects; raises CommandError when nobody said."""
    if not settings.BACKUP_DATABASE_URL:
        raise CommandError("Set BACKUP_DATABASE_URL to the address of the role telaio_backup.")
    return address_of(settings.BACKUP_DATABASE_URL, database=database)


def manifest_path(dump: Path) -> Path:
    """The file beside a dump that says what is in it."""
    return dump.with_name(f"{dump.name}.json")


@contextmanager
def connected(address: Address, *, autocommit: bool = True) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """A connection; raises CommandError when the server or the role refuses."""
    try:
        connection = psycopg.connect(**address, autocommit=autocommit)
    except psycopg.OperationalError as error:
        raise CommandError(f"Cannot connect as {address.get('user')} to {address.get('dbname')}: {error}") from None
    with connection:
        yield connection


def count_rows(connection: psycopg.Connection[tuple[Any, ...]]) -> dict[str, int]:
    """Rows of every table, by name."""
    names = [str(row[0]) for row in connection.execute(TABLES).fetchall()]
    counts = {}
    for name in names:
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
        counts[name] = int(row[0]) if row else 0
    return counts


def run_program(name: str, *arguments: str, address: Address) -> str:
    """Run one of Postgres's programs; raises CommandError with its words.

    Address and password go through the environment: a command line can be read by every account of the machine.
    """
    folder = settings.POSTGRES_PROGRAMS
    program = str(Path(folder) / name) if folder else name
    variables = {VARIABLES[key]: str(value) for key, value in address.items() if key in VARIABLES}
    try:
        done = subprocess.run(
            [program, *arguments], env={**os.environ, **variables}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise CommandError(f"{name} is not here: install Postgres's client programs.") from None
    if done.returncode:
        raise CommandError(f"{name} failed: {done.stderr.strip()[-2000:]}")
    return done.stdout
