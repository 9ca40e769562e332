"""Which jobs exist, by name; apps register theirs in ``tasks`` modules."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.models import Job

JobFunction = Callable[..., None]
_jobs: dict[str, "RegisteredJob"] = {}


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
        """Show how far the work is. Written at once only when the job's work is not in one transaction."""
        self.job.progress_done, self.job.progress_total = done, total
        Job.objects.filter(pk=self.job.pk).update(progress_done=done, progress_total=total)


def job(name: str, *, queue: str = "default") -> Callable[[JobFunction], JobFunction]:
    """Register ``function(context, **ids)`` under ``app.verb_noun``. It must be safe to run twice."""

    def register(function: JobFunction) -> JobFunction:
        _jobs[name] = RegisteredJob(name, function, queue)
        return function

    return register


def registered_job(name: str) -> RegisteredJob:
    """The job of a name; raises KeyError for a name nobody registered."""
    return _jobs[name]


def registered_jobs() -> dict[str, RegisteredJob]:
    """All jobs, for the test that compares them with what operations enqueue."""
    return dict(_jobs)


def arguments_for(values: dict[str, Any]) -> dict[str, str]:
    """Ids and dates as text for the row."""
    return {name: str(value) for name, value in values.items()}
