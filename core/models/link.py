"""Links that open one thing for whoever holds them: one purpose, limited life, revocable, hashed at rest."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from core.tenancy.models import TenantModel


class AccessLink(TenantModel):
    """A secret address. ``purpose`` is part of the hash, so a link of one kind opens nothing of another (AUT-13).

    The subject is an id without a key: the app that makes the link knows what it points at.
    """

    purpose = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    token_hash = models.CharField(max_length=64)
    recipient_email = models.EmailField(blank=True)
    person_id = models.UUIDField(null=True)
    label = models.CharField(max_length=120, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    uses = models.PositiveIntegerField(default=0)
    last_used_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "token_hash"], name="core_accesslink_token"),
        ]
        indexes = [models.Index(fields=["tenant", "subject_id", "purpose"], name="core_accesslink_subject")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"
