"""Which confirmed hours of volunteers a gift in kind is made of."""

from django.db import models

from core.tenancy.models import TenantForeignKey, TenantModel
from engagement.models import HoursEntry
from funding.models.source import FundingSource


class ValuedHours(TenantModel):
    """One entry of confirmed hours inside a gift of time: each hour counts in one gift only (R-F17, R-F19)."""

    source = TenantForeignKey(FundingSource, related_name="valued_hours")
    hours_entry = TenantForeignKey(HoursEntry, related_name="valued_hours")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "hours_entry"], name="funding_valuedhours_once"),
        ]
        indexes = [models.Index(fields=["tenant", "source"], name="valuedhours_by_source")]

    def __str__(self) -> str:
        return str(self.pk)
