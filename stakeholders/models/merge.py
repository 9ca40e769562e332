"""Two records of the same body made one, so that it can be undone; and pairs somebody said are two."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import pgettext_lazy

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
            models.CheckConstraint(
                condition=~models.Q(first=models.F("second")), name="stakeholders_notduplicate_two_ends"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "second"], name="notduplicate_by_second")]

    def __str__(self) -> str:
        return f"{self.first_id} is not {self.second_id}"


class DuplicatePair(TenantModel):
    """Two stakeholders that look like one, as the last look through the register found them; ``first`` is the smaller.

    Written by a job, read by the page of duplicates; a pair that was merged or declared two is taken out.
    """

    class Strength(models.IntegerChoices):
        PERHAPS = 1, pgettext_lazy("duplicate", "Perhaps")
        LIKELY = 2, pgettext_lazy("duplicate", "Likely")
        CERTAIN = 3, pgettext_lazy("duplicate", "Almost certain")

    first = TenantForeignKey(Stakeholder)
    second = TenantForeignKey(Stakeholder)
    strength = models.PositiveSmallIntegerField(choices=Strength.choices)
    # Words of rules/duplicate.py, never the values that are alike.
    reasons = ArrayField(models.CharField(max_length=20), default=list)
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "first", "second"], name="stakeholders_duplicatepair_once"),
            models.CheckConstraint(
                condition=~models.Q(first=models.F("second")), name="stakeholders_duplicatepair_two_ends"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-strength", "id"], name="duplicatepair_by_strength"),
            models.Index(fields=["tenant", "second"], name="duplicatepair_by_second"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} like {self.second_id}"
