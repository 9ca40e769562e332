"""The stakeholder maps a partnership stands on."""

from django.db import models

from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.partnership import Partnership
from stakeholders.models import StakeholderMap


class PartnershipMap(TenantModel):
    """A map made for this partnership, or before it and taken along."""

    partnership = TenantForeignKey(Partnership, related_name="map_links")
    map = TenantForeignKey(StakeholderMap, related_name="partnership_links")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "partnership", "map"], name="partnerships_partnershipmap_once"),
        ]
        indexes = [models.Index(fields=["tenant", "map"], name="partnershipmap_by_map")]

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.map_id}"
