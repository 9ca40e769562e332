"""What a running demo tells other processes about itself: one file in its data folder."""

import json
import os
from pathlib import Path

FILE_NAME = "running.json"


def path_in(data_dir: Path) -> Path:
    """Where the file of a data folder stands; ``manage.py demo_env`` reads the same one."""
    return data_dir / FILE_NAME


def write(data_dir: Path, facts: dict[str, str]) -> None:
    """Say that this process runs a demo; only the account that started it may read the addresses."""
    path = path_in(data_dir)
    path.touch(mode=0o600)
    path.write_text(json.dumps({**facts, "PID": str(os.getpid())}, indent=2) + "\n")


def read(data_dir: Path) -> dict[str, str] | None:
    """The facts of the demo that runs on ``data_dir``, or None when none does."""
    facts = left_behind(data_dir)
    return facts if facts and _is_alive(int(facts["PID"])) else None


def left_behind(data_dir: Path) -> dict[str, str] | None:
    """The facts of a demo that runs, or that ended without clearing up."""
    try:
        facts: dict[str, str] = json.loads(path_in(data_dir).read_text())
    except (FileNotFoundError, ValueError):
        return None
    return facts


def clear(data_dir: Path) -> None:
    """Say that no demo runs here."""
    path_in(data_dir).unlink(missing_ok=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
