"""Work to be done in the background, written in the transaction that asks for it."""

from django.db import models

from core.tenancy.models import TenantModel


class Job(TenantModel):
    """One call of a registered job by name. Arguments are ids and dates, never personal data.

    A worker claims it with a lease; when the worker dies, the lease ends and another takes it. Jobs may run twice.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    name = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    dedup_key = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    run_after = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "dedup_key"],
                condition=models.Q(state__in=["waiting", "running"]) & ~models.Q(dedup_key=""),
                name="core_job_one_open_per_key",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "run_after"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="core_job_open",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def progress_percent(self) -> int | None:
        """Whole per cent done, or None while the size of the work is unknown."""
        return 100 * self.progress_done // self.progress_total if self.progress_total else None
