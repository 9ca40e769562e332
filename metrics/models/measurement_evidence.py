"""What shows that a value is true."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.tenancy.models import TenantForeignKey, TenantModel
from metrics.models.measurement import Measurement


class MeasurementEvidence(TenantModel):
    """A line, an address, a file, or all of them; never changed afterwards."""

    measurement = TenantForeignKey(Measurement, related_name="evidence")
    note = models.CharField(max_length=500, blank=True)
    link = models.URLField(max_length=500, blank=True)
    file = TenantForeignKey(StoredFile, null=True, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(note="") | ~models.Q(link="") | models.Q(file__isnull=False),
                name="metrics_measurementevidence_says_something",
                violation_error_message=_("Write a line, give an address or choose a file."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "measurement", "-at"], name="evidence_by_measurement")]

    def __str__(self) -> str:
        return self.note or self.link or str(self.file)
