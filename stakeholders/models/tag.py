"""Words a space sorts its register by, and filters somebody saved."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from stakeholders.models.stakeholder import Stakeholder


class Tag(TenantModel):
    """A word of the space's own; ``key`` is its masked form, so that two spellings are one tag."""

    name = models.CharField(max_length=40)
    key = models.CharField(max_length=40, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "key"],
                name="stakeholders_tag_once",
                violation_error_message=_("There is such a tag already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StakeholderTag(TenantModel):
    """A tag on a stakeholder."""

    stakeholder = TenantForeignKey(Stakeholder, related_name="tag_links")
    tag = TenantForeignKey(Tag, related_name="stakeholder_links")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "stakeholder", "tag"], name="stakeholders_stakeholdertag_once"),
        ]
        indexes = [models.Index(fields=["tenant", "tag", "stakeholder"], name="stakeholdertag_by_tag")]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.stakeholder_id}"


class SavedFilter(TenantModel):
    """A narrowed register somebody comes back to; shared ones are everybody's who sees the register."""

    name = models.CharField(max_length=60)
    # The register's own parameters, checked again each time they are used.
    query = models.CharField(max_length=600)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "owner", "name"],
                name="stakeholders_savedfilter_name_once",
                violation_error_message=_("You have saved a filter under this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
