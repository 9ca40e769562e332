"""Who funds, regulates, advises, represents or competes with whom (domain 1.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from stakeholders.models.stakeholder import Stakeholder


class InfluenceLink(TenantModel):
    """A relation with a direction: ``source`` funds, regulates ... ``target``. Ended ones stay, with their date."""

    class Kind(models.TextChoices):
        FUNDS = "funds", _("funds")
        REGULATES = "regulates", _("regulates")
        ADVISES = "advises", _("advises")
        REPRESENTS = "represents", _("represents")
        BELONGS_TO = "belongs_to", _("belongs to")
        WORKS_WITH = "works_with", _("works with")
        INFORMAL = "family_or_informal", _("is close to")
        COMPETES = "competes", _("competes with")

    class Strength(models.IntegerChoices):
        WEAK = 1, _("weak")
        MEDIUM = 2, _("medium")
        STRONG = 3, _("strong")

    source = TenantForeignKey(Stakeholder, related_name="links_out")
    target = TenantForeignKey(Stakeholder, related_name="links_in")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    strength = models.PositiveSmallIntegerField(choices=Strength.choices, default=Strength.MEDIUM)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "source", "target", "kind"],
                condition=models.Q(until__isnull=True),
                name="stakeholders_influencelink_once",
                violation_error_message=_("This relation is already written down."),
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")),
                name="stakeholders_influencelink_two_ends",
                violation_error_message=_("A relation needs two different stakeholders."),
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True)
                | models.Q(since__isnull=True)
                | models.Q(until__gte=models.F("since")),
                name="stakeholders_influencelink_ends_after_start",
                violation_error_message=_("The end must not be before the start."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "target"], name="influencelink_by_target")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
