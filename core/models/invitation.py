"""An invitation to join a tenant: one use, bound to an address and a role (AUT-12)."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from core.access.roles import ROLES, Role
from core.models.access import AccessScope
from core.tenancy.models import TenantForeignKey, TenantModel


class Invitation(TenantModel):
    """Waiting until accepted, revoked or expired; the token itself is only in the mail."""

    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    scope = TenantForeignKey(AccessScope)
    role = models.CharField(max_length=20, choices=[(role.value, ROLES[role].label) for role in Role])
    token_hash = models.CharField(max_length=64)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "token_hash"], name="core_invitation_token"),
        ]
        indexes = [models.Index(fields=["tenant", "-created_at"], name="core_invitation_recent")]

    def __str__(self) -> str:
        return self.email
