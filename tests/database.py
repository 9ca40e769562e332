"""A database of its own for each worker: a copy of one that was migrated once, and again when tables would differ."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

REPOSITORY = Path(__file__).resolve().parent.parent
# Whatever decides what a migrated database holds.
MAKERS = (
    "*/migrations/*.py",
    "*/models/*.py",
    "core/tenancy/*.py",
    "core/access/*.py",
    "config/settings.py",
    "requirements.lock",
    "tests/database.py",
)
PREFIX = "telaio_template_"
GUARD_SQL = """
CREATE FUNCTION guard_neighbour() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('telaio.guarded', true) IN (NEW.tenant_id::text, OLD.tenant_id::text) THEN
        RAISE EXCEPTION 'a row of the neighbour was written' USING ERRCODE = 'XX000';
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$
"""


def connect_as(url: str) -> None:
    """Let Django's connection work as the role of an address from now on."""
    from config.settings import database_from

    entry = database_from(url)
    connection.close()
    for key in ("USER", "PASSWORD"):
        connection.settings_dict[key] = entry[key]


def provide_copy(name: str) -> None:
    """Make the database ``name`` anew and let Django's connection point at it."""
    with _maintenance() as server:
        with _one_at_a_time():
            template = template_name()
            if not _exists(server, template):
                _make_template(server, template)
        _drop(server, name)
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
    _point_at(name)


def remove_copy(name: str) -> None:
    """Drop the database ``name``."""
    connection.close()
    with _maintenance() as server:
        _drop(server, name)


def template_name() -> str:
    """The name of the migrated database that fits the tree as it is."""
    digest = hashlib.sha256()
    for pattern in MAKERS:
        for path in sorted(REPOSITORY.glob(pattern)):
            digest.update(str(path.relative_to(REPOSITORY)).encode() + path.read_bytes())
    return PREFIX + digest.hexdigest()[:16]


def _make_template(server: psycopg.Connection[Any], template: str) -> None:
    """Migrate an empty database and guard it; it gets its name last, so that a half made one is never copied."""
    from django.core.management import call_command

    for (old,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"]).fetchall():
        _drop(server, old)
    making = f"{PREFIX}making"
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
    _point_at(making)
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    call_command("createcachetable", verbosity=0)
    _guard_rows_of_the_neighbour()
    connection.close()
    server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(template)))


def _guard_rows_of_the_neighbour() -> None:
    """Let a test name a tenant whose rows nobody may write: ``set_config('telaio.guarded', id, true)``."""
    from django.apps import apps

    from core.tenancy.models import TenantModel

    with connection.cursor() as cursor:
        cursor.execute(GUARD_SQL)
        for model in apps.get_models():
            if issubclass(model, TenantModel):
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(
                    f"CREATE TRIGGER neighbour_guard BEFORE INSERT OR UPDATE OR DELETE ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION guard_neighbour()"
                )


@contextmanager
def _maintenance() -> Iterator[psycopg.Connection[Any]]:
    """A connection of the owner to the server, in no database of ours."""
    facts = psycopg.conninfo.conninfo_to_dict(settings.OWNER_DATABASE_URL)
    with closing(psycopg.connect(**{**facts, "dbname": "postgres"}, autocommit=True)) as server:
        yield server


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Wait while another worker makes the template."""
    folder = Path(os.environ["DATA_DIR"])
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _exists(server: psycopg.Connection[Any], name: str) -> bool:
    return server.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop(server: psycopg.Connection[Any], name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _point_at(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
