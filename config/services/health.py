"""Health of one container's process: ``python -m config.services.health web|worker|beat`` ends with 0 when it works."""

import os
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

# Workers beat every two seconds, the scheduler writes its file every three minutes.
OLDEST_HEARTBEAT = 60
OLDEST_SCHEDULE = 600


def web_is_healthy() -> bool:
    """Whether the web server answers."""
    try:
        with urllib.request.urlopen("http://127.0.0.1:8000/healthz", timeout=5) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004 - the status that means well
    except OSError:
        return False


def worker_is_healthy() -> bool:
    """Whether the worker's heart beat within the last minute."""
    return is_younger(Path(os.environ["HEARTBEAT_FILE"]), OLDEST_HEARTBEAT)


def beat_is_healthy() -> bool:
    """Whether the scheduler wrote down its plan within the last ten minutes."""
    return any(is_younger(path, OLDEST_SCHEDULE) for path in Path("/tmp").glob("schedule*"))  # noqa: S108 - a container's own


def is_younger(path: Path, seconds: float) -> bool:
    """Whether a file was written within the last ``seconds``."""
    try:
        return time.time() - path.stat().st_mtime < seconds
    except FileNotFoundError:
        return False


CHECKS: dict[str, Callable[[], bool]] = {"web": web_is_healthy, "worker": worker_is_healthy, "beat": beat_is_healthy}

if __name__ == "__main__":
    sys.exit(0 if CHECKS[sys.argv[1]]() else 1)
