"""Counts behind limits for sign-in and public forms: in Postgres, so they hold without Redis."""

from django.db import models


class RateCount(models.Model):
    """How often a key was used in one window. Keys are keyed hashes: no address can be read back."""

    key = models.CharField(max_length=64)
    window_starts_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window_starts_at"], name="core_ratecount_window")]
        indexes = [models.Index(fields=["window_starts_at"], name="core_ratecount_old")]

    def __str__(self) -> str:
        return self.key
