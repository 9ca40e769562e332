"""What a space says and allows on its public pages."""

from django.db import models

from core.tenancy.models import TenantModel


class PublicSettings(TenantModel):
    """One row for a space; without it the defaults hold."""

    # A number and whom it reaches on each line.
    emergency_numbers = models.TextField(max_length=1000, blank=True)
    # Words of danger in the further languages, one on each line.
    urgent_words = models.TextField(max_length=2000, blank=True, default="", db_default="")
    address = models.TextField(max_length=500, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    privacy_contact = models.CharField(max_length=200, blank=True)
    joint_controllers = models.TextField(max_length=2000, blank=True)
    accessibility_limits = models.TextField(max_length=2000, blank=True)
    # Sites that may show the form and the figures inside their own pages, one on each line.
    embed_hosts = models.TextField(max_length=1000, blank=True)
    # Codes of further languages for texts that people write.
    extra_languages = models.CharField(max_length=120, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant"], name="engagement_publicsettings_once"),
        ]

    def __str__(self) -> str:
        return str(self.tenant_id)
