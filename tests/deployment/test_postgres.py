"""The embedded Postgres and the start script of the container's, against a real server."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from config.services.postgres import PostgresAddress, is_running, programs, start_postgres, stop_postgres

# Each makes a database cluster of its own, a second or two.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address() -> Iterator[PostgresAddress]:
    """A fresh server in a folder whose path no socket may have: too long, with a space.

    Not in pytest's own folder: each new pytest on the machine closes that one to other accounts, the database's too.
    """
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / ("a long name " + "x" * 90) / "postgres"
        yield start_postgres(folder)
        stop_postgres(folder)
        assert not is_running(folder)


def test_embedded_server_has_the_roles_of_a_deployment(address: PostgresAddress) -> None:
    with psycopg.connect(address.url("postgres")) as connection:
        found = connection.execute(
            "SELECT rolname, rolcanlogin, rolsuper, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname LIKE 'telaio%' ORDER BY 1"
        ).fetchall()

    assert found == [
        ("telaio_app", True, False, False, False),
        ("telaio_backup", True, False, False, True),
        ("telaio_owner", True, False, True, False),
        ("telaio_search", False, False, False, True),
    ]


def test_embedded_server_sorts_by_code_points_and_knows_small_letters(address: PostgresAddress) -> None:
    with psycopg.connect(address.url("telaio_app")) as connection:
        assert connection.execute("SELECT lower('CITTÀ'), 'Z' < 'a'").fetchone() == ("città", True)


def test_starting_again_finds_the_running_server(address: PostgresAddress) -> None:
    assert start_postgres(address.folder) == address


def test_killed_server_comes_back_with_what_it_acknowledged(address: PostgresAddress) -> None:
    with psycopg.connect(address.url("telaio_owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS row")
    pid = int((address.folder / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, 9)

    again = start_postgres(address.folder)

    with psycopg.connect(again.url("telaio_owner")) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1,)


def test_container_start_script_sets_passwords_and_closes_the_database(
    address: PostgresAddress, tmp_path: Path
) -> None:
    for role in ("owner", "app", "backup"):
        (tmp_path / f"{role}_password").write_text(f"it's the {role}'s\n")
    variables = {
        "PATH": f"{programs()}:{os.environ['PATH']}",
        "PGHOST": address.socket_folder,
        "SECRETS_FOLDER": str(tmp_path),
        "ROLES_FILE": str(settings.BASE_DIR / "config" / "services" / "roles.sql"),
    }
    script = settings.BASE_DIR / "docker" / "postgres" / "init.sh"
    done = subprocess.run([script], env=variables, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    with psycopg.connect(address.url("postgres")) as connection:
        with_password = connection.execute(
            "SELECT rolname FROM pg_authid WHERE rolname LIKE 'telaio%' AND rolpassword LIKE 'SCRAM%' ORDER BY 1"
        ).fetchall()
        rights = connection.execute("SELECT has_database_privilege('telaio_search', 'telaio', 'CONNECT')").fetchone()
    assert [name for (name,) in with_password] == ["telaio_app", "telaio_backup", "telaio_owner"]
    assert rights == (False,)
