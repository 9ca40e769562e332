"""A document is rendered in a child process that cannot outgrow its limits (FIL-07).

Python cannot stop a layout that runs for ever or eats memory; the operating system can. The child is a plain
subprocess because Celery's workers are daemons and may not have `multiprocessing` children.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MEBIBYTE = 1024 * 1024

# What the child leaves as its exit status.
EXIT_MEMORY = 40
EXIT_OUTPUT = 41

_TIME_SIGNALS = {signal.SIGXCPU, signal.SIGKILL}
# C libraries below WeasyPrint abort or crash when they get no memory.
_MEMORY_SIGNALS = {signal.SIGABRT, signal.SIGSEGV, signal.SIGTRAP, signal.SIGBUS}
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
_LIBRARY_PREFIXES = ("LD_LIBRARY", "DYLD_", "COVERAGE_")
_STDERR_CHARACTERS = 2_000


@dataclass(frozen=True)
class RenderLimits:
    """Seconds and bytes; the memory is address space, of which about 150 MB is Python and its libraries."""

    max_cpu_seconds: int = 10
    max_wall_seconds: float = 20.0
    max_memory_bytes: int = 512 * MEBIBYTE
    max_html_bytes: int = 5 * MEBIBYTE
    max_pdf_bytes: int = 30 * MEBIBYTE


DEFAULT_LIMITS = RenderLimits()


class DocumentError(Exception):
    """The document was not rendered."""


class DocumentTooLargeError(DocumentError):
    """More HTML, memory or PDF than the limits."""


class DocumentTimeoutError(DocumentError):
    """More processor or wall time than the limits."""


class DocumentRenderError(DocumentError):
    """The renderer failed; the last lines it wrote are in the message."""


def run_limited(html: bytes, *, folder: Path, limits: RenderLimits = DEFAULT_LIMITS) -> bytes:
    """The PDF the child writes for this HTML and the files in this folder.

    Raises DocumentTooLargeError, DocumentTimeoutError or DocumentRenderError; the child and what it may have started
    are gone by then.
    """
    if len(html) > limits.max_html_bytes:
        raise DocumentTooLargeError("the HTML is too large")
    child = subprocess.Popen(
        _command(folder, limits),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=_environment(),
        start_new_session=True,
    )
    try:
        pdf, complaint = child.communicate(html, timeout=limits.max_wall_seconds)
    except subprocess.TimeoutExpired as error:
        raise DocumentTimeoutError(f"not ready after {limits.max_wall_seconds} seconds") from error
    finally:
        _end(child)
    if child.returncode != 0:
        raise _failure(child.returncode, complaint.decode(errors="replace")[-_STDERR_CHARACTERS:])
    return pdf


def _command(folder: Path, limits: RenderLimits) -> list[str]:
    numbers = (limits.max_cpu_seconds, limits.max_memory_bytes, limits.max_pdf_bytes)
    return [sys.executable, "-m", "core.documents.render_process", str(folder), *map(str, numbers)]


def _environment() -> dict[str, str]:
    """No secrets and no settings go to the child."""
    kept = {
        name: value for name, value in os.environ.items() if name in _PASSED_ON or name.startswith(_LIBRARY_PREFIXES)
    }
    # The folder is the child's working directory and must not be searched for modules.
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"}


def _end(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for stream in (child.stdin, child.stdout, child.stderr):
        if stream is not None:
            stream.close()


def _failure(status: int, complaint: str) -> DocumentError:
    if status in {EXIT_MEMORY, EXIT_OUTPUT} or -status in _MEMORY_SIGNALS:
        return DocumentTooLargeError(complaint or f"ended with {status}")
    if -status in _TIME_SIGNALS:
        return DocumentTimeoutError("the processor time is used up")
    return DocumentRenderError(complaint or f"ended with {status}")
