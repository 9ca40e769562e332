"""A warning of the checks that the partnership lives with, and why (R-G1)."""

from django.conf import settings
from django.db import models

from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models.goal import Goal


class AcceptedWarning(TenantModel):
    """Printed with the goal for as long as the check warns; it passes no check that fails."""

    goal = TenantForeignKey(Goal, related_name="accepted_warnings")
    code = models.CharField(max_length=2)
    reason = models.CharField(max_length=300)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "goal", "code"], name="goals_acceptedwarning_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.goal_id}"
