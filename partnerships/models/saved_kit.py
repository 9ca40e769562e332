"""A kit a space made of one of its own partnerships (R-P3)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.partnership import Partnership


class SavedKit(TenantModel):
    """One version of it; saving again under the same code makes the next version and keeps the old ones."""

    code = models.CharField(max_length=10)
    version = models.PositiveSmallIntegerField()
    name_en = models.CharField(max_length=120, blank=True)
    name_it = models.CharField(max_length=120, blank=True)
    sentence_en = models.CharField(max_length=300, blank=True)
    sentence_it = models.CharField(max_length=300, blank=True)
    is_light = models.BooleanField(default=False)
    # A part for each registered section; what is in it, the section's app knows.
    content = models.JSONField()
    made_from = TenantForeignKey(Partnership, null=True, blank=True)
    is_retired = models.BooleanField(default=False)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "code", "version"], name="partnerships_savedkit_version_once"),
            models.CheckConstraint(
                condition=~models.Q(name_en="", name_it=""),
                name="partnerships_savedkit_has_name",
                violation_error_message=_("Give it a name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_en or self.name_it
