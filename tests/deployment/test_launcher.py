"""``make demo``: one process to start and to stop everything."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from config.services import state
from config.services.embedded import BASE_DIR
from config.services.launcher import login_lines
from config.services.redis import free_port
from tests.deployment.conftest import REAL_SETTINGS


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    """A data folder, kept from one start to the next as a person's is; not in pytest's own, which each new pytest on the machine closes to the database's account."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder).resolve()


@contextmanager
def launched(data_dir: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    """A launcher without demo data; ended at the latest with the block, whatever the test came to."""
    demo = subprocess.Popen(
        [sys.executable, "-m", "config.services.launcher", "--empty", "--port", str(port), "--data-dir", str(data_dir)],
        cwd=BASE_DIR,
        env=dict(os.environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with demo:
        try:
            yield demo
        finally:
            demo.terminate()
            demo.communicate(timeout=60)


def said_until(demo: "subprocess.Popen[str]", words: str) -> list[str]:
    """What it prints up to a line with ``words``; fails when it ends before."""
    assert demo.stdout is not None
    lines = []
    for line in demo.stdout:
        lines.append(line)
        if words in line:
            return lines
    raise AssertionError("".join(lines))


def working_on(data_dir: Path) -> list[str]:
    """Processes that have the folder in their command or work in it."""
    found = []
    for process in psutil.process_iter(["cmdline", "cwd", "environ", "status"]):
        facts = process.info
        place = (*(facts["cmdline"] or ()), facts["cwd"] or "", (facts["environ"] or {}).get("DATA_DIR", ""))
        if facts["status"] != psutil.STATUS_ZOMBIE and any(str(data_dir) in word for word in place):
            found.append(" ".join(facts["cmdline"] or ()))
    return found


@pytest.mark.slow  # two starts of everything
@pytest.mark.parametrize("sign", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.drill)])
def test_demo_starts_tells_how_to_reach_it_and_leaves_nothing_behind(sign: int, data_dir: Path) -> None:
    port = free_port()
    with launched(data_dir, port) as demo:
        said_until(demo, f"Telaio is ready: http://localhost:{port}/")
        variables = {**os.environ, "DATA_DIR": str(data_dir), "DATABASE_URL": ""}
        told = subprocess.run(
            [sys.executable, "manage.py", "demo_env", "--json"],
            cwd=BASE_DIR,
            env={**variables, **REAL_SETTINGS},
            capture_output=True,
            check=True,
        )
        facts = json.loads(told.stdout)
        assert list(facts) == ["DATABASE_URL", "OWNER_DATABASE_URL", "APP_ROLE", "REDIS_URL", "BASE_URL", "MAIL_DIR"]
        assert facts["BASE_URL"] == f"http://localhost:{port}"
        assert facts["APP_ROLE"] == "telaio_app"
        with urllib.request.urlopen(f"{facts['BASE_URL']}/healthz", timeout=10) as answer:
            assert answer.status == 200
        with launched(data_dir, free_port()) as second:
            assert "a demo already runs" in second.communicate(timeout=30)[0]
            assert second.returncode == 1
        demo.send_signal(sign)
        said = demo.communicate(timeout=60)[0]
    assert demo.returncode == 0, said
    assert "Stopped." in said
    assert working_on(data_dir) == []
    assert state.left_behind(data_dir) is None


@pytest.mark.slow  # starts everything
def test_demo_ends_with_the_words_of_a_process_that_died(data_dir: Path) -> None:
    with launched(data_dir, free_port()) as demo:
        said_until(demo, "Telaio is ready")
        beat = next(child for child in psutil.Process(demo.pid).children() if "beat" in child.cmdline())
        beat.kill()
        said = demo.communicate(timeout=60)[0]
    assert demo.returncode == 1
    assert "beat ended with code -9" in said
    assert working_on(data_dir) == []


def test_demo_refuses_a_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with launched(tmp_path, port) as demo:
            said, _nothing = demo.communicate(timeout=30)

    assert said == f"Telaio: port {port} is in use; choose another: make demo PORT={port + 1}\n"
    assert list(tmp_path.iterdir()) == []


def test_logins_are_shown_with_the_address_of_now(tmp_path: Path) -> None:
    person = {
        "tenant": "borgo",
        "role": "coordinator",
        "email": "giulia@borgo.example",
        "password": "a plain sentence",
        "start_url": "http://localhost:8000/s/borgo/?a=1",
    }
    (tmp_path / "demo.json").write_text(
        json.dumps([person, {"tenant": "borgo", "role": "resident", "start_url": "/p/borgo/follow/"}])
    )

    first, second = login_lines(tmp_path / "demo.json", "http://localhost:9999")

    assert first.split() == [
        *("borgo", "coordinator", "giulia@borgo.example", "a", "plain", "sentence"),
        "http://localhost:9999/s/borgo/?a=1",
    ]
    assert "(no account: open the address)" in second
    assert second.endswith("  http://localhost:9999/p/borgo/follow/")


def test_state_of_a_process_that_is_gone_counts_as_left_behind(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    state.path_in(tmp_path).write_text(json.dumps({"PID": str(gone.pid), "BASE_URL": "x"}))

    assert state.read(tmp_path) is None
    assert state.left_behind(tmp_path) == {"PID": str(gone.pid), "BASE_URL": "x"}


def test_state_of_a_running_process_can_be_read_by_its_account_only(tmp_path: Path) -> None:
    state.write(tmp_path, {"BASE_URL": "x"})

    assert state.read(tmp_path) == {"BASE_URL": "x", "PID": str(os.getpid())}
    assert state.path_in(tmp_path).stat().st_mode & 0o077 == 0
