"""The processes of docker-compose.yml, started by the same commands with the same settings, without containers."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path

import psutil
import pytest
from packaging.utils import canonicalize_name

from config.services import processes
from config.services.children import ChildFailedError, Children
from config.services.embedded import BASE_DIR
from config.services.health import OLDEST_HEARTBEAT, is_younger
from config.services.redis import free_port, start_redis
from tests.deployment.conftest import REAL_SETTINGS, Deployment

# Real servers start and stop here: ten seconds and more.
pytestmark = pytest.mark.slow
REFUSE = """
import sys

class OnlyForWork:
    def find_spec(self, name, path=None, target=None):
        if name in {names}:
            raise ModuleNotFoundError(f"{{name}} is not in requirements.lock")

sys.meta_path.insert(0, OnlyForWork())
"""
SECRET = "a secret of this test, long enough for production 0123456789"


@dataclass
class Running:
    """What was started, where it listens, and how it is asked."""

    children: Children
    port: int
    deployment: Deployment
    folder: Path

    def get(self, path: str) -> tuple[int, str]:
        """Ask the web server as the reverse proxy does."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", headers={"X-Forwarded-Proto": "https", "Host": "telaio.example"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()

    def all_processes(self) -> list[psutil.Process]:
        """Every process that belongs to what was started."""
        parents = [psutil.Process(child.process.pid) for child in self.children.running]
        return [process for parent in parents for process in (parent, *parent.children(recursive=True))]


def wait_until(happened: Callable[[], bool], *, within: float, running: Running | None = None) -> None:
    """Look again and again until something happened; fails when a process died or time is over."""
    deadline = time.monotonic() + within
    while not happened():
        if running:
            running.children.check()
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def answers(running: Running) -> bool:
    """Whether the web server says that it is ready."""
    try:
        return running.get("/readyz")[0] == 200
    except OSError:
        return False


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, deployment: Deployment) -> Path:
    """Secrets in files and collected static files, as in the image."""
    folder = tmp_path_factory.mktemp("processes")
    (folder / "secret_key").write_text(SECRET + "\n")
    (folder / "database_url").write_text(deployment.variables["DATABASE_URL"] + "\n")
    return folder


def modules_of_development() -> set[str]:
    """What only requirements-dev.lock brings: the image does not have it."""
    lock = (BASE_DIR / "requirements.lock").read_text()
    in_image = {
        canonicalize_name(name) for name in re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==", lock, flags=re.MULTILINE)
    }
    return {
        module
        for module, owners in packages_distributions().items()
        if not in_image & {canonicalize_name(owner) for owner in owners}
    }


@pytest.fixture
def running(folder: Path, deployment: Deployment) -> Iterator[Running]:
    """Redis, web, worker, documents and beat in production mode."""
    redis, redis_url = start_redis(folder / "redis")
    refused = modules_of_development()
    assert "pytest" in refused
    assert "celery" not in refused
    (folder / "sitecustomize.py").write_text(REFUSE.format(names=refused))
    environment = {
        **REAL_SETTINGS,
        "PYTHONPATH": str(folder),
        "TELAIO_MODE": "production",
        "BASE_URL": "https://telaio.example",
        "SECRET_KEY_FILE": str(folder / "secret_key"),
        "DATABASE_URL_FILE": str(folder / "database_url"),
        "DATABASE_URL": "",
        "OWNER_DATABASE_URL": "",
        "BACKUP_DATABASE_URL": "",
        "DATA_DIR": str(folder),
        "REDIS_URL": redis_url,
        "HEARTBEAT_FILE": str(folder / "heartbeat"),
    }
    children = Children(folder / "logs", environment)
    port = free_port()
    for process in processes.all_processes(host="127.0.0.1", port=port, schedule=folder / "schedule"):
        children.start(process.name, processes.on_this_machine(process))
    children.adopt("redis", redis, folder / "redis" / "redis.log")
    yield Running(children, port, deployment, folder)
    children.stop(within=processes.SECONDS_TO_STOP)


def test_processes_serve_work_and_stop(running: Running) -> None:
    wait_until(lambda: answers(running), within=60, running=running)
    assert running.get("/healthz") == (200, "ok\n")
    assert json.loads(running.get("/readyz")[1]) == {"ready": True, "database": True, "migrations": True, "redis": True}

    # Enqueued without a nudge, as if Redis had been away: beat's sweeper sees to it, the worker does it.
    asked = running.deployment.manage(
        "shell",
        "--verbosity=0",
        "--command=from core.tenancy.context import tenant_scope; from core.jobs import enqueue; from datetime import date\n"
        "with tenant_scope(1): enqueue('core.run_daily', dedup_key='by hand', today=date(2026, 11, 2))",
    )
    assert asked.returncode == 0, asked.stderr
    state = "SELECT state FROM core_job WHERE dedup_key = 'by hand'"
    wait_until(lambda: running.deployment.rows(state) == [("done",)], within=60, running=running)
    wait_until(lambda: is_younger(running.folder / "heartbeat", OLDEST_HEARTBEAT), within=20, running=running)

    # Each leaves by itself after SIGTERM, in time, with all it started.
    everything = running.all_processes()
    mains = [child.process for child in running.children.running if child.name != "redis"]
    assert len(mains) == 4
    for process in mains:
        process.send_signal(signal.SIGTERM)
    codes = [process.wait(processes.SECONDS_TO_STOP) for process in mains]
    assert codes == [0, 0, 0, 0]
    running.children.stop(within=5)
    assert [
        process for process in everything if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    ] == []


@pytest.mark.parametrize("name", ["web", "worker", "documents", "beat"])
def test_process_refuses_the_role_that_owns_the_tables(name: str, folder: Path, deployment: Deployment) -> None:
    """TEN-02: whoever could pass the walls does not get to work."""
    process = next(
        each
        for each in processes.all_processes(host="127.0.0.1", port=free_port(), schedule=folder / "refused")
        if each.name == name
    )
    children = Children(
        folder / "logs", {**deployment.variables, "DATABASE_URL": deployment.variables["OWNER_DATABASE_URL"]}
    )
    child = children.start(f"{name}-refused", processes.on_this_machine(process), REDIS_URL="memory://")
    try:
        wait_until(lambda: child.process.poll() is not None, within=60)
        with pytest.raises(ChildFailedError, match="Refusing to work as database role telaio_owner"):
            children.check()
    finally:
        children.stop(within=1)


def test_children_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    """A killed launcher leaves nothing behind (Linux)."""
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux tells children of a killed parent")
    code = (
        "import sys, time; from pathlib import Path; from config.services.children import Children\n"
        f"child = Children(Path({str(tmp_path)!r}), {{}}).start('sleeper', [sys.executable, '-c', 'import time; time.sleep(300)'])\n"
        "print(child.process.pid, flush=True); time.sleep(300)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=BASE_DIR, env=dict(os.environ)
    ) as parent:
        assert parent.stdout is not None
        sleeper = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        parent.wait()
    wait_until(lambda: not sleeper.is_running() or sleeper.status() == psutil.STATUS_ZOMBIE, within=10)
