"""Child processes that end with their parent: started in sessions of their own, logged, stopped in order."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent() -> None:
    """For ``preexec_fn``: stop when the parent is killed with -9. Only Linux can do this."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(frozen=True)
class Child:
    """One running child and where it writes."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def last_lines(self, count: int = 15) -> str:
        """The end of what it wrote."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])


class ChildFailedError(RuntimeError):
    """A child ended that should not have, or ended with an error; the message carries its last lines."""

    def __init__(self, child: Child) -> None:
        super().__init__(
            f"{child.name} ended with code {child.process.returncode}; {child.log} says:\n{child.last_lines()}"
        )


@dataclass
class Children:
    """The children of one parent, which alone hears Ctrl-C and tells them."""

    logs: Path
    environment: dict[str, str]
    running: list[Child] = field(default_factory=list)

    def start(self, name: str, command: Sequence[str], **variables: str) -> Child:
        """Start a child that writes to ``<name>.log``; ``variables`` are for it alone."""
        self.logs.mkdir(parents=True, exist_ok=True)
        log = self.logs / f"{name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment, **variables},
                start_new_session=True,
                preexec_fn=end_with_parent,  # noqa: PLW1509 - the parent has no threads
            )
        child = Child(name, process, log)
        self.running.append(child)
        return child

    def adopt(self, name: str, process: subprocess.Popen[bytes], log: Path) -> None:
        """Watch and stop a process somebody else started."""
        self.running.append(Child(name, process, log))

    def finish(self, child: Child, *, check: Callable[[], None]) -> None:
        """Wait for a child that should end by itself; raises ChildFailedError unless it ends well.

        ``check`` is called while waiting and may raise to give up.
        """
        while child.process.poll() is None:
            check()
            time.sleep(0.02)
        self.running.remove(child)
        if child.process.returncode:
            raise ChildFailedError(child)

    def check(self) -> None:
        """Raise ChildFailedError when one has ended."""
        for child in self.running:
            if child.process.poll() is not None:
                raise ChildFailedError(child)

    def stop(self, *names: str, within: float) -> None:
        """Ask the named children (all when none is named) to end, and kill with their own children who does not."""
        chosen = [child for child in self.running if not names or child.name in names]
        for child in chosen:
            with contextlib.suppress(ProcessLookupError):
                child.process.terminate()
        deadline = time.monotonic() + within
        for child in chosen:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.0, deadline - time.monotonic()))
            # Its session is its process group: nothing it started stays behind.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()
            self.running.remove(child)
