"""Real public files to judge by; they stay outside the repository."""

import os
from pathlib import Path

import pytest

_DEFAULT = Path(__file__).resolve().parents[4] / "shared" / "standards"


def standard_file(name: str) -> Path:
    """The file, or a skipped test that says which one is missing."""
    path = Path(os.environ.get("TELAIO_STANDARDS", _DEFAULT)) / name
    if not path.exists():
        pytest.skip(f"standards file {name} is not here (set TELAIO_STANDARDS)")
    return path
