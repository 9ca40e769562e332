"""Periods whose values are settled."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models import Partnership


class PeriodLock(TenantModel):
    """From the day a period is locked its values stay, until somebody unlocks it with a reason on record.

    A value belongs to the period in which its own ends.
    """

    partnership = TenantForeignKey(Partnership, related_name="period_locks")
    starts_on = models.DateField()
    ends_on = models.DateField()
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    locked_at = models.DateTimeField(auto_now_add=True)
    unlocked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    unlocked_at = models.DateTimeField(null=True, blank=True)
    unlock_reason = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="metrics_periodlock_in_order",
                violation_error_message=_("The period must end after it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(unlocked_at__isnull=True) | ~models.Q(unlock_reason=""),
                name="metrics_periodlock_opened_for_a_reason",
                violation_error_message=_("Write why the period is opened again."),
            ),
            models.UniqueConstraint(
                fields=["tenant", "partnership", "starts_on", "ends_on"],
                condition=models.Q(unlocked_at__isnull=True),
                name="metrics_periodlock_once",
                violation_error_message=_("This period is locked already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} \u2013 {self.ends_on}"
