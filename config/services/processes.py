"""The processes Telaio consists of and the command of each: one table for the demo, the tests and the containers."""

import sys
from dataclasses import dataclass
from pathlib import Path

# How long a process may take to finish its open requests or running jobs after SIGTERM.
SECONDS_TO_STOP = 30


@dataclass(frozen=True)
class Process:
    """One long-running process; ``stops_first`` ones are told to stop before those they depend on."""

    name: str
    command: tuple[str, ...]


def web(*, host: str, port: int, workers: int = 2) -> Process:
    """The web server: WSGI with a few threads a worker; it never starts lost workers anew, its supervisor does."""
    options = ("--interface", "wsgi", "--no-ws", "--host", host, "--port", str(port))
    sizes = ("--workers", str(workers), "--blocking-threads", "4", "--workers-kill-timeout", str(SECONDS_TO_STOP - 5))
    return Process("web", ("python", "-m", "granian", *options, *sizes, "config.wsgi:application"))


def worker(*, concurrency: int = 2) -> Process:
    """Jobs, mail and the daily round."""
    return _celery_worker("worker", "default", concurrency)


def documents(*, concurrency: int = 1) -> Process:
    """PDF rendering, apart so that a long report holds up nothing else."""
    return _celery_worker("documents", "documents", concurrency)


def _celery_worker(name: str, queue: str, concurrency: int) -> Process:
    size = ("--concurrency", str(concurrency), "--max-tasks-per-child", "500")
    options = (
        "--queues",
        queue,
        "--hostname",
        f"{name}@%h",
        "--loglevel",
        "WARNING",
        "--without-gossip",
        "--without-mingle",
    )
    return Process(name, ("python", "-m", "celery", "--app", "config", "worker", *options, *size))


def beat(*, schedule: Path) -> Process:
    """The scheduler; more than one at a time does no harm, each job it starts is claimed in Postgres."""
    options = ("--schedule", str(schedule), "--loglevel", "WARNING", "--pidfile=")
    return Process("beat", ("python", "-m", "celery", "--app", "config", "beat", *options))


def all_processes(*, host: str, port: int, schedule: Path) -> list[Process]:
    """Everything that runs beside Postgres and Redis."""
    return [web(host=host, port=port), worker(), documents(), beat(schedule=schedule)]


def on_this_machine(process: Process) -> list[str]:
    """The command with the Python that runs now."""
    return [sys.executable if word == "python" else word for word in process.command]
