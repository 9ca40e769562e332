"""Work in the background: written as a row in the asking transaction, nudged after commit, found by a sweeper."""

from core.jobs.queue import enqueue
from core.jobs.registry import JobContext, job

__all__ = ["JobContext", "enqueue", "job"]
