"""One file of values, from the check to what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models import Partnership


class MeasurementImport(TenantModel):
    """A checked file writes nothing until somebody says so; then all its good rows or none."""

    class State(models.TextChoices):
        CHECKED = "checked", _("Checked")
        DONE = "done", _("Imported")

    partnership = TenantForeignKey(Partnership, related_name="measurement_imports")
    file = TenantForeignKey(StoredFile)
    state = models.CharField(max_length=7, choices=State.choices, default=State.CHECKED)
    row_count = models.PositiveIntegerField(default=0)
    added_count = models.PositiveIntegerField(default=0)
    corrected_count = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["tenant", "partnership", "-created_at"], name="measurement_import_recent")]

    def __str__(self) -> str:
        return f"import {self.id}"
