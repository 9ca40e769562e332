"""Who was erased after a backup is not back after a restore (PRI-09), with the real programs between real databases."""

import json
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.deployment.conftest import Deployment

# Each starts Python processes and Postgres's own programs, several seconds in all.
pytestmark = pytest.mark.slow

ADD = """
from core.models import Tenant
from core.tenancy.context import tenant_scope
from stakeholders.operations.stakeholder import add_stakeholder
with tenant_scope(Tenant.objects.get(slug="borgo").pk):
    for name in ("Xanthippe Canarini", "Bruno Pane"):
        print(add_stakeholder(name=name, kind="person", email=f"{name.split()[0]}@x.example", by=None).pk)
"""
ERASE = """
from core.models import Tenant
from core.tenancy.context import tenant_scope
from stakeholders.models import Stakeholder
from stakeholders.operations.personal_data import erase_person
with tenant_scope(Tenant.objects.get(slug="borgo").pk):
    erase_person(person=Stakeholder.objects.get(pk="{}"), by=None, actor_label="test")
"""
NAMES = "SELECT name FROM stakeholders_stakeholder WHERE kind = 'person' ORDER BY name"
CANARIES = "SELECT count(*) FROM core_auditevent WHERE subject_label ILIKE '%%canarini%%'"


@pytest.fixture(scope="module")
def people(deployment: Deployment) -> list[str]:
    done = deployment.manage("shell", "--verbosity", "0", "--command", ADD)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[-2:]


@pytest.fixture(scope="module")
def dump(deployment: Deployment, people: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Taken before the erasure, so both people are in it."""
    file = tmp_path_factory.mktemp("erasures") / "telaio.dump"
    assert deployment.manage("backup", str(file)).returncode == 0
    done = deployment.manage("shell", "--verbosity", "0", "--command", ERASE.format(people[0]))
    assert done.returncode == 0, done.stderr
    assert [name for (name,) in deployment.rows(NAMES)] == ["Bruno Pane", "Erased person"]
    return file


def list_of(deployment: Deployment) -> Path:
    return Path(deployment.variables["DATA_DIR"]) / "files" / "erasures.jsonl"


def test_restore_reads_the_list_beside_the_files_and_erases_again(
    deployment: Deployment, dump: Path, people: list[str], databases: Callable[[str], None]
) -> None:
    assert json.loads(list_of(deployment).read_text())["person"] == people[0]
    copy = deployment.named(f"{deployment.name}_erased")
    databases(copy.name)
    # Nothing but the list can tell: the restored database stands in for the one in use, which is lost.
    done = copy.manage(
        "restore",
        str(dump),
        "--database",
        copy.name,
        DATABASE_URL=deployment.variables["DATABASE_URL"],
        OWNER_DATABASE_URL=deployment.variables["OWNER_DATABASE_URL"],
    )

    assert done.returncode == 0, done.stderr
    assert "all as in the backup" in done.stdout
    assert "Erased again: 1 of 1" in done.stdout
    assert [name for (name,) in copy.rows(NAMES)] == ["Bruno Pane", "Erased person"]
    assert copy.rows(CANARIES) == [(0,)]


def test_restore_without_the_list_asks_the_database_in_use(
    deployment: Deployment, dump: Path, databases: Callable[[str], None], tmp_path: Path
) -> None:
    copy = deployment.named(f"{deployment.name}_asked")
    databases(copy.name)
    done = deployment.manage("restore", str(dump), "--database", copy.name, ERASURE_LIST=str(tmp_path / "none.jsonl"))

    assert done.returncode == 0, done.stderr
    assert "Erased again: 1 of 1" in done.stdout
    assert [name for (name,) in copy.rows(NAMES)] == ["Bruno Pane", "Erased person"]


def test_list_is_written_whole_and_done_again_by_hand(
    deployment: Deployment, dump: Path, people: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "list.jsonl"
    exported = deployment.manage("erasures", "--export", str(file))
    assert exported.returncode == 0, exported.stderr
    assert [json.loads(line)["person"] for line in file.read_text().splitlines()] == [people[0]]
    assert "canarini" not in file.read_text().lower()
    # Somebody who is in no restored database has nothing to lose; doing it again does nothing.
    file.write_text(file.read_text() + json.dumps({"tenant": 1, "person": str(uuid.uuid4()), "erased_at": "x"}) + "\n")
    again = deployment.manage("erasures", "--replay", str(file))
    assert again.stdout.strip() == "Erased again: 0 of 2 on the list."


def test_list_that_cannot_be_read_stops_the_restore_before_it_begins(
    deployment: Deployment, dump: Path, databases: Callable[[str], None], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"tenant": 1, "pers')
    name = f"{deployment.name}_broken"
    databases(name)
    done = deployment.manage("restore", str(dump), "--database", name, "--erasures", str(broken))
    missing = deployment.manage("restore", str(dump), "--database", name, "--erasures", str(tmp_path / "no.jsonl"))

    assert done.returncode == missing.returncode == 1
    assert "cannot be read" in done.stderr
    assert "is missing" in missing.stderr
    assert "exist" not in missing.stderr
