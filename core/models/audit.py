"""What was done, by whom, to what: written with the change, never altered by the application."""

from django.conf import settings
from django.db import models

from core.tenancy.models import TenantModel


class AuditEvent(TenantModel):
    """One act. The subject is a type and an id without a key, so the event outlives it.

    ``changes`` holds field names with old and new values, or facts about the act; free text about people stays out.
    """

    at = models.DateTimeField(auto_now_add=True)
    # No key in the database: the app role cannot change an event when its actor is erased.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False
    )
    actor_label = models.CharField(max_length=40, blank=True)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField(null=True)
    subject_label = models.CharField(max_length=200, blank=True)
    scope_id = models.UUIDField(null=True)
    changes = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["tenant", "-at"], name="core_audit_recent"),
            models.Index(fields=["tenant", "subject_id", "-at"], name="core_audit_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type}"
