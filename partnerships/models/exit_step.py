"""What has to be settled when an organisation leaves a partnership (domain 5.3)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.member import PartnershipMember


class ExitStep(TenantModel):
    """One point of a leaving member's checklist, settled by somebody on a day."""

    class Kind(models.TextChoices):
        TASKS = "tasks", _("Its tasks are with somebody else or called off")
        MONEY = "money", _("Money is settled")
        EQUIPMENT = "equipment", _("Equipment and keys are back")
        DATA = "data", _("Personal data is handed back or deleted")
        LOGO = "logo", _("Its name and logo are taken off")
        PEOPLE = "people", _("The people concerned were told")
        LESSON = "lesson", _("A last talk was held, and what was learned is written down")

    member = TenantForeignKey(PartnershipMember, related_name="exit_steps")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    note = models.CharField(max_length=500, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "member", "kind"], name="partnerships_exitstep_kind_once"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
