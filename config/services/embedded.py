"""The embedded servers for whoever has none: put into the environment, never started by importing settings.

Used by ``manage.py``, the tests and the launcher.
"""

import os
from pathlib import Path

from config.services import state
from config.services.postgres import PostgresAddress, programs, start_postgres

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def provide_database(folder: Path, *, durable: bool = True) -> None:
    """Put an embedded Postgres's addresses into the environment unless a database was named there."""
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
        return
    os.environ.update(database_environment(start_postgres(folder, durable=durable)))


def database_environment(address: PostgresAddress) -> dict[str, str]:
    """The variables that name an embedded Postgres to the settings."""
    return {
        "DATABASE_URL": address.url("telaio_app"),
        "OWNER_DATABASE_URL": address.url("telaio_owner"),
        "BACKUP_DATABASE_URL": address.url("telaio_backup"),
        "POSTGRES_PROGRAMS": str(programs()),
    }


def join_running_demo(data_dir: Path) -> None:
    """Give a command the addresses of the demo that runs on the same data, so that its links and jobs fit."""
    running = state.read(data_dir)
    if running is None:
        return
    for name in ("BASE_URL", "REDIS_URL", "TELAIO_MODE"):
        os.environ.setdefault(name, running[name])
