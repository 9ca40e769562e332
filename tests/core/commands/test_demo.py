"""What other programs learn about the demo."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

FACTS = {
    "DATABASE_URL": "a",
    "OWNER_DATABASE_URL": "b",
    "REDIS_URL": "c",
    "BASE_URL": "d",
    "MAIL_DIR": "e",
    "PID": str(os.getpid()),
    "BACKUP_DATABASE_URL": "f",
}
PERSON = {
    "tenant": "borgo",
    "role": "partner",
    "email": "",
    "password": "",
    "start_url": "http://localhost:8000/l/borgo/task/abc/",
    "note": "left out",
}


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.RUNNING_DEMO_FILE = tmp_path / "running.json"
    settings.DEMO_FILE = tmp_path / "demo.json"
    settings.BASE_URL = "http://localhost:9001"
    return tmp_path


def said(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_demo_env_gives_the_promised_names(folder: Path) -> None:
    (folder / "running.json").write_text(json.dumps(FACTS))

    promised = {name: value for name, value in FACTS.items() if name not in {"PID", "BACKUP_DATABASE_URL"}}
    assert json.loads(said("demo_env", "--json")) == {**promised, "APP_ROLE": "telaio_app"}
    assert "REDIS_URL=c\n" in said("demo_env")


def ended_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


@pytest.mark.parametrize("left", [None, "", "{}", '{"PID": "x"}', "ended"])
def test_demo_env_says_that_no_demo_runs(folder: Path, left: str | None) -> None:
    if left is not None:
        facts = json.dumps({**FACTS, "PID": str(ended_process())}) if left == "ended" else left
        (folder / "running.json").write_text(facts)
    with pytest.raises(CommandError, match="make demo"):
        said("demo_env", "--json")


def test_demo_env_names_what_a_demo_does_not_tell(folder: Path) -> None:
    known = {name: value for name, value in FACTS.items() if name != "REDIS_URL"}
    (folder / "running.json").write_text(json.dumps(known))
    with pytest.raises(CommandError, match="REDIS_URL"):
        said("demo_env", "--json")


def test_demo_accounts_are_given_with_the_address_of_now(folder: Path) -> None:
    (folder / "demo.json").write_text(json.dumps([PERSON]))

    [person] = json.loads(said("demo_accounts", "--json"))

    assert list(person) == ["tenant", "role", "email", "password", "start_url"]
    assert person["start_url"] == "http://localhost:9001/l/borgo/task/abc/"
    assert "borgo  partner" in said("demo_accounts")


def test_demo_accounts_says_that_there_are_no_data(folder: Path) -> None:
    with pytest.raises(CommandError, match="make demo"):
        said("demo_accounts")
