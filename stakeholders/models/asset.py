"""What a stakeholder can bring (domain 1.2, asset mapping)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.access.visibility import Visibility
from core.tenancy.models import TenantForeignKey, TenantModel
from stakeholders.models.stakeholder import Stakeholder


class Asset(TenantModel):
    """One thing somebody has: a skill, a place, a van, money, contacts, knowledge. Having is not offering."""

    class Kind(models.TextChoices):
        SKILL = "skill", _("Skill or time")
        PLACE = "place", _("Place")
        EQUIPMENT = "equipment", _("Equipment")
        MONEY = "economic", _("Money")
        NETWORK = "network", _("Network")
        KNOWLEDGE = "knowledge_data", _("Knowledge or data")
        ASSOCIATION = "association", _("Association life")
        INSTITUTION = "institution", _("Institution and rules")
        CULTURE = "culture_story", _("Culture and stories")

    class Offered(models.TextChoices):
        YES = "yes", pgettext_lazy("offered", "Offered")
        MAYBE = "maybe", pgettext_lazy("offered", "Maybe")
        NO = "no", pgettext_lazy("offered", "Not offered")
        NOT_ASKED = "not_asked", pgettext_lazy("offered", "Not asked yet")

    owner = TenantForeignKey(Stakeholder, related_name="assets")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True, max_length=1000)
    place = models.CharField(max_length=120, blank=True)
    conditions = models.CharField(max_length=300, blank=True)
    offered = models.CharField(max_length=9, choices=Offered.choices, default=Offered.NOT_ASKED)
    free_from = models.DateField(null=True, blank=True)
    free_until = models.DateField(null=True, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    # Masked words of title and description, as the search compares them.
    search_text = models.TextField(editable=False, default="")
    # Not everybody who sees its owner may know of it, so the owner's search text does not hold it.
    is_kept_back = models.BooleanField(editable=False, default=False, db_default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(free_until__isnull=True)
                | models.Q(free_from__isnull=True)
                | models.Q(free_until__gte=models.F("free_from")),
                name="stakeholders_asset_free_ends_after_start",
                violation_error_message=_("The last day must not be before the first."),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "owner"], name="asset_by_owner"),
            models.Index(fields=["tenant", "kind", "offered"], name="asset_by_kind"),
            models.Index(fields=["tenant"], condition=models.Q(is_kept_back=True), name="asset_kept_back"),
        ]

    def __str__(self) -> str:
        return self.title
