"""``manage.py restore``: a backup into an empty database, proved by counting."""

import json
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from psycopg import sql

from core.management.dumps import (
    TABLES,
    Address,
    address_of,
    backup_address,
    connected,
    count_rows,
    manifest_path,
    run_program,
)
from core.management.erasures import known_erasures, replay_in
from core.operations.erasure_list import Erased, write_list

# The search functions belong to this role; only it may say who calls them.
SEARCH_ROLE = "telaio_search"


class Command(BaseCommand):
    """Restores as the tables' owner, compares the rows of each table with the manifest, and fails if one differs.

    Refuses a database that has tables. The walls (row-level security, composite keys, grants) come back with it. Then
    everybody who was erased since the backup is erased again: the list beside the files and the database in use say
    who (ADR 0006).
    """

    help = "Restore a backup into an empty database and compare the number of rows of each table."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file written by manage.py backup")
        parser.add_argument("--database", default="", help="make a new database of this name on the same server")
        parser.add_argument(
            "--erasures", type=Path, help=f"the list of people to erase again (default: {settings.ERASURE_LIST})"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dump: Path = options["file"]
        try:
            manifest = json.loads(manifest_path(dump).read_text())
        except FileNotFoundError as error:
            raise CommandError(f"{error.filename} is missing: the counts of this backup.") from None
        if options["erasures"] and not options["erasures"].exists():
            raise CommandError(f"{options['erasures']} is missing: the list of people to erase again.")
        erased = known_erasures(options["erasures"] or settings.ERASURE_LIST, backup_address())
        if options["database"]:
            make_database(options["database"])
        name = options["database"] or address_of(settings.DATABASE_URL)["dbname"]
        owner = address_of(settings.OWNER_DATABASE_URL or settings.DATABASE_URL, database=name)
        restore(dump, owner)
        with connected(backup_address(database=name)) as connection:
            found = count_rows(connection)
        self.compare(manifest["rows"], found)
        self.erase_again(name, erased, kept=dump.with_name(f"{dump.name}.erasures.jsonl"))

    def erase_again(self, database: str, erased: list[Erased], *, kept: Path) -> None:
        """Erase in the restored database whoever is on the list, and say how many stood there again.

        The whole list is left in ``kept``, for a backup that has to be migrated before anybody can be erased in it.
        """
        if not erased:
            self.stdout.write("Nobody is on the list of erasures.")
            return
        write_list(kept, erased)
        self.stdout.write(replay_in(database, kept))

    def compare(self, expected: dict[str, int], found: dict[str, int]) -> None:
        """Print one line a table that differs, and fail for the first of them."""
        differing = sorted(name for name in {*expected, *found} if expected.get(name) != found.get(name))
        for name in differing:
            self.stderr.write(f"{name}: {expected.get(name, 'none')} in the backup, {found.get(name, 'none')} here")
        if differing:
            raise CommandError(f"{len(differing)} tables differ from the backup.")
        self.stdout.write(f"Restored: {sum(found.values())} rows in {len(found)} tables, all as in the backup.")


def make_database(name: str) -> None:
    """A new, empty database that belongs to the tables' owner; raises CommandError when the name is taken."""
    with connected(address_of(settings.OWNER_DATABASE_URL or settings.DATABASE_URL)) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            raise CommandError(f"There is a database {name} already.")
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))


def restore(dump: Path, owner: Address) -> None:
    """Bring everything back, all or nothing; then what only the search role may grant."""
    with connected(owner) as connection:
        if connection.execute(TABLES).fetchone():
            raise CommandError(f"The database {owner['dbname']} has tables: restore into an empty one (--database).")
    contents = run_program("pg_restore", "--list", str(dump), address={}).splitlines()
    of_search = [line for line in contents if " ACL " in line and line.endswith(SEARCH_ROLE)]
    as_owner = [line for line in contents if line not in of_search]
    with search_may_own(owner), tempfile.TemporaryDirectory() as folder:
        for number, (lines, options) in enumerate(
            ((as_owner, ("--single-transaction",)), (of_search, (f"--role={SEARCH_ROLE}", "--exit-on-error")))
        ):
            chosen = Path(folder) / f"{number}.list"
            chosen.write_text("\n".join(lines) + "\n")
            target = (f"--use-list={chosen}", f"--dbname={owner['dbname']}", str(dump))
            run_program("pg_restore", *options, *target, address=owner)


@contextmanager
def search_may_own(owner: Address) -> Iterator[None]:
    """Let the search role become owner of functions for the length of the block, as the migrations do."""
    role = sql.Identifier(SEARCH_ROLE)
    with connected(owner) as connection:
        connection.execute(sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(role))
        try:
            yield
        finally:
            connection.execute(sql.SQL("REVOKE CREATE ON SCHEMA public FROM {}").format(role))
