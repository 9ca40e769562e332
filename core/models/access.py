"""Scopes and grants: which person holds which role where."""

from django.conf import settings
from django.db import models

from core.access.roles import ROLES, Role
from core.tenancy.models import TenantForeignKey, TenantModel


class AccessScope(TenantModel):
    """Something roles are held in: the tenant itself, a partnership, a sealed concern, an award.

    The record it belongs to points at it, so a scope needs no key upwards.
    """

    class Kind(models.TextChoices):
        TENANT = "tenant"
        PARTNERSHIP = "partnership"
        CONCERN = "concern"
        AWARD = "award"

    kind = models.CharField(max_length=12, choices=Kind.choices)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant"], condition=models.Q(kind="tenant"), name="core_accessscope_one_root"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Grant(TenantModel):
    """One role of one person in one scope."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    scope = TenantForeignKey(AccessScope, related_name="grants")
    role = models.CharField(max_length=20, choices=[(role.value, ROLES[role].label) for role in Role])
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "user", "scope", "role"], name="core_grant_once"),
        ]
        indexes = [models.Index(fields=["tenant", "scope"], name="core_grant_scope")]

    def __str__(self) -> str:
        return f"{self.role} {self.user_id}"
