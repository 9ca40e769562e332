"""Collects the static files of a demo, only when they changed."""

import hashlib
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def signature() -> str:
    """What the collected files were made from: our own files by size and time, packages by their locks."""
    seen = hashlib.sha256()
    for path in sorted((BASE_DIR / "static").rglob("*")):
        if path.is_file():
            found = path.stat()
            seen.update(f"{path.relative_to(BASE_DIR)} {found.st_size} {found.st_mtime_ns}\n".encode())
    for name in ("requirements.lock", "package-lock.json"):
        seen.update((BASE_DIR / name).read_bytes())
    return seen.hexdigest()


def are_collected(data_dir: Path) -> bool:
    """Whether the collected files of a data folder are those of now."""
    stamp = _stamp(data_dir)
    return stamp.exists() and stamp.read_text() == signature()


def mark_collected(data_dir: Path) -> None:
    """Remember that they are."""
    _stamp(data_dir).write_text(signature())


def _stamp(data_dir: Path) -> Path:
    return data_dir / "static" / ".collected"
