"""Public files of real programs and standards, kept beside the project and not in it."""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("TELAIO_STANDARDS", Path(__file__).parents[2] / "shared" / "standards"))


def standard(path: str) -> bytes:
    """The bytes of one; the test is skipped where the folder is absent."""
    found = FOLDER / path
    if not found.exists():
        pytest.skip(f"no {found}: set TELAIO_STANDARDS to the folder of public test files")
    return found.read_bytes()
