"""A job that leaves a trace: imported by the drill's workers with ``--include``."""

from typing import Any

from core.jobs import JobContext, job

NAME = "bench.leave_trace"


@job(NAME)
def leave_trace(context: JobContext, *, number: str) -> None:
    """One audit event for a number; running twice leaves two."""
    from core.operations.audit import record

    record("bench.traced", context.job, by=None, actor_label="worker", changes={"number": number})


def traces() -> dict[str, Any]:
    """How many numbers were traced in the tenant at work, and how often in all."""
    from core.models import AuditEvent

    numbers = list(AuditEvent.objects.filter(verb="bench.traced").values_list("changes__number", flat=True))
    return {"numbers": len(set(numbers)), "traces": len(numbers)}
