"""Backup and restore with the real programs, between real databases."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from core.management.dumps import VARIABLES, address_of
from tests.deployment.conftest import Deployment

# Each starts a Python process and Postgres's own programs, several seconds in all.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def dump(deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backup") / "telaio.dump"
    done = deployment.manage("backup", str(file))
    assert done.returncode == 0, done.stderr
    return file


def schema_of(deployment: Deployment) -> str:
    """Tables, walls, functions and rights as text, in Postgres's normal form."""
    address = address_of(deployment.variables["BACKUP_DATABASE_URL"])
    program = Path(settings.POSTGRES_PROGRAMS or os.environ["POSTGRES_PROGRAMS"]) / "pg_dump"
    variables = {VARIABLES[key]: str(value) for key, value in address.items() if key in VARIABLES}
    done = subprocess.run(
        [program, "--schema-only"], env={**os.environ, **variables}, capture_output=True, text=True, check=True
    )
    return "\n".join(line for line in done.stdout.splitlines() if not line.startswith(("\\restrict", "\\unrestrict")))


def test_backup_holds_the_rows_of_every_tenant(deployment: Deployment, dump: Path) -> None:
    rows = json.loads(dump.with_name("telaio.dump.json").read_text())["rows"]

    assert rows["core_tenant"] == 2
    assert rows["core_accessscope"] == 2
    assert rows["core_auditevent"] == deployment.rows("SELECT count(*) FROM core_auditevent")[0][0] > 0
    assert dump.stat().st_mode & 0o077 == 0


def test_restore_brings_back_rows_walls_and_rights(
    deployment: Deployment, dump: Path, databases: Callable[[str], None]
) -> None:
    first, again = deployment.named(f"{deployment.name}_a"), deployment.named(f"{deployment.name}_b")
    for copy in (first, again):
        databases(copy.name)
    done = deployment.manage("restore", str(dump), "--database", first.name)
    assert done.returncode == 0, done.stderr
    assert "all as in the backup" in done.stdout

    # Postgres writes some conditions differently after one round trip, and the same ever after.
    second_dump = dump.with_name("second.dump")
    assert first.manage("backup", str(second_dump)).returncode == 0
    assert first.manage("restore", str(second_dump), "--database", again.name).returncode == 0
    assert schema_of(again) == schema_of(first)
    assert (
        schema_of(first).count("FORCE ROW LEVEL SECURITY")
        == schema_of(deployment).count("FORCE ROW LEVEL SECURITY")
        > 20
    )
    assert schema_of(first).count("OWNER TO telaio_search") == schema_of(deployment).count("OWNER TO telaio_search") > 0

    # The product works on it: its schema is this version's, and its role meets the walls.
    assert first.manage("migrate", "--check").returncode == 0
    delivered = first.manage("deliver_due", "--once")
    assert "tenants=2" in delivered.stdout, delivered.stderr


def test_restore_is_refused_when_the_database_has_tables(deployment: Deployment, dump: Path) -> None:
    done = deployment.manage("restore", str(dump))

    assert done.returncode == 1
    assert "restore into an empty one" in done.stderr


def test_restore_fails_when_a_table_has_lost_rows(
    deployment: Deployment, dump: Path, databases: Callable[[str], None], tmp_path: Path
) -> None:
    file = tmp_path / "short.dump"
    file.write_bytes(dump.read_bytes())
    manifest = json.loads(dump.with_name("telaio.dump.json").read_text())
    manifest["rows"]["core_tenant"] += 1
    (tmp_path / "short.dump.json").write_text(json.dumps(manifest))
    databases(f"{deployment.name}_short")

    done = deployment.manage("restore", str(file), "--database", f"{deployment.name}_short")

    assert done.returncode == 1
    assert "core_tenant: 3 in the backup, 2 here" in done.stderr


def test_restore_without_the_counts_is_refused(deployment: Deployment, tmp_path: Path) -> None:
    done = deployment.manage("restore", str(tmp_path / "nothing.dump"))

    assert done.returncode == 1
    assert "nothing.dump.json is missing" in done.stderr


def test_backup_needs_the_backup_role(deployment: Deployment, tmp_path: Path) -> None:
    owner = deployment.variables["OWNER_DATABASE_URL"]
    refused = deployment.manage("backup", str(tmp_path / "x.dump"), BACKUP_DATABASE_URL=owner)
    unnamed = deployment.manage("backup", str(tmp_path / "x.dump"), BACKUP_DATABASE_URL="")

    assert refused.returncode == unnamed.returncode == 1
    assert "row-level security" in refused.stderr
    assert "telaio_backup" in unnamed.stderr
    assert not (tmp_path / "x.dump").exists()
