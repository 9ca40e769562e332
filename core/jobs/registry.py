"""Which jobs exist, by name; apps register theirs in ``tasks`` modules."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils.module_loading import autodiscover_modules

from core.jobs.progress import write_progress
from core.models import Job

JobFunction = Callable[..., None]
_jobs: dict[str, "RegisteredJob"] = {}
# Keys, slugs, codes, dates and moments: no spaces and no @, so neither a name nor an address.
PLAIN_ARGUMENT = re.compile(r"[\w:.+-]{0,64}", re.ASCII)


@dataclass(frozen=True)
class RegisteredJob:
    """A job's function and the queue it runs in."""

    name: str
    function: JobFunction
    queue: str


@dataclass
class JobContext:
    """What a running job may tell about itself."""

    job: Job

    def progress(self, done: int, total: int) -> None:
        """Show how far the work is, at once, although the job's own transaction is still open.

        Written over a connection of its own, and only when the whole per cent changes.
        """
        before = self.job.progress_percent
        self.job.progress_done, self.job.progress_total = done, total
        if self.job.progress_percent != before:
            write_progress(self.job)


def job(name: str, *, queue: str = "default") -> Callable[[JobFunction], JobFunction]:
    """Register ``function(context, **ids)`` under ``app.verb_noun``. It must be safe to run twice."""

    def register(function: JobFunction) -> JobFunction:
        _jobs[name] = RegisteredJob(name, function, queue)
        return function

    return register


def registered_job(name: str) -> RegisteredJob:
    """The job of a name; raises KeyError for a name nobody registered."""
    discover_jobs()
    return _jobs[name]


def registered_jobs() -> dict[str, RegisteredJob]:
    """All jobs, for the test that compares them with what operations enqueue."""
    discover_jobs()
    return dict(_jobs)


@cache
def discover_jobs() -> None:
    """Import every app's ``tasks``: web processes, which Celery does not load them for, choose queues by them too."""
    autodiscover_modules("tasks")


def arguments_for(values: dict[str, Any]) -> dict[str, str]:
    """Ids, slugs, numbers and dates as text for the row; raises ValueError for anything that may be about a person.

    Arguments pass through logs and other people's eyes (TSK-12), so no address and no sentence may be among them.
    """
    arguments = {name: value.isoformat() if isinstance(value, date) else str(value) for name, value in values.items()}
    for name, value in arguments.items():
        if not PLAIN_ARGUMENT.fullmatch(value):
            raise ValueError(f"The job argument {name} must be an id, a code or a date.")
    return arguments
