"""Files people bring: kept under a random key, described here."""

from django.conf import settings
from django.db import models

from core.access.visibility import Visibility
from core.tenancy.models import TenantModel


class StoredFile(TenantModel):
    """An accepted upload: its type was read from its content, images were encoded anew without metadata."""

    name = models.CharField(max_length=200)
    storage_key = models.CharField(max_length=100)
    content_type = models.CharField(max_length=100)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    purpose = models.CharField(max_length=30)
    scope_id = models.UUIDField(null=True)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.COORDINATION)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "storage_key"], name="core_storedfile_key_once"),
        ]
        indexes = [models.Index(fields=["tenant", "purpose", "created_at"], name="core_file_purpose")]

    def __str__(self) -> str:
        return self.name
