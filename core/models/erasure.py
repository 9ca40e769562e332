"""Which people were erased: ids and counts alone, so that an erasure is done again after a restore (PRI-09)."""

from django.db import models

from core.tenancy.models import TenantModel


class Erasure(TenantModel):
    """One person taken out of one tenant. Written once, never changed; holds nothing that says who it was."""

    # An id without a key: after a restore the person may stand here again, and must go again.
    person_id = models.UUIDField()
    erased_at = models.DateTimeField()
    # Rows touched, by kind of data.
    counts = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "person_id"], name="core_erasure_once"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)
