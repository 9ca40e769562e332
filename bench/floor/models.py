"""The one table."""

from django.db import models


class Entry(models.Model):
    """As wide as a row of a register."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", "Organisation"
        GROUP = "group", "Informal group"
        PERSON = "person", "Person"

    tenant_id = models.IntegerField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    place = models.CharField(max_length=120)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    due_on = models.DateField()
    progress_percent = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        app_label = "floor"
        indexes = [models.Index(fields=["tenant_id", "name", "id"], name="floor_by_name")]

    def __str__(self) -> str:
        return self.name
