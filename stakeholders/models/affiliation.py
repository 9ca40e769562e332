"""A person's place in an organisation."""

from django.db import models

from core.tenancy.models import TenantForeignKey, TenantModel
from stakeholders.models.stakeholder import Stakeholder


class Affiliation(TenantModel):
    """Who works or volunteers where; a colleague is someone with the same organisation."""

    person = TenantForeignKey(Stakeholder, related_name="affiliations")
    organisation = TenantForeignKey(Stakeholder, related_name="people")
    title = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "person", "organisation"], name="stakeholders_affiliation_once"),
        ]
        indexes = [models.Index(fields=["tenant", "organisation"], name="affiliation_by_organisation")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.organisation_id}"
