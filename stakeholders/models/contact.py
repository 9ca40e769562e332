"""How a stakeholder is reached and recognised, beside its first address and its tax code."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from stakeholders.models.stakeholder import Stakeholder


class ContactPoint(TenantModel):
    """One more way to reach a stakeholder; the first e-mail, phone and website stand on the stakeholder itself."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        ADDRESS = "address", _("Postal address")
        WEB = "web", _("Website")
        SOCIAL = "social", _("Social network")

    stakeholder = TenantForeignKey(Stakeholder, related_name="contact_points")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    value = models.CharField(max_length=300)
    label = models.CharField(max_length=60, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "stakeholder", "kind", "value"],
                name="stakeholders_contactpoint_once",
                violation_error_message=_("This contact is already here."),
            ),
            models.CheckConstraint(condition=~models.Q(value=""), name="stakeholders_contactpoint_has_value"),
        ]
        # Duplicates are found by what two records can both be reached at.
        indexes = [models.Index(fields=["tenant", "value"], name="contactpoint_by_value")]

    def __str__(self) -> str:
        return self.value


class Identifier(TenantModel):
    """A number in a register: RUNTS, or a list of org-id.guide under its code (``IT-CF``, ``GB-CHC``).

    The Italian tax code and VAT number stand on the stakeholder itself.
    """

    stakeholder = TenantForeignKey(Stakeholder, related_name="identifiers")
    scheme = models.CharField(max_length=30)
    value = models.CharField(max_length=80)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "scheme", "value"],
                name="stakeholders_identifier_once",
                violation_error_message=_("Another stakeholder already has this number."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "stakeholder"], name="identifier_by_stakeholder")]

    def __str__(self) -> str:
        return f"{self.scheme}-{self.value}"
