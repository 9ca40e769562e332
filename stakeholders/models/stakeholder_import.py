"""One import of a stakeholder file, from upload to result."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Job, StoredFile
from core.tenancy.models import TenantForeignKey, TenantModel


class StakeholderImport(TenantModel):
    """All or nothing: it adds every acceptable row of a checked file, or none (FIL-08)."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Choose the columns")
        CHECKED = "checked", _("Checked")
        RUNNING = "running", _("Being imported")
        DONE = "done", _("Imported")
        FAILED = "failed", _("Not imported")

    file = TenantForeignKey(StoredFile)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    mapping = models.JSONField(default=dict)
    row_count = models.PositiveIntegerField(default=0)
    added_count = models.PositiveIntegerField(default=0)
    known_count = models.PositiveIntegerField(default=0)
    error_count = models.PositiveIntegerField(default=0)
    mended_count = models.PositiveIntegerField(default=0)
    leaves_out_bad_rows = models.BooleanField(default=False)
    errors = models.JSONField(default=list)
    job = TenantForeignKey(Job, null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["tenant", "-created_at"], name="stakeholder_import_recent")]

    def __str__(self) -> str:
        return f"import {self.id}"
