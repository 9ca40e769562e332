"""A migrated database of their own for tests that start real processes, which see only what was committed."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

BASE = settings.BASE_DIR
# pytest puts its own settings into the environment; what is started here runs with the product's.
REAL_SETTINGS = {"DJANGO_SETTINGS_MODULE": "config.settings"}


def in_database(url: str, name: str) -> str:
    """The same server and role, another database."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@dataclass(frozen=True)
class Deployment:
    """One database and the variables that name it to commands and processes."""

    name: str
    variables: dict[str, str]

    def manage(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a management command as an operator would."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=BASE,
            env={**os.environ, **self.variables, **variables},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the backup role reads, past the walls."""
        with psycopg.connect(self.variables["BACKUP_DATABASE_URL"]) as connection:
            return connection.execute(query).fetchall()

    def named(self, name: str) -> "Deployment":
        """Another database on the same server."""
        urls = {key: in_database(value, name) for key, value in self.variables.items() if key.endswith("DATABASE_URL")}
        return replace(self, name=name, variables={**self.variables, **urls})


@pytest.fixture(scope="session")
def databases() -> Iterator[Callable[[str], None]]:
    """Note the name of a database to be dropped at the end."""
    names: list[str] = []
    yield names.append
    with psycopg.connect(settings.OWNER_DATABASE_URL, autocommit=True) as connection:
        for name in names:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def deployment(databases: Callable[[str], None], tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """A migrated, empty database; mails and files of its commands go to a folder of their own."""
    name = f"{settings.DATABASES['default']['TEST']['NAME'].split('_gw')[0]}_deployment_{os.getpid()}"
    folder: Path = tmp_path_factory.mktemp("deployment")
    urls = {key: getattr(settings, key) for key in ("DATABASE_URL", "OWNER_DATABASE_URL", "BACKUP_DATABASE_URL")}
    made = Deployment("", {**urls, "DATA_DIR": str(folder), "TELAIO_MODE": "demo", **REAL_SETTINGS}).named(name)
    with psycopg.connect(settings.OWNER_DATABASE_URL, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    databases(name)
    migrated = made.manage("migrate", "--verbosity", "0")
    assert migrated.returncode == 0, migrated.stderr
    for slug in ("borgo", "riverside"):
        created = made.manage("create_tenant", "--slug", slug, "--name", slug, "--admin-email", f"admin@{slug}.example")
        assert created.returncode == 0, created.stderr
    return made
