"""Two records of the same body made one, so that it can be undone; and pairs somebody said are two."""

from django.conf import settings
from django.db import models

from core.tenancy.models import TenantForeignKey, TenantModel
from stakeholders.models.stakeholder import Stakeholder


class StakeholderMerge(TenantModel):
    """``kept`` has taken over all that pointed to ``absorbed``. ``before`` holds what undoing needs."""

    kept = TenantForeignKey(Stakeholder, related_name="merges_kept")
    absorbed = TenantForeignKey(Stakeholder, related_name="merges_absorbed")
    # Values of the kept record before, rows moved (table, column, ids), rows folded into one with their values.
    before = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    merged_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "absorbed"],
                condition=models.Q(undone_at__isnull=True),
                name="stakeholders_stakeholdermerge_absorbed_once",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "kept", "-merged_at"], name="stakeholdermerge_by_kept")]

    def __str__(self) -> str:
        return f"{self.absorbed_id} into {self.kept_id}"


class NotDuplicate(TenantModel):
    """Two stakeholders that look alike and are not the same; ``first`` is the smaller id."""

    first = TenantForeignKey(Stakeholder)
    second = TenantForeignKey(Stakeholder)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "first", "second"], name="stakeholders_notduplicate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} is not {self.second_id}"
