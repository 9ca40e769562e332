"""API tokens: hashed, limited to some permissions, revocable."""

from django.conf import settings
from django.db import models

from core.tenancy.models import TenantModel


class ApiToken(TenantModel):
    """Acts as its owner, with at most ``permissions``; useless once revoked, expired or its owner has left."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64)
    token_start = models.CharField(max_length=12)
    permissions = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "token_hash"], name="core_apitoken_token"),
        ]
        indexes = [models.Index(fields=["tenant", "user"], name="core_apitoken_user")]

    def __str__(self) -> str:
        return self.name
